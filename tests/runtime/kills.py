"""Many kills under load: ``python -m tests.runtime.kills --database postgresql --kills 200``.

With ``--the-database``, it is PostgreSQL that is killed and started again.

People keep coming, say yes, and get the announcement three days later, while the processes of the
engine are killed at random and the emulator repeats webhooks, refuses, breaks and times out before and
after it delivered. Judged by what arrived on people's phones.
"""

import argparse
import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Protocol

from sqlalchemy import BigInteger, func, select, type_coerce

from otn_studio import shipped
from otn_studio.cli.stage import Stage
from otn_studio.emulator.client import EmulatorClient
from otn_studio.flow.project import Project
from otn_studio.flow.reading import load
from otn_studio.runtime.broadcasting.announcing import announce_flow
from otn_studio.runtime.publishing import publish
from otn_studio.storage.database import Database
from otn_studio.storage.tables import event, lane, permission, send
from tests.postgres import Server
from tests.runtime.server.troupe import PAGE, Troupe
from tests.runtime.test_kill import TOPIC, Visitor

PEOPLE_A_ROUND = 5
LOOK_SECONDS = 0.05
FAULTS = {
    "repeat": 0.1,
    "rate_limit": 0.1,
    "server_error": 0.1,
    "drop_before": 0.1,
    "drop_after": 0.1,
    "echo": 0.5,
}


class Cast(Protocol):
    """Whoever plays: one engine, or several processes."""

    database: Database
    emulator: EmulatorClient
    pause: float
    """Seconds between two kills, on average: time for most processes to start."""

    def kill_one(self, rng: random.Random) -> None: ...

    def settle(self) -> None: ...


class One(Stage):
    """One engine on SQLite."""

    pause = 0.5

    def kill_one(self, rng: random.Random) -> None:
        self.kill_engine()
        self.start_engine()


class Several(Troupe):
    """A process for webhooks, two workers and a sender, on PostgreSQL."""

    pause = 1.5

    def kill_one(self, rng: random.Random) -> None:
        self.kill(rng.choice(self.names))


class OnWeakGround(Troupe):
    """The same processes, which stay, on a PostgreSQL that is killed instead."""

    pause = 1.5

    def __init__(self, folder: Path, server: Server) -> None:
        super().__init__(folder, server.fresh_database())
        self._server = server

    def kill_one(self, rng: random.Random) -> None:
        self._server.crash()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument(
        "--the-database",
        action="store_true",
        help="kill PostgreSQL itself, not the processes on it",
    )
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    if given.the_database and given.database == "sqlite":
        parser.error("only PostgreSQL can be killed: --database postgresql --the-database")
    began = time.monotonic()
    with (
        tempfile.TemporaryDirectory() as folder,
        _cast(given.database, given.the_database, Path(folder)) as cast,
    ):
        visitors = perform(cast, given.kills, given.seed)
        for name, figure in judged(cast, visitors).items():
            print(f"{figure:8}  {name}")
    print(f"{given.kills:8}  kills in {time.monotonic() - began:.0f} s, seed {given.seed}")


@contextmanager
def _cast(database: str, itself: bool, folder: Path) -> Iterator[Cast]:
    if database == "sqlite":
        with One(folder, "Kicks & Co", send_timeout="2") as stage:
            stage.start_engine()
            stage.subscribe()
            yield stage
        return
    server = Server()
    try:
        made = OnWeakGround(folder, server) if itself else Several(folder, server.fresh_database())
        with made as troupe:
            troupe.subscribe()
            yield troupe
    finally:
        server.close()


def perform(cast: Cast, kills: int, seed: int) -> list[Visitor]:
    """Play until there were so many kills, and nothing is under way any more."""
    rng = random.Random(seed)
    flow = load(shipped.path("flows/back-in-stock.json"))
    publish(cast.database, PAGE, Project.of(flow), cast.emulator.now())
    cast.emulator.faults(**FAULTS, seed=seed)
    everyone: list[Visitor] = []
    left = kills
    while left > 0:
        visitors = [Visitor(cast.emulator.add_person("Ann")) for _ in range(PEOPLE_A_ROUND)]
        everyone += visitors
        while not all(visitor.said_yes for visitor in visitors):
            for visitor in visitors:
                visitor.act()
            left -= _maybe_kill(cast, rng)
        cast.settle()
        cast.emulator.advance(timedelta(days=3))
        announce_flow(cast.database, PAGE, TOPIC, "back-in-stock", cast.emulator.now())
        for _ in range(40):
            left -= _maybe_kill(cast, rng)
        print(f"{max(left, 0)} kills to go, {len(everyone)} people", flush=True)
    cast.settle()
    return everyone


def _maybe_kill(cast: Cast, rng: random.Random) -> int:
    time.sleep(LOOK_SECONDS)
    if rng.random() > LOOK_SECONDS / cast.pause:
        return 0
    cast.kill_one(rng)
    return 1


def judged(cast: Cast, visitors: list[Visitor]) -> dict[str, int]:
    """What became of everything.

    Raises:
        AssertionError: something was lost, used twice, told out of order, or does not add up.
    """
    ledger = cast.emulator.ledger()["sends"]
    used = Counter(entry["token"] for entry in ledger if entry["token"])
    accepted = Counter(entry["metadata"] for entry in ledger)
    with cast.database.reading() as connection:
        kept = set(connection.scalars(select(permission.c.token)))
        rows = connection.execute(select(send.c.id, send.c.state, send.c.reason))
        states = {str(id): (state, reason) for id, state, reason in rows}
        of_token = select(permission.c.token, send.c.state).join(
            send, send.c.permission_id == permission.c.id
        )
        by_token = dict(connection.execute(of_token).all())
        undone = connection.scalar(_count(event.c.done_at.is_(None)))
        awake = connection.scalar(_count(lane.c.woken_at.is_not(None)))
        figures = {
            "permissions given": len(visitors),
            "permissions lost": sum(token not in kept for v in visitors for token in v.said_yes),
            "second uses": sum(count - 1 for count in used.values()),
            "messages delivered twice": sum(count - 1 for count in accepted.values()),
            "events never read": undone + awake,
            "events read out of order": connection.scalar(_OUT_OF_ORDER),
        }
    expected = {token: "sent" if used[token] else "unknown" for token in by_token}
    wrong = {
        "permissions whose use is told wrongly": {
            token for token in by_token if by_token[token] != expected[token]
        },
        "sent, but never delivered": _with(states, "sent") - accepted.keys(),
        "failed, but delivered": _with(states, "failed") & accepted.keys(),
        "failed without a reason": {
            id for id, (state, reason) in states.items() if state == "failed" and not reason
        },
        "without an end": states.keys()
        - _with(states, "sent")
        - _with(states, "failed")
        - _with(states, "unknown"),
    }
    figures |= {name: len(ids) for name, ids in wrong.items()}
    assert not any(list(figures.values())[1:]), figures
    unknown = _with(states, "unknown")
    return figures | {
        "sent": len(_with(states, "sent")),
        "failed, with a reason": len(_with(states, "failed")),
        "unknown, of them delivered": len(unknown & accepted.keys()),
        "unknown, of them not": len(unknown - accepted.keys()),
        "delivered by the emulator": len(accepted),
    }


def _with(states: dict[str, tuple[str, str | None]], wanted: str) -> set[str]:
    return {id for id, (state, _) in states.items() if state == wanted}


def _count(condition):
    return select(func.count()).where(condition)


_LATER = event.alias()
_SECOND = timedelta(seconds=1) // timedelta(microseconds=1)
_OUT_OF_ORDER = (
    select(func.count())
    .select_from(event.join(_LATER, event.c.contact_id == _LATER.c.contact_id))
    .where(
        event.c.key.is_not(None),
        _LATER.c.key.is_not(None),
        event.c.at < _LATER.c.at,
        type_coerce(event.c.stored_at, BigInteger) + _SECOND
        < type_coerce(_LATER.c.done_at, BigInteger),
        event.c.done_at > _LATER.c.done_at,
        event.c.kind == "message",
        _LATER.c.kind == "message",
    )
)
"""Messages that had long been there when a later one was read, and were read after it."""


if __name__ == "__main__":
    main()
