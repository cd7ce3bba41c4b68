import pytest

from otn_studio.storage import pages
from otn_studio.storage.database import Database
from tests.postgres import fresh_database

PAGE = "1"


@pytest.fixture
def database(url):
    yield from _opened(url)


@pytest.fixture
def sqlite(tmp_path):
    """A database in a file, for what only files have."""
    yield from _opened(f"sqlite:///{tmp_path / 'test.db'}")


def _opened(url):
    database = Database.open(url)
    with database.writing() as connection:
        pages.ensure(connection, PAGE)
    yield database
    database.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path):
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'test.db'}"
    return fresh_database()
