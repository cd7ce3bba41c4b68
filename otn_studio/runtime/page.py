"""The Page that an engine serves, with what it goes by."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from otn_studio.blocks.words import Words
from otn_studio.policy.profiles import Rules
from otn_studio.runtime.stop_words import STOP_WORDS


@dataclass(frozen=True, slots=True)
class Page:
    """One Page. ``stop_words`` are folded; ``shown`` puts what we ourselves say into its language."""

    id: str
    rules: Rules = field(default_factory=Rules)
    stop_words: frozenset[str] = STOP_WORDS
    shown: Callable[[Words], str] = str


def in_plain_values(rules: Rules) -> dict[str, Any]:
    """Of the rules, what says when a lasting permission may be used."""
    return {
        "profile": rules.profile.name,
        "zone": rules.zone.key,
        "recurring": rules.allow_recurring,
    }
