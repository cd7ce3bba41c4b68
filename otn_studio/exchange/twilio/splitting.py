"""Splits of Twilio Studio: one condition after the other, or the words that begin a flow."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from otn_studio.blocks.comparing import Operator
from otn_studio.blocks.logic.condition import Condition, FieldTest
from otn_studio.blocks.start.keyword import Keyword
from otn_studio.blocks.words import Words
from otn_studio.exchange.making import as_list, as_text
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
}
KEYWORDS: Final[Mapping[str, str]] = {
    "equal_to": "is",
    "matches_any_of": "is",
    "starts_with": "starts_with",
    "contains": "contains",
}
WORDS_ONLY = Words("It is found here as whole words only, not within others.")


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
    if comparison.operator in (Operator.STARTS_WITH,):
        notes.append(WORDS_ONLY)
    tests = [FieldTest(field=field, operator=comparison.operator, value=one) for one in values]
    return Condition(match="any" if len(tests) > 1 else "all", tests=tests), comparison
