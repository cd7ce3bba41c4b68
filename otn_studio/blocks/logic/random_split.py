import secrets
from collections import Counter
from collections.abc import Iterator
from hashlib import blake2b
from math import log
from typing import Annotated

from pydantic import Field

from otn_studio.blocks.block import NEXT, Block, Group, Kind, Option, Part, Port, Role
from otn_studio.blocks.effect import Passes, Person
from otn_studio.blocks.element import PartId
from otn_studio.blocks.finding import Finding, error
from otn_studio.blocks.lookup import Lookup
from otn_studio.blocks.turn import Step, Turn
from otn_studio.blocks.words import Words

_TRIES = 1_000


class Way(Part):
    """One way of a split. Its id takes part in the draw, so no two splits draw alike."""

    id: PartId
    name: Annotated[str, Option("Name", limit=40)] = ""
    weight: Annotated[int, Option("Share"), Field(ge=0, le=1_000)] = 50

    def draw(self, person: str) -> float:
        """How near the way is to a person: the greater its share, the nearer to most of them."""
        hashed = blake2b(f"{person} {self.id}".encode(), digest_size=8).digest()
        return -log((int.from_bytes(hashed) + 1) / 2**64) / self.weight


def _two_ways() -> tuple[Way, ...]:
    return tuple(Way(id=f"way-{secrets.token_hex(3)}", name=name) for name in "AB")


class RandomSplit(Block):
    """Divides people among several ways, by chance, as large a share as each way has.

    Whoever comes back goes the same way again. When shares change, no more people change their way
    than have to.

    >>> ways = [Way(id="a", weight=3), Way(id="b", weight=1)]
    >>> str(RandomSplit(ways=ways).summary())
    'Split at random among 2 ways'
    """

    kind = Kind("random_split", title="Random split", group=Group.LOGIC, icon="shuffle")

    ways: Annotated[
        tuple[Way, ...],
        Option("Ways", help="A share of 50 beside one of 100 gets a third.", required=True),
    ] = Field(default_factory=_two_ways)

    def ports(self) -> tuple[Port, ...]:
        names = [way.name.strip() or str(number) for number, way in enumerate(self.ways, start=1)]
        ports = [
            Port(way.id, Words("{name}", name=name), Role.BRANCH)
            for way, name in zip(self.ways, names, strict=True)
        ]
        return tuple(ports) or (NEXT,)

    def step(self, turn: Turn) -> Step:
        return turn.go(self.way_of(turn.contact.id))

    def way_of(self, person: str) -> str:
        """The way out that somebody goes, whenever they come."""
        taken = [way for way in self.ways if way.weight]
        if not taken:
            return self.ports()[0].id
        return min(taken, key=lambda way: way.draw(person)).id

    def effect(self) -> Passes:
        people: dict[str, Person] = {}
        taken = {way.id for way in self.ways if way.weight}
        for number in range(_TRIES):
            if people.keys() >= taken:
                break
            person = f"person-{number}"
            people.setdefault(self.way_of(person), Person(id=person))
        return Passes(
            tuple(dict.fromkeys(port.id for port in self.ports())), tuple(people.values())
        )

    def summary(self) -> Words:
        return Words(
            "Split at random among {n} way",
            plural="Split at random among {n} ways",
            n=len(self.ways),
        )

    def findings(self, lookup: Lookup) -> Iterator[Finding]:
        if self.ways and not any(way.weight for way in self.ways):
            yield error(
                "no_shares", Words("No way has a share. Give one of them a share above 0."), "ways"
            )
        if any(count > 1 for count in Counter(way.id for way in self.ways).values()):
            yield error(
                "double_id",
                Words("Two parts of this block share an id. Remove one and add it anew."),
                "ways",
            )
