"""How many messages of an announcement leave in a second, while Messenger answers after 60 ms.

The engine is a process, and so is the one in Messenger's place. Once with the limit of 300 a second
lifted, which is what the engine itself is capable of; once as it is, where no second may have more and
nearly every second has as many.
"""

import time
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import requests
from sqlalchemy import insert

from otn_studio.cli.settings import PREFIX
from otn_studio.flow.document import Topic
from otn_studio.policy import rates
from otn_studio.runtime.broadcasting.announcing import announce_text
from otn_studio.storage import pages
from otn_studio.storage.database import Database
from otn_studio.storage.engine import inbox
from otn_studio.storage.permissions import topics
from otn_studio.storage.tables import permission
from tests.benchmarks import measuring
from tests.benchmarks.measuring import Series
from tests.benchmarks.processes import PAGE, Running, database_url, running, settings

REPETITIONS = 3
LIFTED = 100_000
PEOPLE = 12_000
PEOPLE_AT_THE_LIMIT = 21 * 295
"""In whole seconds' worth, so that the last second is as full as the others."""
TOPIC = "news"
PATIENCE = 120.0


def main() -> bool:
    measuring.title(f"Messages of an announcement to {PEOPLE:,} people")
    with measuring.folder() as folder:
        lifted = Series(tuple(_lifted(folder / str(n)) for n in range(REPETITIONS)))
        measuring.line("limit lifted", lifted, "messages/s")
        ratio = Series(tuple(rate / rates.CALLS_A_SECOND for rate in lifted.values))
        met = measuring.at_least("ratio to what Messenger takes", ratio, 4.0)
        came = _came(folder / "limited", PEOPLE_AT_THE_LIMIT, rates.CALLS_A_SECOND)
        most = Series((float(_most_in_a_second(came)),))
        met &= measuring.at_most("with the limit, in the fullest second", most, 300)
        met &= measuring.at_least("with the limit, on average", Series((_rate(came),)), 285)
        measuring.machine(folder)
    return met


def _lifted(folder: Path) -> float:
    return _rate(_came(folder, PEOPLE, LIFTED))


def _came(folder: Path, people: int, calls_a_second: int) -> list[float]:
    """When each message came to Messenger, in seconds."""
    folder.mkdir()
    _prepare(folder, people)
    database = Database.open(database_url(folder))
    with (
        running("-m", "tests.benchmarks.graph_stub") as graph,
        _engine(folder, graph.url, calls_a_second),
        requests.Session() as session,
    ):
        session.trust_env = False
        announce_text(database, PAGE, TOPIC, "It is back", datetime.now(UTC))
        came, deadline = [], time.monotonic() + PATIENCE
        while len(came) < people:
            if time.monotonic() > deadline:
                raise RuntimeError(f"only {len(came)} of {people} messages came")
            time.sleep(0.5)
            calls = session.get(f"{graph.url}/calls", timeout=10).json()
            came += [began / 1e9 for _, began in calls]
    database.close()
    return sorted(came)


def _engine(folder: Path, graph_url: str, calls_a_second: int) -> AbstractContextManager[Running]:
    environment = settings(folder, graph_url)
    environment[PREFIX + "CALLS_A_SECOND"] = str(calls_a_second)
    arguments = ("-m", "otn_studio", "engine", "--listen", "127.0.0.1:0")
    return running(*arguments, environment=environment)


def _prepare(folder: Path, people: int) -> None:
    """A database in which so many people have said yes."""
    database, now = Database.open(database_url(folder)), datetime.now(UTC)
    names = [str(10_000_000 + number) for number in range(people)]
    with database.writing() as connection:
        pages.ensure(connection, PAGE)
        topics.bring_along(connection, PAGE, {TOPIC: Topic("News")}, now)
        for first in range(0, people, 1_000):
            known = inbox.contacts_of(connection, PAGE, names[first : first + 1_000], now)
            connection.execute(insert(permission), [_yes(id, now) for id in known.values()])
    database.close()


def _yes(contact_id: int, now: datetime) -> dict:
    return {
        "page_id": PAGE,
        "contact_id": contact_id,
        "topic_id": TOPIC,
        "token": f"token-{contact_id}",
        "opted_in_at": now,
        "expires_at": now + timedelta(days=365),
        "next_allowed_at": now,
    }


def _rate(came: list[float]) -> float:
    """Messages a second, without what went out at once when there was something to send."""
    later = sum(began > came[0] + 0.5 for began in came)
    return later / (came[-1] - came[0])


def _most_in_a_second(came: list[float]) -> int:
    most = last = 0
    for first, began in enumerate(came):
        while last < len(came) and came[last] < began + 1.0:
            last += 1
        most = max(most, last - first)
    return most


if __name__ == "__main__":
    main()
