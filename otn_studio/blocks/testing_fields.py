"""Comparing a field, or a value of the Page, in a condition; and what the proof may make of it."""

from collections.abc import Iterator
from datetime import UTC
from typing import Annotated, Literal

from otn_studio.blocks import liquid
from otn_studio.blocks.block import Option
from otn_studio.blocks.comparing import (
    LOOKS,
    NEEDS_NO_VALUE,
    OF_TEXTS,
    Operator,
    compare,
    compared_as,
    fits,
    is_the_same_for_all_types,
    value_beyond,
)
from otn_studio.blocks.effect import Fact, Person, field_subject
from otn_studio.blocks.field import TYPE_WORDS, read
from otn_studio.blocks.finding import Finding, error
from otn_studio.blocks.folding import folded
from otn_studio.blocks.known import TOLD_BY_OTHERS
from otn_studio.blocks.liquid import VALUE_LIMIT
from otn_studio.blocks.lookup import Lookup
from otn_studio.blocks.patterns import BrokenPattern, is_within
from otn_studio.blocks.testing import ConditionTest
from otn_studio.blocks.turn import Turn
from otn_studio.blocks.words import Words

NEEDS_A_VALUE = tuple(operator for operator in Operator if operator not in NEEDS_NO_VALUE)
CALLED = {
    "has_phone": "Has a phone number",
    "has_email": "Has an e-mail address",
    "has_link": "Has a link",
    "has_pattern": "Fits a pattern",
}
LIKE = {
    Operator.HAS_PHONE: "+49 30 901820",
    Operator.HAS_EMAIL: "ann@example.com",
    Operator.HAS_LINK: "https://example.com/shoe",
}


class FieldTest(ConditionTest):
    """Compares a field of the person, or a value of the Page."""

    test: Literal["field"] = "field"
    field: Annotated[str, Option("Field", required=True, refers_to="any_field")] = ""
    operator: Annotated[Operator, Option("Comparison", called=CALLED)] = Operator.IS
    value: Annotated[
        str,
        Option("Value", limit=VALUE_LIMIT, liquid=True, given=("operator", *NEEDS_A_VALUE)),
    ] = ""
    example: Annotated[
        str,
        Option(
            "For example",
            help="A text that fits, to see whether the pattern is right",
            given=("operator", Operator.HAS_PATTERN),
        ),
    ] = ""

    def holds(self, turn: Turn) -> bool:
        wanted = turn.render(self.value, VALUE_LIMIT)
        found, type = turn.value(self.field), turn.type_of(self.field)
        return compare(self.operator, found, wanted, type, turn.zone, turn.page.country)

    def fact(self) -> Fact | None:
        if self.field in TOLD_BY_OTHERS or self._is_filled_in():
            return None
        subject, value = field_subject(self.field), folded(self.value)
        if self.operator is Operator.HAS_PHONE:  # the Page's country has a say in that
            return None
        if self.operator in LOOKS:
            return Fact(subject, "", True, self.operator)
        if self.operator in NEEDS_NO_VALUE:
            return Fact(subject, "", self.operator is Operator.IS_NOT_SET)
        if self.operator is Operator.HAS_PATTERN:
            return Fact(subject, self.value, True, self.operator)
        if not is_the_same_for_all_types(self.value):
            return None
        if self.operator in (Operator.IS, Operator.IS_NOT) and value:
            return Fact(subject, value, self.operator is Operator.IS)
        return Fact(subject, self.value, True, self.operator)

    def examples(self) -> tuple[Person, ...]:
        if self.operator is Operator.HAS_PATTERN:
            return self._like_and_unlike()
        wanted = self.value
        other: dict[Operator, tuple[str | None, str | None]] = {
            Operator.IS: (wanted, wanted + "-"),
            Operator.IS_NOT: (wanted + "-", wanted),
            Operator.CONTAINS: (wanted, None),
            Operator.HAS_WORDS: (wanted, None),
            Operator.STARTS_WITH: (wanted, None),
            Operator.MORE_THAN: (value_beyond(wanted, 1), None),
            Operator.LESS_THAN: (value_beyond(wanted, -1), None),
            Operator.AT_LEAST: (wanted, None),
            Operator.AT_MOST: (wanted, None),
            Operator.AFTER: (value_beyond(wanted, 1), None),
            Operator.BEFORE: (value_beyond(wanted, -1), None),
            **{look: (text, None) for look, text in LIKE.items()},
            Operator.IS_SET: ("-", None),
            Operator.IS_NOT_SET: (None, "-"),
        }
        return tuple(Person(fields={self.field: value}) for value in other[self.operator])

    def _like_and_unlike(self) -> tuple[Person, ...]:
        """Somebody whose value fits the pattern, and somebody whose does not; none, where one of them
        is not known.
        """
        like = next((text for text in (self.example, self.value) if fits(text, self.value)), None)
        unlike = next((text for text in ("", "-", "0") if not fits(text, self.value)), None)
        if like is None or unlike is None:
            return ()
        return tuple(Person(fields={self.field: value or None}) for value in (like, unlike))

    def is_momentary(self) -> bool:
        is_unknown = self.operator is Operator.HAS_PATTERN and not self._like_and_unlike()
        return self.field == "last_answer" or self._is_filled_in() or is_unknown

    def findings(self, lookup: Lookup, path: str) -> Iterator[Finding]:
        if self.operator in NEEDS_NO_VALUE:
            return
        if not self.value:
            yield error(
                "no_value",
                Words("This test compares with nothing. Write a value, or choose “is not set”."),
                f"{path}value",
            )
            return
        if self.operator is Operator.HAS_PATTERN:
            yield from self._pattern(path)
        type = compared_as(self.operator, lookup.type_of(self.field))
        compares = self.operator not in OF_TEXTS and not self._is_filled_in()
        if compares and read(self.value, type, UTC) is None:
            yield error(
                "value_of_another_type",
                Words(
                    "“{value}” can’t be compared with this field. Write {type}.",
                    value=self.value,
                    type=TYPE_WORDS[type],
                ),
                f"{path}value",
            )

    def _pattern(self, path: str) -> Iterator[Finding]:
        if self._is_filled_in():
            return
        try:
            is_right = is_within(self.example, self.value) or not self.example
        except BrokenPattern as problem:
            sentence = Words("The pattern can’t be read: {problem}.", problem=str(problem))
            yield error("broken_pattern", sentence, f"{path}value")
            return
        if not is_right:
            sentence = Words("The example does not fit the pattern. Change one of them.")
            yield error("example_does_not_fit", sentence, f"{path}example")

    def _is_filled_in(self) -> bool:
        return liquid.has_parts(self.value)
