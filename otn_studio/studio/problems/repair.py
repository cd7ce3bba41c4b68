"""What a repair is."""

from dataclasses import dataclass

from otn_studio.blocks.words import Words
from otn_studio.flow.changes import Change


@dataclass(frozen=True)
class Repair:
    """A change and what it is called, on its button as in the history."""

    words: Words
    change: Change
