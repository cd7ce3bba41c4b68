"""Stories at random: what planned ones did not find, somebody may run into by accident.

The same flows always give the same stories.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from otn_studio.blocks.effect import ANYBODY, Passes, Person, Sends
from otn_studio.blocks.story import Act, Begin, Moment, Resume, SayYes, Stop, Tap
from otn_studio.checks.proof.places import Map
from otn_studio.checks.proof.playing import Plan, Stage
from otn_studio.checks.proof.rehearsal import NotPossible, Rehearsal, Sent
from otn_studio.checks.proof.state import LATE

STORIES = 120
ACTS = 8
PAUSES = (1, 30, 3_600, 82_800, 86_280, 86_340, 86_399, 90_000, 260_000, 605_000, 2_700_000)
LATENESS = (0, 0, 30, LATE)


@dataclass(frozen=True, slots=True)
class Improvised:
    """A story, whose it is, and a message in it."""

    plan: Plan
    person: Person
    sent: Sent


def improvise(map: Map, stage: Stage, begins_at: datetime) -> Iterator[Improvised]:
    """Messages that were refused in stories at random."""
    starts = [Begin(p.flow, p.block) for p, begins in map.starts() if begins.acts]
    if not starts:
        return
    random = Random(len(map.nodes))
    people = [
        p for n in map.nodes.values() if isinstance(n.effect, Passes) for p in n.effect.people
    ]
    for _ in range(STORIES):
        if stage.is_over:
            return
        person = _somebody(random, people)
        late = timedelta(seconds=random.choice(LATENESS))
        at = begins_at + timedelta(minutes=random.randrange(60 * 24 * 40))
        rehearsal = stage.rehearsal(person, at, late)
        moments = _live(random, map, starts, rehearsal)
        stage.pay(rehearsal)
        plan = Plan(tuple(moments), late, at, usual=False)
        yield from (Improvised(plan, person, sent) for sent in rehearsal.sent if sent.refusal)


def _somebody(random: Random, people: list[Person]) -> Person:
    person = ANYBODY
    for other in random.sample(people, random.randrange(len(people) + 1)):
        person = person.but(other)
    return person


def _live(random: Random, map: Map, starts: list[Begin], rehearsal: Rehearsal) -> list[Moment]:
    moments: list[Moment] = []
    topics: set[str] = set()
    for _ in range(ACTS):
        before = rehearsal.now
        rehearsal.wait(timedelta(seconds=random.choice(PAUSES)))
        act, there_since = _some_act(random, map, starts, rehearsal, sorted(topics))
        pause = rehearsal.now - max(before, there_since or before)
        try:
            rehearsal.act(act)
        except NotPossible:
            return moments
        moments.append(Moment(pause, act))
        if isinstance(act, SayYes):
            topics.add(act.topic)
    rehearsal.wait(timedelta(days=random.choice((2, 40, 400))))
    return moments


def _some_act(
    random: Random, map: Map, starts: list[Begin], rehearsal: Rehearsal, topics: list[str]
) -> tuple[Act, datetime | None]:
    """Something to do, and since when it can be done, if it is a tap."""
    ways = rehearsal.tappable()
    chance = random.random()
    if topics and chance < 0.1:
        return random.choice((Stop, Resume))(random.choice(topics)), None
    if ways and chance < 0.7:
        (flow, block, port), since = random.choice(ways)
        effect = map.nodes[flow, block].effect
        asks = effect.asks if isinstance(effect, Sends) else ()
        topic = next((asked.topic for asked in asks if asked.port == port), None)
        where = (flow, block, port)
        return (Tap(*where) if topic is None else SayYes(*where, topic)), since
    return random.choice(starts), None
