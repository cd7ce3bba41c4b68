"""A database as the first version made it."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, text

from otn_studio.storage import migrating

FIRST = {
    "page": {"id": "'1'"},
    "topic": {
        "page_id": "'1'",
        "id": "'t1'",
        "name": "'News'",
        "name_key": "'news'",
        "created_at": "5",
    },
    "contact": {
        "id": "7",
        "page_id": "'1'",
        "person_id": "'ann'",
        "fields": "'{}'",
        "tags": "'[]'",
        "first_seen_at": "5",
    },
    "permission": {
        "id": "9",
        "page_id": "'1'",
        "contact_id": "7",
        "topic_id": "'t1'",
        "token": "'tok'",
        "opted_in_at": "5",
        "expires_at": "6",
        "next_allowed_at": "5",
    },
    "send": {
        "id": "11",
        "page_id": "'1'",
        "contact_id": "7",
        "permission_id": "9",
        "last": "true",
        "message": "'{}'",
        "created_at": "5",
        "state": "'sent'",
    },
}
"""A row in each of the tables that changed, in SQL."""


def make_old(file: Path) -> Path:
    """The first version's tables, with a row in each that changed since."""
    engine = create_engine(f"sqlite:///{file}")
    config = Config()
    folder = migrating.__file__.removesuffix("migrating.py") + "migrations"
    config.set_main_option("script_location", folder)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        config.attributes["metadata"] = migrating.metadata
        command.upgrade(config, "0001")
        for table, row in FIRST.items():
            columns, values = ", ".join(row), ", ".join(row.values())
            connection.execute(text(f"INSERT INTO {table} ({columns}) VALUES ({values})"))
    engine.dispose()
    return file
