"""Who is meant: which of a Page's people, said in plain values.

An audience is what a person looks for on the Contacts page, what a segment keeps under a name, and
whom a broadcast goes to. What it finds is up to whoever has the people.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from otn_studio.blocks.words import Problem


class About(StrEnum):
    """What a rule looks at."""

    TAG = "tag"
    FIELD = "field"
    TOPIC = "topic"
    """Whether they hold a permission for it."""
    WINDOW = "window"
    """Whether the Page may answer them now, without a permission."""
    ANSWERED = "answered"
    """When they last did something."""
    SEEN = "seen"
    """When they first came."""
    LANGUAGE = "language"
    REACHABLE = "reachable"
    """Whether Messenger takes messages for them."""


class How(StrEnum):
    """What has to be so."""

    YES = "yes"
    NO = "no"
    IS = "is"
    IS_NOT = "is_not"
    MORE = "more"
    LESS = "less"
    WITHIN = "within"
    """In the last so many days."""
    BEFORE = "before"
    """Longer ago than so many days, or never."""


HOWS: Mapping[About, tuple[How, ...]] = {
    About.TAG: (How.YES, How.NO),
    About.FIELD: (How.IS, How.IS_NOT, How.MORE, How.LESS, How.YES, How.NO),
    About.TOPIC: (How.YES, How.NO),
    About.WINDOW: (How.YES, How.NO),
    About.ANSWERED: (How.WITHIN, How.BEFORE),
    About.SEEN: (How.WITHIN, How.BEFORE),
    About.LANGUAGE: (How.IS, How.IS_NOT),
    About.REACHABLE: (How.YES, How.NO),
}
"""What can be asked of each. Of a field, *yes* is that anything is known."""
LONGEST_DAYS = 36_500
DAYS = (How.WITHIN, How.BEFORE)


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that has to be so. ``key`` is the tag, the field's key or the topic's id; ``value``
    is what it is compared with, or a number of days.
    """

    about: About
    how: How
    key: str = ""
    value: str = ""

    def __post_init__(self) -> None:
        if self.how not in HOWS[self.about] or (self.how in DAYS and not _is_days(self.value)):
            raise Problem("A filter can’t be used: {rule}.", rule=" ".join(self.plain().values()))

    def plain(self) -> dict[str, str]:
        return {name: str(value) for name, value in asdict(self).items()}


@dataclass(frozen=True, slots=True)
class Audience:
    """Everybody for whom all of the rules hold, or, if it is not ``all``, any of them; and who is
    found by the ``words``.
    """

    rules: tuple[Rule, ...] = ()
    all: bool = True
    words: str = ""

    @property
    def is_everybody(self) -> bool:
        return not self.rules and not self.words.strip()

    def plain(self) -> dict[str, Any]:
        """As it is kept.

        >>> Audience((Rule(About.TAG, How.YES, "vip"),)).plain()["rules"]
        [{'about': 'tag', 'how': 'yes', 'key': 'vip', 'value': ''}]
        """
        return {"rules": [r.plain() for r in self.rules], "all": self.all, "words": self.words}

    @classmethod
    def read(cls, plain: Mapping[str, Any]) -> "Audience":
        """What `plain` made.

        Raises:
            Problem: it was made by a newer program.
        """
        try:
            rules = tuple(
                Rule(About(rule["about"]), How(rule["how"]), rule["key"], rule["value"])
                for rule in plain["rules"]
            )
            return cls(rules, plain["all"], plain["words"])
        except (KeyError, ValueError, TypeError) as error:
            raise Problem("A segment has a filter that is not known here.") from error


EVERYBODY = Audience()


def _is_days(value: str) -> bool:
    """
    >>> _is_days("7"), _is_days("-1"), _is_days("²")
    (True, False, False)
    """
    return value.isascii() and value.isdecimal() and 0 < int(value) <= LONGEST_DAYS
