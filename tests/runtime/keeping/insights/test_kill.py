"""Whoever counts may be killed at any moment: begun again, the figures are those counted by hand.

It is killed before its first statement or commit, begun again and killed before its second one, and so
on, until it gets through.
"""

import os
import random
import signal
from contextlib import suppress
from datetime import timedelta
from itertools import count

import pytest
from sqlalchemy import URL, event

from otn_studio.runtime.keeping import insights as counting
from otn_studio.storage.database import Database
from tests.runtime.keeping.insights.history import (
    BLOCKS,
    FLOWS,
    HOUR,
    MINUTE,
    SECOND,
    TOPICS,
    World,
    assert_flow_same,
    assert_same,
)

PAUSES = (timedelta(), 2 * SECOND, MINUTE, HOUR, 7 * HOUR)
AGO = (timedelta(), 3 * SECOND, 20 * MINUTE)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="nobody is killed like that on Windows")
def test_killed_again_and_again_it_counts_everything_once(database, monkeypatch):
    monkeypatch.setattr(counting, "EVENTS_AT_ONCE", 5)
    world, rng = World(database), random.Random(1)
    killed = 0
    for _ in range(2):
        for _ in range(15):
            world.now += rng.choice(PAUSES)
            happens(world, rng)
        killed += next(after for after in count() if not is_killed(database, world.page, after))
    world.write_down_sent()
    world.count()
    own, asked = list(world.by_hand()), list(world.request_figures())
    assert killed > 20
    assert_same(world, own, asked)
    assert_flow_same(world, [*own, *asked])


def happens(world: World, rng: random.Random) -> None:
    """Something of all that people and flows do."""
    who, block, topic = rng.choice((0, 0, 1)), rng.choice(BLOCKS), rng.choice(TOPICS)
    match rng.randrange(8):
        case 0 | 1:
            world.send(
                who, rng.choice(("", *TOPICS)), rng.choice(FLOWS), block, None, "sent", False
            )
        case 2:
            world.send(who, "", "shop", block, topic, "sent", False)
        case 3:
            world.write_down_sent()
        case 4:
            world.mark(who, rng.choice(("delivery", "read")), rng.choice(AGO))
        case 5:
            world.act(who, rng.choice(("message", "postback")), rng.choice(AGO))
        case 6:
            world.say_yes(who, block, topic, rng.choice(AGO))
        case 7:
            world.go(rng.choice(FLOWS), block, rng.choice(("", "next", "yes")))


def is_killed(database: Database, page: str, after: int) -> bool:
    """Count in another process, which is killed before a statement or a commit, unless it is done."""
    child = os.fork()
    if child == 0:
        with suppress(Exception):
            _count_until_killed(database.engine.url, page, after)
            os._exit(0)
        os._exit(1)
    ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert ended in (0, -signal.SIGKILL)
    return ended != 0


def _count_until_killed(url: URL, page: str, after: int) -> None:
    own, numbers = Database.open(url.render_as_string(hide_password=False)), count()

    def maybe(*_: object) -> None:
        if next(numbers) >= after:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(own.engine, "before_cursor_execute", maybe)
    event.listen(own.engine, "commit", maybe)
    list(counting.bring_up_to_date(own, page))
