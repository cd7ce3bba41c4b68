"""Our tests as Twilio Studio asks them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from otn_studio.blocks.comparing import Operator
from otn_studio.blocks.folding import folded
from otn_studio.blocks.logic.condition import TagTest
from otn_studio.blocks.patterns import EMAIL, LINK
from otn_studio.blocks.testing import ConditionTest
from otn_studio.blocks.testing_fields import FieldTest
from otn_studio.blocks.words import Words
from otn_studio.exchange.twilio.states import theirs, variable

COMPARISONS: Final[Mapping[Operator, tuple[str, bool]]] = {
    Operator.IS: ("equal_to", True),
    Operator.IS_NOT: ("not_equal_to", True),
    Operator.CONTAINS: ("contains", True),
    Operator.STARTS_WITH: ("starts_with", True),
    Operator.MORE_THAN: ("greater_than", True),
    Operator.LESS_THAN: ("less_than", True),
    Operator.AT_LEAST: ("less_than", False),
    Operator.AT_MOST: ("greater_than", False),
    Operator.BEFORE: ("is_before_date", True),
    Operator.AFTER: ("is_after_date", True),
    Operator.IS_SET: ("is_not_blank", True),
    Operator.IS_NOT_SET: ("is_blank", True),
    Operator.HAS_WORDS: ("contains", True),
    Operator.HAS_PATTERN: ("regex", True),
    Operator.HAS_EMAIL: ("regex", True),
    Operator.HAS_LINK: ("regex", True),
}
"""How Twilio compares, and whether that has to hold, or must not."""
PATTERNS: Final = {Operator.HAS_EMAIL: EMAIL, Operator.HAS_LINK: LINK}
WORN: Final = "yes"
"""What is kept of a tag that somebody wears."""
NO_TAGS = Words("Twilio has no tags: a variable keeps it until the conversation ends.")
NO_SUCH_TEST = Words("One of its tests is none that Twilio can make; it is left out.")
NOTES: Final[Mapping[Operator, Words]] = {
    Operator.HAS_WORDS: Words("Twilio finds the words within others, too."),
    **dict.fromkeys(
        (Operator.HAS_PATTERN, *PATTERNS),
        Words("See whether Twilio finds the pattern in any part of the text, as it is done here."),
    ),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked at, how it is compared with what, and whether that has to be so."""

    operand: str
    type: str
    value: str
    is_so: bool


def asked(test: ConditionTest, notes: list[Words]) -> Asked | None:
    """A test as Twilio asks it; none where it can't. What is not quite the same goes to ``notes``."""
    match test:
        case TagTest(tag=tag, has=has):
            notes.append(NO_TAGS)
            return Asked(variable(tag_variable(tag)), "equal_to", WORN, has)
        case FieldTest(field=field, operator=operator) if operator in COMPARISONS:
            theirs("{{ contact." + field + " }}", notes)
            notes += [NOTES[operator]] if operator in NOTES else []
            type, is_so = COMPARISONS[operator]
            value = PATTERNS.get(operator) or theirs(test.value, notes)
            return Asked(variable(field), type, value, is_so)
    notes.append(NO_SUCH_TEST)
    return None


def tag_variable(tag: str) -> str:
    """The variable that keeps whether somebody wears a tag.

    >>> tag_variable("Likes blue"), tag_variable("likes BLUE")
    ('tag_likes_blue', 'tag_likes_blue')
    """
    return "tag_" + re.sub(r"\W+", "_", folded(tag))
