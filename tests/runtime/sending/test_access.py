"""How long the Page's access token lasts: asked once a day, and told well before it ends."""

from datetime import UTC, datetime, timedelta

import pytest

from otn_studio.messenger.access import TokenInfo
from otn_studio.messenger.graph import CallFailed
from otn_studio.runtime import health
from otn_studio.runtime.sending.access import SOON, AccessWatch
from otn_studio.storage import connections
from otn_studio.storage.connections import Connection
from otn_studio.storage.database import Database

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
DAY = timedelta(days=1)


class Messenger:
    """Tells what it is told to tell."""

    def __init__(self) -> None:
        self.asked = 0
        self.expires_at: datetime | None = None
        self.data_ends_at: datetime | None = None
        self.problem: Exception | None = None

    def token_info(self) -> TokenInfo:
        self.asked += 1
        if self.problem:
            raise self.problem
        ends = self.expires_at, self.data_ends_at
        return TokenInfo("5", "Bot", "PAGE", "42", True, frozenset(), *ends)


class Stage:
    def __init__(self, database: Database) -> None:
        self.database, self.messenger, self.time = database, Messenger(), NOW
        self.watch = AccessWatch(database, "42", self.messenger, self)

    def now(self) -> datetime:
        return self.time

    def connect(self) -> None:
        with self.database.writing() as connection:
            connections.keep(connection, "42", Connection("Bakery"))

    def after(self, length: timedelta) -> datetime:
        self.time += length
        return self.watch.turn()

    def access(self) -> dict | None:
        return health.of(self.database, "42", self.time)["access"]


@pytest.fixture
def stage(tmp_path):
    database = Database.open(f"sqlite:///{tmp_path / 'access.db'}")
    yield Stage(database)
    database.close()


def test_it_is_asked_once_a_day(stage):
    stage.connect()
    assert stage.after(timedelta(0)) == NOW + DAY
    stage.after(DAY / 2)
    assert stage.messenger.asked == 1
    stage.after(DAY / 2)
    assert stage.messenger.asked == 2


def test_an_end_is_told_well_before_whichever_comes_first(stage, caplog):
    stage.connect()
    stage.messenger.expires_at = NOW + SOON + 3 * DAY
    stage.messenger.data_ends_at = NOW + SOON + 2 * DAY
    stage.after(timedelta(0))
    assert stage.access() == {"ends_at": (NOW + SOON + 2 * DAY).isoformat(), "ends_soon": False}
    assert not caplog.records
    stage.after(2 * DAY)
    assert stage.access()["ends_soon"]
    assert "Page 42 ends on" in caplog.text


def test_what_never_ends_is_never_told(stage):
    stage.connect()
    stage.after(timedelta(0))
    assert stage.access() == {"ends_at": None, "ends_soon": False}


def test_where_messenger_does_not_tell_it_is_asked_again_within_the_day(stage, caplog):
    stage.connect()
    stage.messenger.expires_at = NOW + 3 * DAY
    stage.after(timedelta(0))
    stage.messenger.problem = CallFailed("Messenger could not be reached.")
    assert stage.after(DAY) < stage.time + DAY
    assert stage.access()["ends_soon"], "what was known before still counts"
    assert "does not say" in caplog.text


def test_of_a_page_that_was_never_connected_nothing_is_asked(stage):
    stage.after(timedelta(0))
    assert stage.messenger.asked == 0
    assert stage.access() is None
