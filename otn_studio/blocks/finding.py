"""What the checks have to say, as values."""

import dataclasses
from dataclasses import dataclass
from enum import StrEnum

from otn_studio.blocks.story import Story
from otn_studio.blocks.words import Words


class Severity(StrEnum):
    ERROR = "error"
    """Publishing stops."""
    WARNING = "warning"
    """Publishing asks."""
    UNSURE = "unsure"
    """Neither shown to be safe nor shown to go wrong."""


@dataclass(frozen=True)
class Finding:
    """One problem: what it is, how bad, and where.

    ``block`` is a block's id, empty where the whole flow is meant; ``field`` is the way to the field
    within the block that causes it, such as ``elements.0.title``. ``story`` is one person's way into
    the problem, where there is one. ``language`` is the one whose texts have it, if not the flow's own.
    """

    code: str
    severity: Severity
    words: Words
    block: str = ""
    field: str = ""
    story: Story | None = dataclasses.field(default=None, hash=False)
    language: str = ""


def error(code: str, words: Words, field: str = "") -> Finding:
    return Finding(code, Severity.ERROR, words, field=field)


def warning(code: str, words: Words, field: str = "") -> Finding:
    return Finding(code, Severity.WARNING, words, field=field)
