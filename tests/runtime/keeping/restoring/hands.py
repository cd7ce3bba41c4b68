"""Backing up and restoring, as a person does it."""

import os
from contextlib import contextmanager, nullcontext
from pathlib import Path

import pytest
from sqlalchemy import select

from otn_studio.runtime.broadcasting.announcing import announce_text, people
from otn_studio.runtime.keeping import restoring
from otn_studio.runtime.keeping.restoring import Restored
from otn_studio.storage.keeping import backups
from tests.interpreter.flows import ASKING, TOPIC, flow, keyword, says
from tests.runtime.far_end import PAGE, Shop

GREETING = flow({"s": keyword("hi"), "m": says("Hello")}, "s.next > m", id="greeting")


def back_up(shop: Shop, file: Path) -> None:
    file.parent.mkdir(exist_ok=True)
    backups.copy(shop.database.file, file)


def restore(shop: Shop, file: Path, **how) -> Restored:
    live, now = shop.database.file, shop.clock.now()
    how = {"alone": nobody_else_is_needed, **how}
    restored = restoring.restore(file, live, shop.page, now, **how)
    shop.ring()
    shop.settle()
    return restored


@contextmanager
def nobody_else_is_needed():
    pytest.fail("the engine need not stop for this")
    yield


def confirm(shop: Shop) -> None:
    restoring.confirm(shop.database, PAGE)
    shop.ring()
    shop.settle()


def say_yes(shop: Shop, token: str = "t-1", person: str = "ann") -> None:
    shop.publish(ASKING)
    shop.write("restock", person)
    shop.opts_in(token, person)
    shop.far_end.texts()


def announce(shop: Shop, text: str = "It is back") -> int:
    return announce_text(shop.database, PAGE, TOPIC, text, shop.clock.now())


def held(shop: Shop) -> int:
    return people(shop.database, PAGE, TOPIC, shop.clock.now())


def rows(shop: Shop, *columns) -> list:
    with shop.database.reading() as connection:
        return connection.execute(select(*columns)).all()


def damage(shop: Shop) -> None:
    """Other bytes over the whole file, but for its first page. The engine has to be off."""
    shop.database.close()
    file = shop.database.file
    size = file.stat().st_size
    with file.open("r+b") as stream:
        stream.seek(4096)
        stream.write(os.urandom(size - 4096))


def restore_damaged(shop: Shop, file: Path) -> Restored:
    live, now = shop.database.file, shop.clock.now()
    return restoring.restore(file, live, shop.page, now, nullcontext)
