from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from otn_studio.blocks.block import Block, Group, Kind, Option, Port, Role
from otn_studio.blocks.effect import Passes
from otn_studio.blocks.finding import Finding
from otn_studio.blocks.lookup import Lookup
from otn_studio.blocks.testing import (
    Holding,
    LastAnswerTest,
    TagTest,
    TimeTest,
    TopicTest,
    WindowTest,
)
from otn_studio.blocks.testing_fields import FieldTest
from otn_studio.blocks.turn import Step, Turn
from otn_studio.blocks.words import Words

Test = Annotated[
    FieldTest | TagTest | TopicTest | WindowTest | TimeTest | LastAnswerTest,
    Field(discriminator="test"),
]


class Condition(Block):
    """Goes one way or the other by what is so: the person’s fields, tags and permissions, the time.

    *All* of the tests have to hold, or *any* one of them. Fields compare as what they are: dates as
    dates, numbers as numbers, texts without regard to upper and lower case. A value to compare with
    may be another field: {{ contact.size }}.

    A pattern is a regular expression, and may fit any part of the text: ^[0-9]{5}$ is five digits and
    nothing else. Telephone numbers without a country are those of the Page’s country.

    >>> from otn_studio.blocks.turn import Contact
    >>> from datetime import UTC, datetime
    >>> ann = Turn(datetime(2026, 11, 23, tzinfo=UTC), Contact("ann", {"size": "42"}))
    >>> Condition(tests=[FieldTest(field="size", value="42")]).step(ann).then.port
    'yes'
    """

    kind = Kind(
        "condition",
        title="Condition",
        group=Group.LOGIC,
        icon="git-branch",
        ports=(Port("yes", Words("Yes"), Role.BRANCH), Port("no", Words("No"), Role.BRANCH)),
    )

    match: Annotated[Literal["all", "any"], Option("How many must hold")] = "all"
    tests: Annotated[tuple[Test, ...], Option("Tests", required=True)] = ()

    def step(self, turn: Turn) -> Step:
        answers = [test.holds(turn) for test in self.tests]
        return turn.go("yes" if (all if self.match == "all" else any)(answers) else "no")

    def effect(self) -> Passes:
        says = {"yes": self._says_all("all"), "no": self._says_all("any")}
        facts = tuple(fact for test in self.tests if (fact := test.fact()))
        denied = tuple(fact.denied() for fact in facts)
        open = next((test.open for test in self.tests if isinstance(test, WindowTest)), None)
        topic = next((test.topic for test in self.tests if test.says_usable()), "")
        return Passes(
            ("yes", "no"),
            tuple(person for test in self.tests for person in test.examples()),
            {"yes": facts if says["yes"] else (), "no": denied if says["no"] else ()},
            momentary=any(test.is_momentary() for test in self.tests),
            window={p: open is (p == "yes") for p in says if says[p] and open is not None},
            holds={"yes": topic} if topic and says["yes"] else {},
            needs=self._needs(),
        )

    def _needs(self) -> dict[str, str]:
        """By way out a topic that the person must have said yes to."""
        tests = [test for test in self.tests if isinstance(test, TopicTest)]
        return {"no" if t.state is Holding.NOT_HELD else "yes": t.topic for t in tests}

    def _says_all(self, match: str) -> bool:
        """Whether the way that somebody goes says how each of the tests ended."""
        return self.match == match or len(self.tests) == 1

    def findings(self, lookup: Lookup) -> Iterator[Finding]:
        for index, test in enumerate(self.tests):
            yield from test.findings(lookup, f"tests.{index}.")
