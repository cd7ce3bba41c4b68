"""What the proof passes, driven by random people with no gate in between.

``python -m tests.checks.proof.soundness 50000`` drives so many flows, and says what came of it; a
second number is the seed to begin with.
"""

import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from otn_studio.blocks.finding import Severity
from otn_studio.blocks.turn import Contact
from otn_studio.checks.memory import Memory
from otn_studio.checks.proof.explore import Explored, explore
from otn_studio.checks.proof.findings import findings, unprovided
from otn_studio.checks.proof.places import Map
from otn_studio.flow.project import Project
from otn_studio.policy.profiles import PROFILES, Rules
from otn_studio.policy.sending import CODES, Refusal
from tests.checks.proof.driver import Driver, Refused
from tests.checks.proof.projects import project
from tests.judge.judge import BAD_PARAMETER, STOPPED, TOO_SOON

ZONES = ("UTC", "Europe/Berlin", "America/New_York", "America/Havana", "Australia/Lord_Howe")
COUNTRIES = ("DE", "US")
BY_PERMISSION = {BAD_PARAMETER, STOPPED, TOO_SOON}
PEOPLE = 3
ACTS = 25
TOLD = 3_000
"""Of so many projects, each finding's story is looked for."""


@dataclass
class Tally:
    """What came of it all."""

    flows: int = 0
    passed: int = 0
    sends: int = 0
    announced: int = 0
    refused: int = 0
    kinds: Counter = field(default_factory=Counter)
    wrong: list[tuple[int, Refused]] = field(default_factory=list)


def random_project(seed: int) -> Project:
    random = Random(seed)
    name = random.choice(list(PROFILES))
    country = random.choice(COUNTRIES) if random.random() < 0.3 else "DE"
    rules = Rules(PROFILES[name], ZoneInfo(random.choice(ZONES)), country)
    return project(random, rules, most_blocks=random.choice((4, 6, 8, 12, 20, 30)))


def drive(seed: int, tally: Tally) -> None:
    """Prove one project; drive it, if nothing was found."""
    drawn = random_project(seed)
    tally.flows += len(drawn.flows)
    map = Map(drawn, Memory())
    explored = explore(map)
    if unprovided(map, explored):
        return
    foreseen = _foreseen(explored)
    tally.passed += len(drawn.flows)
    for number in range(PEOPLE):
        driver = _driver(drawn, Random(seed * 10 + number))
        driver.live(ACTS)
        tally.sends += driver.sends
        tally.announced += driver.announced
        tally.refused += len(driver.refused)
        tally.wrong += [(seed, refused) for refused in _wrong(foreseen, driver)]


def _driver(drawn: Project, random: Random) -> Driver:
    start = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(seconds=random.randrange(10 * 365 * 86400))
    return Driver(drawn, random, start, contact=_somebody(random))


def _somebody(random: Random) -> Contact:
    """Of whom a few things are known before."""
    fields = {key: random.choice("123") for key in ("size", "mood") if random.random() < 0.4}
    fields |= {"locale": "de_AT"} if random.random() < 0.4 else {}
    return Contact("ann", fields, frozenset(["vip"] if random.random() < 0.4 else []))


Foreseen = dict[tuple[str, str], set[tuple[int, int | None]]]


def _foreseen(explored: Explored) -> Foreseen:
    """By block the codes of all refusals that the proof has seen, and found provided for.

    A permission that came from elsewhere can be in any state.
    """
    found: Foreseen = defaultdict(set)
    for place, refusal in explored.dangers:
        codes = BY_PERMISSION if refusal is Refusal.NO_PERMISSION else {CODES[refusal]}
        found[place.flow, place.block] |= codes
    return found


def _wrong(foreseen: Foreseen, driver: Driver) -> list[Refused]:
    """Refusals that the proof excludes: without a way out, or that it has not seen."""
    return [
        refused
        for refused in driver.refused
        if not refused.provided_for or refused.code not in foreseen[refused.flow, refused.block]
    ]


def main(count: int, first: int = 0) -> None:
    tally = Tally()
    seed = first
    while tally.passed < count:
        if seed < first + TOLD:
            found = findings(random_project(seed)).values()
            tally.kinds.update(finding.severity for of_flow in found for finding in of_flow)
        drive(seed, tally)
        seed += 1
    print(f"projects: {seed - first}, flows: {tally.flows}, passed: {tally.passed}")
    print(f"findings in the first {min(seed - first, TOLD)} projects: ", end="")
    print(", ".join(f"{kind.value} {number}" for kind, number in sorted(tally.kinds.items())))
    total = sum(tally.kinds.values())
    print(f"neither safe nor realised: {tally.kinds[Severity.UNSURE] / max(total, 1):.2%}")
    print(f"flows begun by announcing: {tally.announced}")
    print(f"sends: {tally.sends}, refused where the flow has a way out: {tally.refused}")
    print(f"refused although it was proved that it can't be: {len(tally.wrong)}")
    for wrong in tally.wrong[:20]:
        print("  ", *wrong)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3] or ["2000"]))
