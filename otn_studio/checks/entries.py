"""The menu and the questions of the Page, which all of its flows share."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from otn_studio.blocks.block import Start
from otn_studio.blocks.finding import Finding, error
from otn_studio.blocks.start.ice_breaker import IceBreaker
from otn_studio.blocks.start.menu_entry import MenuEntry
from otn_studio.blocks.words import Words
from otn_studio.flow.project import Project
from otn_studio.policy import limits


def findings(project: Project) -> Mapping[str, tuple[Finding, ...]]:
    """By flow id: those that Messenger has no room for, each where it stands."""
    found: dict[str, tuple[Finding, ...]] = defaultdict(tuple)
    for kind, most, sentence in _LIMITS:
        starts = [(flow.id, id) for flow, id, start in project.starts() if isinstance(start, kind)]
        if len(starts) > most:
            words = Words(sentence.text, limit=most, count=len(starts))
            for flow, block in starts:
                found[flow] += (replace(error("too_many_entries", words), block=block),)
    return found


_LIMITS: tuple[tuple[type[Start], int, Words], ...] = (
    (
        MenuEntry,
        limits.MENU_ENTRIES,
        Words(
            "The menu has {limit} entries at most, and all flows together have {count}. Remove some."
        ),
    ),
    (
        IceBreaker,
        limits.ICE_BREAKERS,
        Words(
            "Messenger offers {limit} questions at most, and all flows together have {count}. Remove"
            " some."
        ),
    ),
)
