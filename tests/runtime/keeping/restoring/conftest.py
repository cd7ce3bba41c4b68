import pytest

from tests.runtime.far_end import Shop


@pytest.fixture
def shop(tmp_path):
    shop = Shop(f"sqlite:///{tmp_path / 'shop.db'}")
    yield shop
    shop.close()


@pytest.fixture
def file(tmp_path):
    return tmp_path / "kept" / "backup.db"
