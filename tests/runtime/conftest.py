import pytest

from tests.postgres import fresh_database
from tests.runtime.far_end import Shop


@pytest.fixture
def shop(url):
    shop = Shop(url)
    yield shop
    shop.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path):
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'shop.db'}"
    return fresh_database()
