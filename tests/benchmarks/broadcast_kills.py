"""A broadcast on a weekly topic, while the engine is killed again and again.

With ``--people N``, ``--kills N``, ``--database postgresql`` and ``--echoes`` as one likes.
What an engine was sending when it was killed is *unknown*, and is not sent again; with echoes Messenger
itself tells later what had arrived. Some of
the people have stopped the topic, some had this week's message and must wait, some have blocked the
Page. Judged by what arrived on people's phones: everybody eligible once, nobody twice, and the report
adds up.
"""

import argparse
import random
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import insert, select, update
from starlette.applications import Starlette
from starlette.routing import Mount, Route

from otn_studio.cli.settings import PREFIX
from otn_studio.emulator.asking import RecurringCard
from otn_studio.emulator.changes import Changes
from otn_studio.emulator.clock import MovableClock
from otn_studio.emulator.control import ControlApi
from otn_studio.emulator.faults import Faults
from otn_studio.emulator.graph import GraphApi
from otn_studio.emulator.identity import PageIdentity
from otn_studio.emulator.ids import Ids
from otn_studio.emulator.people import Person
from otn_studio.emulator.server import running as serving
from otn_studio.emulator.webhooks import Webhooks
from otn_studio.emulator.world import World
from otn_studio.flow.document import Topic
from otn_studio.policy import recurring
from otn_studio.policy.calendar import Frequency
from otn_studio.policy.profiles import Rules
from otn_studio.runtime.broadcasting import broadcasts, reporting
from otn_studio.runtime.broadcasting.broadcasts import Draft
from otn_studio.runtime.broadcasting.reporting import Report
from otn_studio.storage import pages
from otn_studio.storage.database import Database
from otn_studio.storage.engine import inbox, lanes
from otn_studio.storage.permissions import topics
from otn_studio.storage.tables import permission, send
from tests.benchmarks import measuring
from tests.benchmarks.processes import PAGE, Running, database_url, running, settings
from tests.postgres import Server

PEOPLE, KILLS = 200_000, 10
LIFTED = 5_000
TOPIC = "news"
STOPPED, USED, GONE = 17, 13, 101
"""Of so many people one has stopped, has had this week's message, has blocked the Page."""
PATIENCE = 3_600.0
LOOK_SECONDS = 0.5


@dataclass
class Stage:
    """A Page, its people in the emulator, and the engine's database."""

    folder: Path
    url: str
    world: World
    graph: str
    database: Database
    webhooks: Webhooks | None

    @contextmanager
    def engine(self) -> Iterator[Running]:
        environment = settings(self.folder, self.graph)
        environment[PREFIX + "DATABASE_URL"] = self.url
        environment[PREFIX + "CALLS_A_SECOND"] = str(LIFTED)
        clock = f"{self.graph}/emulator/clock"
        arguments = ("-m", "otn_studio", "engine", "--listen", "127.0.0.1:0", "--clock", clock)
        with running(*arguments, environment=environment) as engine:
            if self.webhooks is not None:
                self.webhooks.subscribe(f"{engine.url}/webhook", "verify-token")
            yield engine

    def report(self, number: int) -> Report:
        return reporting.report(self.database, PAGE, number, self.world.clock.now())

    def has_heard(self) -> bool:
        """Whether every echo has been told, and read."""
        if self.webhooks is None:
            return True
        with self.database.reading() as connection:
            return self.webhooks.waiting == 0 and lanes.count_woken(connection, PAGE) == 0

    def state(self, number: int) -> str:
        return broadcasts.numbered(self.database, PAGE, number).state


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--kills", type=int, default=KILLS)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--echoes", action="store_true")
    given = parser.parse_args()
    measuring.title(
        f"A broadcast to {given.people:,} people, {given.kills} kills, {given.database}"
    )
    with measuring.folder() as folder, ExitStack() as stack:
        url = database_url(folder)
        if given.database == "postgresql":
            server = Server()
            stack.callback(server.close)
            url = server.fresh_database()
        with staged(folder, url, given.people, given.echoes) as stage:
            began = time.monotonic()
            number = perform(stage, given.kills, given.people)
            measuring.line("took", f"{time.monotonic() - began:.0f}", "s")
            for name, figure in judged(stage, number).items():
                measuring.line(name, f"{figure:,}")
        measuring.machine(folder)


@contextmanager
def staged(folder: Path, url: str, people: int, echoes: bool = False) -> Iterator[Stage]:
    page = PageIdentity(PAGE, "Kicks & Co", "page-token", "app-secret", "1")
    clock, faults = MovableClock(), Faults()
    world = World(page, clock, Ids(1), Rules())
    faults.change({"delivery": 0.0})
    webhooks = Webhooks(page, clock, faults)
    control = ControlApi(world, faults, webhooks, Changes())
    graph = GraphApi(world, faults, webhooks)
    app = Starlette(
        routes=[
            Mount("/emulator", routes=control.routes()),
            Route("/{path:path}", graph.answer, methods=["GET", "POST", "DELETE"]),
        ]
    )
    database = Database.open(url)
    _populate(world, database, people)
    if echoes:
        webhooks.start()
    with serving(app) as address:
        yield Stage(folder, url, world, address, database, webhooks if echoes else None)
    if echoes:
        webhooks.stop()
    database.close()


def perform(stage: Stage, kills: int, people: int) -> int:
    """Send the broadcast, with so many kills on the way; answers its number when it is done."""
    now, rng = stage.world.clock.now(), random.Random(1)
    number = broadcasts.plan(
        stage.database, PAGE, Draft(TOPIC, "News, {{ contact.first_name }}!"), now
    )
    moments = sorted(rng.uniform(0.0, 0.95) for _ in range(kills))
    deadline, moved = time.monotonic() + PATIENCE, False
    while True:
        with stage.engine() as engine:
            while time.monotonic() < deadline:
                time.sleep(LOOK_SECONDS if people > 10_000 else 0.02)
                share = len(stage.world.ledger.sends) / people
                if moments and (share >= moments[0] or _all_now_are_told(stage, number)):
                    moments.pop(0)
                    engine.process.kill()
                    break
                if stage.state(number) == "done" and stage.has_heard():
                    return number
                if not moved and not moments and _all_now_are_told(stage, number):
                    stage.world.clock.advance(timedelta(days=7))
                    moved = True
            else:
                raise RuntimeError(f"it did not get further than {stage.report(number)}")


def _all_now_are_told(stage: Stage, number: int) -> bool:
    found = stage.report(number)
    return found.people > 0 and found.going + found.waiting == 0


def judged(stage: Stage, number: int) -> dict[str, int]:
    """What became of everybody.

    Raises:
        AssertionError: somebody was left out, told twice, or the report does not add up.
    """
    world, report = stage.world, stage.report(number)
    told = Counter(accepted.token for accepted in world.ledger.sends)
    permissions = [
        subscription.permission for subscription in world.subscriptions._by_token.values()
    ]
    gone = {person.id for person in world.people.values() if person.blocks_page}
    eligible = {
        one.token
        for one in world.subscriptions._by_token.values()
        if not one.permission.stopped and one.psid not in gone
    }
    query = select(permission.c.token).join(send, send.c.permission_id == permission.c.id)
    with stage.database.reading() as connection:
        unknown = set(connection.scalars(query.where(send.c.state == "unknown")))
        sent = set(connection.scalars(query.where(send.c.state == "sent")))
    assert max(told.values()) == 1, "somebody got it twice"
    assert told.keys() <= eligible, "somebody got it who had stopped"
    assert eligible - told.keys() <= unknown, "somebody got nothing, and nothing says so"
    assert sent <= told.keys(), "a message counts as sent that never came"
    ends = report.sent + report.unknown + sum(report.failed.values())
    assert report.people == ends + sum(report.left_out.values()), report
    assert (report.going, report.waiting, report.later) == (0, 0, 0), report
    assert sum(world.ledger.refused.values()) >= sum(report.failed.values())
    return {
        "people with a permission": len(permissions),
        "who had stopped, and got nothing": sum(one.stopped for one in permissions),
        "of the broadcast": report.people,
        "told once": len(told),
        "told twice": sum(count - 1 for count in told.values()),
        "sent, by the report": report.sent,
        "unknown, by the report": report.unknown,
        "of them delivered": len(unknown & told.keys()),
        "failed, each with its reason": sum(report.failed.values()),
        "left out": sum(report.left_out.values()),
    }


def _populate(world: World, database: Database, people: int) -> None:
    """The people of the Page, in the emulator as they are in the engine's database."""
    now = world.clock.now() - timedelta(hours=1)
    card = RecurringCard("News?", "payload", Frequency.WEEKLY)
    with database.writing() as connection:
        pages.ensure(connection, PAGE)
        topics.bring_along(connection, PAGE, {TOPIC: Topic("News", Frequency.WEEKLY)}, now)
    for first in range(0, people, 5_000):
        some = [world.add_person("Ann") for _ in range(first, min(first + 5_000, people))]
        rows = {
            person.id: _yes(world, person, card, n, now) for n, person in enumerate(some, first)
        }
        with database.writing() as connection:
            known = inbox.contacts_of(connection, PAGE, rows.keys(), now)
            connection.execute(
                insert(permission), [row | {"contact_id": known[id]} for id, row in rows.items()]
            )
    with database.writing() as connection:
        connection.execute(update(permission).values(title="News?"))


def _yes(world: World, person: Person, card: RecurringCard, n: int, now: datetime) -> dict:
    """One person's yes, as the engine has it."""
    subscription = world.subscribe(person, card, now)
    kept = subscription.permission
    if n % USED == 1:
        world.subscriptions.use(kept.id, now)
        kept = subscription.permission
    if n % STOPPED == 1:
        kept = replace(kept, stopped=True)
        world.subscriptions.note(subscription, kept)
    person.blocks_page = n % GONE == 1
    return {
        "page_id": PAGE,
        "topic_id": TOPIC,
        "token": kept.id,
        "opted_in_at": now,
        "expires_at": kept.expires_at,
        "frequency": "weekly",
        "next_allowed_at": recurring.next_allowed_at(kept, world.rules),
        "stopped_at": now if kept.stopped else None,
        "first_used_at": kept.first_used_at,
        "follow_ups": kept.follow_ups,
        "last_used_at": kept.last_used_at,
    }


if __name__ == "__main__":
    main()
