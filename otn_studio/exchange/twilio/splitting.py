"""Splits of Twilio Studio: one condition after the other, or the words that begin a flow."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from otn_studio.blocks.actions.set_field import SetField
from otn_studio.blocks.block import NEXT, Block
from otn_studio.blocks.comparing import Operator
from otn_studio.blocks.logic.condition import Condition, FieldTest
from otn_studio.blocks.start.keyword import Keyword
from otn_studio.blocks.words import Words
from otn_studio.exchange.making import Making, as_list, as_text
from otn_studio.exchange.report import Report
from otn_studio.exchange.twilio.definition import Transition, Widget
from otn_studio.exchange.twilio.texts import TRIGGER, Texts


@dataclass(frozen=True)
class Comparison:
    """How one of Twilio's is made: ``yes`` is where it holds; ``listed``: with any of several."""

    operator: Operator
    yes: bool = True
    listed: bool = False


COMPARISONS: Final[Mapping[str, Comparison]] = {
    "equal_to": Comparison(Operator.IS),
    "not_equal_to": Comparison(Operator.IS, yes=False),
    "matches_any_of": Comparison(Operator.IS, listed=True),
    "does_not_match_any_of": Comparison(Operator.IS, yes=False, listed=True),
    "is_blank": Comparison(Operator.IS_NOT_SET),
    "is_not_blank": Comparison(Operator.IS_SET),
    "contains": Comparison(Operator.CONTAINS),
    "does_not_contain": Comparison(Operator.CONTAINS, yes=False),
    "starts_with": Comparison(Operator.STARTS_WITH),
    "does_not_start_with": Comparison(Operator.STARTS_WITH, yes=False),
    "less_than": Comparison(Operator.LESS_THAN),
    "greater_than": Comparison(Operator.MORE_THAN),
    "is_before_date": Comparison(Operator.BEFORE),
    "is_after_date": Comparison(Operator.AFTER),
    "is_before_time": Comparison(Operator.BEFORE),
    "is_after_time": Comparison(Operator.AFTER),
    "regex": Comparison(Operator.HAS_PATTERN),
}
KEYWORDS: Final[Mapping[str, str]] = {
    "equal_to": "is",
    "matches_any_of": "is",
    "starts_with": "starts_with",
    "contains": "contains",
}
ANY_PART = Words(
    "The pattern may fit any part of the text here. Put ^ before it and $ behind it where it has to"
    " fit the whole."
)
WORDS_ONLY = Words("It is found here as whole words only, not within others.")
NOTES: Final = {Operator.STARTS_WITH: (WORDS_ONLY,), Operator.HAS_PATTERN: (ANY_PART,)}


def listed(text: str) -> tuple[str, ...]:
    """The values of a list with commas.

    >>> listed("yes, y ,")
    ('yes', 'y')
    """
    return tuple(value.strip() for value in text.split(",") if value.strip())


def argument(condition: Mapping[str, Any], widget: Widget) -> str:
    """What a condition compares."""
    given = as_list(condition.get("arguments"), f"{widget.where}: arguments")
    return (as_text(given[0]) if given else "") or widget.text("input")


def matches(widget: Widget) -> list[Transition]:
    """Its ways but for the last, in their order."""
    return [t for t in widget.transitions if t.event == "match" and t.conditions]


def keyword(transition: Transition, widget: Widget) -> Keyword | None:
    """The words with which a flow begins that goes this way, if that hangs on its first message."""
    if len(transition.conditions) != 1:
        return None
    [condition] = transition.conditions
    type, value = as_text(condition.get("type")), as_text(condition.get("value"))
    is_first = argument(condition, widget).strip(" {}") == TRIGGER
    if not is_first or type not in KEYWORDS or "{" in value or not value.strip():
        return None
    words = listed(value) if type == "matches_any_of" else (value.strip(),)
    return Keyword(match=KEYWORDS[type], keywords=words) if words else None


def condition_of(
    given: Mapping[str, Any], field: str, texts: Texts, notes: list[Words]
) -> tuple[Condition, Comparison] | None:
    """The test of a field that one condition is; none where there is nothing like it here."""
    comparison = COMPARISONS.get(as_text(given.get("type")))
    if comparison is None:
        return None
    value = texts.ours(as_text(given.get("value")), notes)
    values = listed(value) if comparison.listed else (value.strip(),)
    notes += NOTES.get(comparison.operator, ())
    tests = [FieldTest(field=field, operator=comparison.operator, value=one) for one in values]
    return Condition(match="any" if len(tests) > 1 else "all", tests=tests), comparison


class Splits:
    """Makes blocks of splits."""

    def __init__(self, making: Making, texts: Texts, report: Report) -> None:
        self._making = making
        self._texts = texts
        self._report = report

    def make(self, widget: Widget, notes: list[Words]) -> None:
        """Where no condition holds, the next way is asked, and at last there is *no match*."""
        open_ways: list[tuple[str, str]] = []
        for transition in matches(widget):
            failing: list[tuple[str, str]] = []
            for number, given in enumerate(transition.conditions):
                field = self._compared(argument(given, widget), widget, open_ways, notes)
                made = condition_of(given, field, self._texts, notes)
                if made is None:
                    self._report.lost(
                        Words("condition"),
                        as_text(given.get("friendly_name")) or as_text(given.get("type")),
                        f"{transition.where}/conditions/{number}",
                        Words("There is no such comparison here, so this way is never gone."),
                        self._making.id,
                    )
                    failing += open_ways
                    open_ways = []
                    break
                block, comparison = made
                id = self._chained(block, widget, open_ways)
                holds, holds_not = ("yes", "no") if comparison.yes else ("no", "yes")
                failing.append((id, holds_not))
                open_ways = [(id, holds)]
            for way in open_ways:
                self._making.lead(way, transition.next)
            open_ways = failing
        for way in open_ways:
            self._making.lead(way, widget.next("noMatch"))
        self._making.pass_on(widget.name, widget.next("noMatch"))

    def _compared(
        self, text: str, widget: Widget, ways: list[tuple[str, str]], notes: list[Words]
    ) -> str:
        """The field that is compared; of anything else, a field is made before."""
        field = self._texts.field_of(text)
        if field is not None:
            self._texts.ours(text, notes)
            return field
        field = self._making.field(f"split_{widget.name}", f"Split {widget.name}")
        block = SetField(field=field, value=self._texts.ours(text, notes))
        id = self._chained(block, widget, ways)
        ways[:] = [(id, NEXT.id)]
        return field

    def _chained(self, block: Block, widget: Widget, ways: list[tuple[str, str]]) -> str:
        id = self._making.add(block, widget.name)
        self._making.enter(widget.name, id)
        for way in ways:
            self._making.connect(way, id)
        return id
