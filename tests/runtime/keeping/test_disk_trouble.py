"""The engine while its database can't be written: nothing is lost, and it goes on."""

import sqlite3
from contextlib import closing

import pytest

from otn_studio.storage import database as database_module
from otn_studio.storage.database import DatabaseProblem
from tests.interpreter.flows import flow, keyword, says
from tests.runtime.far_end import PATIENCE, Shop, webhook

GREETING = flow({"s": keyword("hi"), "m": says("Hello")}, "s.next > m", id="greeting")


@pytest.fixture
def shop(tmp_path, monkeypatch):
    """One that waits for others only a moment, and whose file may grow to 4 MB."""
    others = [pragma for pragma in database_module.PRAGMAS if "busy_timeout" not in pragma]
    little = ["PRAGMA busy_timeout=50", "PRAGMA max_page_count=1000"]
    monkeypatch.setattr(database_module, "PRAGMAS", [*others, *little])
    shop = Shop(f"sqlite:///{tmp_path / 'shop.db'}")
    shop.publish(GREETING)
    yield shop
    shop.close()


def says(shop: Shop, text: str, key: str) -> bytes:
    return webhook("message", {"message": {"text": text}}, "ann", shop.clock.now(), key)


def test_locked_for_too_long(shop, caplog):
    caplog.set_level("WARNING")
    with closing(sqlite3.connect(shop.database.file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseProblem, match="for too long"):
            shop.engine.take([says(shop, "hi", "k1")]).result(PATIENCE)
    shop.engine.take([says(shop, "hi", "k1")]).result(PATIENCE)
    shop.settle()
    assert shop.far_end.texts() == ["Hello"]
    told = [record for record in caplog.records if "for too long" in record.getMessage()]
    assert told
    assert not any(record.exc_info for record in told)


def test_full(shop):
    with pytest.raises(DatabaseProblem, match=r"is full\. Nothing is lost"):
        shop.engine.take([says(shop, "x" * 8_000_000, "k1")]).result(PATIENCE)
    shop.write("hi")
    assert shop.far_end.texts() == ["Hello"]
