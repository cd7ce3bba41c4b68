import pytest

from otn_studio.runtime.engine import Engine
from otn_studio.runtime.server.server import Server
from tests.postgres import fresh_database
from tests.runtime.far_end import Shop


@pytest.fixture(params=["one machine", "several"])
def shop(request, tmp_path):
    """A Page whose engine has a file for itself, and one that is made to run on several machines."""
    if request.param == "one machine":
        shop = Shop(f"sqlite:///{tmp_path / 'shop.db'}", Engine)
    else:
        shop = Shop(fresh_database(), Server)
    yield shop
    shop.close()
