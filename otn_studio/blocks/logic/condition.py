from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from otn_studio.blocks.block import Block, Group, Kind, Option, Part, Port, Role
from otn_studio.blocks.effect import Fact, Passes, Person, field_subject
from otn_studio.blocks.finding import Finding, error
from otn_studio.blocks.lookup import Lookup
from otn_studio.blocks.start.keyword import folded
from otn_studio.blocks.turn import Contact, Step, Turn
from otn_studio.blocks.words import Words


class Operator(StrEnum):
    """How a field is compared. Texts compare without regard to case, numbers as numbers."""

    IS = "is"
    IS_NOT = "is_not"
    CONTAINS = "contains"
    MORE_THAN = "more_than"
    LESS_THAN = "less_than"
    IS_SET = "is_set"
    IS_NOT_SET = "is_not_set"


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _compare(found: str, wanted: str, holds: Callable[[Decimal, Decimal], bool]) -> bool:
    left, right = _number(found), _number(wanted)
    return left is not None and right is not None and holds(left, right)


COMPARISONS: dict[Operator, Callable[[str, str], bool]] = {
    Operator.IS: lambda found, wanted: folded(found) == folded(wanted),
    Operator.IS_NOT: lambda found, wanted: folded(found) != folded(wanted),
    Operator.CONTAINS: lambda found, wanted: folded(wanted) in folded(found),
    Operator.MORE_THAN: lambda found, wanted: _compare(found, wanted, Decimal.__gt__),
    Operator.LESS_THAN: lambda found, wanted: _compare(found, wanted, Decimal.__lt__),
    Operator.IS_SET: lambda found, wanted: found != "",
    Operator.IS_NOT_SET: lambda found, wanted: found == "",
}
NEEDS_NO_VALUE = frozenset({Operator.IS_SET, Operator.IS_NOT_SET})


def _more(wanted: str, by: int) -> str:
    return str((_number(wanted) or Decimal(0)) + by)


EXAMPLES: dict[Operator, tuple[Callable[[str], str | None], Callable[[str], str | None]]] = {
    Operator.IS: (lambda wanted: wanted, lambda wanted: wanted + "-"),
    Operator.IS_NOT: (lambda wanted: wanted + "-", lambda wanted: wanted),
    Operator.CONTAINS: (lambda wanted: wanted, lambda wanted: None),
    Operator.MORE_THAN: (lambda wanted: _more(wanted, 1), lambda wanted: None),
    Operator.LESS_THAN: (lambda wanted: _more(wanted, -1), lambda wanted: None),
    Operator.IS_SET: (lambda wanted: "-", lambda wanted: None),
    Operator.IS_NOT_SET: (lambda wanted: None, lambda wanted: "-"),
}
"""A value for which the comparison holds, and one for which it does not."""


class FieldTest(Part):
    """Compares one of the contact's fields."""

    test: Literal["field"] = "field"
    field: Annotated[str, Option("Field", required=True, refers_to="field")] = ""
    operator: Annotated[Operator, Option("Is")] = Operator.IS
    value: Annotated[str, Option("Value", limit=1_000)] = ""

    def holds(self, contact: Contact) -> bool:
        found = contact.fields.get(self.field)
        return COMPARISONS[self.operator]("" if found is None else str(found), self.value)

    def fact(self) -> Fact:
        """What is true of those for whom it holds."""
        subject, value = field_subject(self.field), folded(self.value)
        match self.operator:
            case Operator.IS_SET | Operator.IS_NOT_SET:
                return Fact(subject, "", self.operator is Operator.IS_NOT_SET)
            case Operator.IS | Operator.IS_NOT if value:
                return Fact(subject, value, self.operator is Operator.IS)
        return Fact(subject, self.value, True, self.operator)

    def example(self, holds: bool) -> Person:
        """Somebody for whom it holds, or does not."""
        value = EXAMPLES[self.operator][0 if holds else 1](self.value)
        return Person(fields={self.field: value})


class TagTest(Part):
    """Asks whether the contact wears a tag."""

    test: Literal["tag"] = "tag"
    tag: Annotated[str, Option("Tag", required=True)] = ""
    has: Annotated[bool, Option("Has it"), Field(strict=True)] = True

    def holds(self, contact: Contact) -> bool:
        return (folded(self.tag) in {folded(tag) for tag in contact.tags}) == self.has

    def fact(self) -> Fact:
        """What is true of those for whom it holds."""
        return Fact(f"tag {folded(self.tag)}", "worn", self.has)

    def example(self, holds: bool) -> Person:
        """Somebody for whom it holds, or does not."""
        return Person(tags={self.tag: self.has == holds})


Test = Annotated[FieldTest | TagTest, Field(discriminator="test")]


class Condition(Block):
    """Goes one way or the other by what is known of the person: their fields and tags.

    >>> size = FieldTest(field="size", value="42")
    >>> size.holds(Contact("ann", fields={"size": "42"}))
    True
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
        answers = (test.holds(turn.contact) for test in self.tests)
        return turn.go("yes" if (all if self.match == "all" else any)(answers) else "no")

    def effect(self) -> Passes:
        people = tuple(test.example(holds) for test in self.tests for holds in (True, False))
        facts = tuple(test.fact() for test in self.tests)
        denied = tuple(fact.denied() for fact in facts)
        known = {
            "yes": facts if self.match == "all" or len(facts) == 1 else (),
            "no": denied if self.match == "any" or len(facts) == 1 else (),
        }
        return Passes(("yes", "no"), people, known)

    def findings(self, lookup: Lookup) -> Iterator[Finding]:
        for index, test in enumerate(self.tests):
            if not isinstance(test, FieldTest) or test.operator in NEEDS_NO_VALUE:
                continue
            if not test.value:
                yield error(
                    "no_value",
                    Words(
                        "This test compares with nothing. Write a value, or choose “is not set”."
                    ),
                    f"tests.{index}.value",
                )
