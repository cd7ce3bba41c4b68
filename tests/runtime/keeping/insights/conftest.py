import pytest

from otn_studio.storage.database import Database
from tests.postgres import fresh_database


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request, tmp_path):
    url = fresh_database() if request.param == "postgresql" else f"sqlite:///{tmp_path}/o.db"
    database = Database.open(url)
    yield database
    database.close()
