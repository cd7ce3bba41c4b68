import pytest

from otn_studio.runtime.engine import Engine
from otn_studio.runtime.server.server import Server
from tests.postgres import fresh_database
from tests.runtime.far_end import Shop

ONE_MACHINE, SEVERAL = "one machine", "several"


def pytest_generate_tests(metafunc):
    """What is the same on one machine and on several is tested on one where its module says so."""
    if "shop" in metafunc.fixturenames:
        hosts = getattr(metafunc.module, "HOSTS", (ONE_MACHINE, SEVERAL))
        metafunc.parametrize("shop", hosts, indirect=True)


@pytest.fixture
def shop(request, tmp_path):
    """A Page whose engine has a file for itself, or is made to run on several machines."""
    if request.param == ONE_MACHINE:
        shop = Shop(f"sqlite:///{tmp_path / 'shop.db'}", Engine)
    else:
        shop = Shop(fresh_database(), Server)
    yield shop
    shop.close()
