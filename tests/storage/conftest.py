import pytest

from otn_studio.storage import pages
from otn_studio.storage.database import Database

PAGE = "1"


@pytest.fixture
def database(tmp_path):
    database = Database.open(f"sqlite:///{tmp_path / 'test.db'}")
    with database.writing() as connection:
        pages.ensure(connection, PAGE)
    yield database
    database.close()
