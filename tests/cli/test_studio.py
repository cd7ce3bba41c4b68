"""The studio starts anew where a preference counts only from the start on."""

import os
import sys
from contextlib import closing

import keyring
import pytest

from otn_studio.cli import studio
from otn_studio.cli.page_keys import NAMES, PageKeys
from otn_studio.storage import connections
from otn_studio.storage.connections import Connection
from otn_studio.storage.database import Database
from otn_studio.studio import app
from tests.cli.test_secret import Ring


@pytest.fixture
def started(monkeypatch):
    """What takes the place of this process, and what the window ends with."""
    begun: list[list[str]] = []
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setattr(sys, "argv", ["otn-studio", "shop.json"])
    monkeypatch.setattr(os, "execv", lambda program, arguments: begun.append(arguments))

    def end_with(code: int) -> list[list[str]]:
        monkeypatch.setattr(app, "show", lambda *_: code)
        return begun

    return end_with


def test_it_starts_anew_with_what_was_open_and_not_with_what_it_was_given(started):
    begun = started(app.AGAIN)
    studio.run()
    assert begun == [[sys.executable, "-m", "otn_studio"]]


def test_it_ends_otherwise(started):
    begun = started(0)
    assert studio.run() == 0
    assert begun == []


def test_it_works_for_the_page_that_was_chosen(started, monkeypatch, tmp_path, database):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    before, seen = keyring.get_keyring(), []
    keyring.set_keyring(Ring())

    def show(services, *_: object) -> int:
        zone = services.broadcasts.choices().zone.key
        seen.append((services.page_name, services.engine.state().practice, zone))
        services.pages.choose("4711")
        return 0

    try:
        for name in NAMES:
            PageKeys("4711").set(name, "known")
        with closing(Database.open(database)) as base, base.writing() as connection:
            connections.keep(connection, "4711", Connection("Bakery", zone="Asia/Tokyo"))
        monkeypatch.setattr(app, "show", show)
        studio.run()
        studio.run()
    finally:
        keyring.set_keyring(before)
    assert seen == [("Your Page", True, "UTC"), ("Bakery", False, "Asia/Tokyo")]
