"""The Page that an engine serves, with what it goes by."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

from otn_studio.blocks.words import Words
from otn_studio.policy import rates
from otn_studio.policy.profiles import Rules
from otn_studio.runtime.conversing.stop_words import STOP_WORDS

KEEP_EVENTS: Final = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Page:
    """One Page. ``stop_words`` are folded; ``shown`` puts what we ourselves say into its language;
    ``quiet_after_colleague`` is how long the bot is quiet after a colleague's answer by hand, and
    ``human_agent`` whether colleagues may answer for 7 days. ``language`` is that of people of whom
    none is known, and ``keep_events`` how long timelines reach back.
    """

    id: str
    rules: Rules = field(default_factory=Rules)
    stop_words: frozenset[str] = STOP_WORDS
    shown: Callable[[Words], str] = str
    quiet_after_colleague: timedelta = timedelta(hours=1)
    calls_a_second: int = rates.CALLS_A_SECOND
    human_agent: bool = False
    language: str = ""
    keep_events: timedelta = KEEP_EVENTS


def in_plain_values(rules: Rules) -> dict[str, Any]:
    """Of the rules, what says when a lasting permission may be used."""
    return {
        "profile": rules.profile.name,
        "zone": rules.zone.key,
        "recurring": rules.allow_recurring,
    }
