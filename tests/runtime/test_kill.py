"""The engine is killed, again and again, while people go through the sample flow.

Faults all the while: repeated webhooks, rate limits, server errors, and calls that end without an
answer before or after the message was delivered. Judged by what arrived on people's phones.
"""

import random
import time
from collections import Counter
from dataclasses import dataclass, field

import pytest
from sqlalchemy import select

from otn_studio import shipped
from otn_studio.cli.stage import Stage
from otn_studio.emulator.client import EmulatorProblem, PersonClient
from otn_studio.flow.project import Project
from otn_studio.flow.reading import load
from otn_studio.runtime.broadcasting.announcing import announce_flow
from otn_studio.runtime.publishing import publish
from otn_studio.storage.tables import permission, send

ROUNDS = 3
KILLS_A_ROUND = 10
PEOPLE_A_ROUND = 3
TOPIC = "blue-sneakers-5d21f0"
FAULTS = {
    "rate_limit": 0.05,
    "server_error": 0.05,
    "drop_before": 0.15,
    "drop_after": 0.15,
    "repeat": 0.3,
    "echo": 0.5,
}
PATIENCE = 2.0
"""Seconds after which somebody who got no answer writes the keyword again, as people do."""


@dataclass
class Visitor:
    """Somebody who does what the phone offers, until they have said yes."""

    person: PersonClient
    said_yes: list[str] = field(default_factory=list)
    last_act: float = 0.0

    def act(self) -> None:
        if self.said_yes:
            return
        page = [entry for entry in self.person.phone() if entry["from"] == "page"]
        newest = page[-1] if page else {"kind": "nothing"}
        if newest["kind"] == "opt_in_card":
            (event,) = self.person.notify_me()
            self.said_yes.append(event["optin"]["one_time_notif_token"])
        elif time.monotonic() - self.last_act > PATIENCE:
            self._go_on(newest)
            self.last_act = time.monotonic()

    def _go_on(self, newest: dict) -> None:
        try:
            self.person.tap(newest.get("quick_replies", ["none"])[0])
        except EmulatorProblem:
            self.person.write("restock")


class Killer:
    """Kills the engine at random moments."""

    def __init__(self, stage: Stage, rng: random.Random) -> None:
        self._stage = stage
        self._rng = rng
        self.kills = 0
        self._set_next()

    def maybe_kill(self) -> None:
        if time.monotonic() >= self._next:
            self._stage.kill_engine()
            self._stage.start_engine()
            self.kills += 1
            self._set_next()

    def _set_next(self) -> None:
        self._next = time.monotonic() + self._rng.uniform(0.0, 0.6)


@pytest.fixture
def stage(tmp_path):
    with Stage(tmp_path, "Kicks & Co", send_timeout="2") as stage:
        stage.start_engine()
        stage.subscribe()
        flow = load(shipped.path("flows/back-in-stock.json"))
        publish(stage.database, stage.page_id, Project.of(flow), stage.now())
        yield stage


def test_through_thirty_kills_every_yes_is_kept_and_used_exactly_once(stage):
    rng = random.Random(7)
    stage.emulator.faults(**FAULTS, seed=7)
    killer, everyone = Killer(stage, rng), []
    for round in range(1, ROUNDS + 1):
        visitors = [Visitor(stage.emulator.add_person("Ann")) for _ in range(PEOPLE_A_ROUND)]
        everyone += visitors
        _let_them_say_yes(visitors, killer, round * KILLS_A_ROUND - 3)
        stage.settle()
        _announce_under_kills(stage, killer, round * KILLS_A_ROUND)
        assert _second_uses(stage) == 0
    stage.settle()
    assert killer.kills == ROUNDS * KILLS_A_ROUND
    _assert_every_yes_was_kept_and_used(stage, everyone)
    _assert_the_sums_agree(stage)


def _let_them_say_yes(visitors: list[Visitor], killer: Killer, kills: int) -> None:
    deadline = time.monotonic() + 120
    while killer.kills < kills or not all(visitor.said_yes for visitor in visitors):
        assert time.monotonic() < deadline, "somebody never got so far as to say yes"
        for visitor in visitors:
            visitor.act()
        if killer.kills < kills:
            killer.maybe_kill()
        time.sleep(0.01)


def _announce_under_kills(stage: Stage, killer: Killer, kills: int) -> None:
    stage.pass_time("3 days")
    reached = announce_flow(stage.database, stage.page_id, TOPIC, "back-in-stock", stage.now())
    assert reached == PEOPLE_A_ROUND
    while killer.kills < kills:
        killer.maybe_kill()
        time.sleep(0.01)
    stage.settle()


def _second_uses(stage: Stage) -> int:
    used = Counter(entry["token"] for entry in stage.emulator.ledger()["sends"] if entry["token"])
    return sum(count - 1 for count in used.values())


def _assert_every_yes_was_kept_and_used(stage: Stage, everyone: list[Visitor]) -> None:
    with stage.database.reading() as connection:
        kept = set(connection.scalars(select(permission.c.token)))
        states = dict(
            connection.execute(
                select(permission.c.token, send.c.state).join(
                    send, send.c.permission_id == permission.c.id
                )
            ).all()
        )
    used = {entry["token"] for entry in stage.emulator.ledger()["sends"] if entry["token"]}
    for visitor in everyone:
        (token,) = visitor.said_yes
        assert token in kept
        by_permission = [e for e in visitor.person.phone() if e["by_permission"]]
        assert len(by_permission) == (1 if token in used else 0)
        assert states[token] == "sent" if token in used else states[token] == "unknown"


def _assert_the_sums_agree(stage: Stage) -> None:
    accepted = [entry["metadata"] for entry in stage.emulator.ledger()["sends"]]
    assert len(accepted) == len(set(accepted)), "a message was delivered twice"
    with stage.database.reading() as connection:
        states = {
            str(id): state for id, state in connection.execute(select(send.c.id, send.c.state))
        }
    assert set(states.values()) <= {"sent", "failed", "unknown"}
    for id, state in states.items():
        assert not (state == "sent" and id not in accepted)
        assert not (state == "failed" and id in accepted)
