"""What can be written next in the braces of a text: fields by their names, and filters for them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from otn_studio.blocks.liquid import FILTERS
from otn_studio.blocks.words import Words
from otn_studio.flow.document import Flow
from otn_studio.studio.panel.fields import fields_of, mention
from otn_studio.studio.panel.names import compared, spelled
from otn_studio.studio.words import shown

TAKES: Final[Mapping[str, str]] = {
    "append": '"…"',
    "at_least": "1",
    "at_most": "1",
    "date": '"%d.%m.%Y"',
    "days_since": "today",
    "default": '"…"',
    "divided_by": "2",
    "minus": "1",
    "modulo": "2",
    "plus": "1",
    "plus_days": "1",
    "plus_hours": "1",
    "plus_minutes": "1",
    "plus_months": "1",
    "plus_weeks": "1",
    "plus_years": "1",
    "prepend": '"…"',
    "remove": '"…"',
    "replace": '"…", "…"',
    "times": "2",
    "truncate": "20",
}
"""What a filter is given, as an example to write over."""

USES: Final[Mapping[str, Words]] = {
    "capitalize": Words("first letter large"),
    "date": Words("a date as you like it"),
    "days_since": Words("days from another date"),
    "default": Words("where it is empty"),
    "downcase": Words("small letters"),
    "minus": Words("subtract"),
    "plus": Words("add"),
    "plus_days": Words("so many days later"),
    "plus_hours": Words("so many hours later"),
    "plus_months": Words("so many months later"),
    "round": Words("a whole number"),
    "times": Words("multiply"),
    "truncate": Words("at most so long"),
    "upcase": Words("large letters"),
}
"""What the usual filters are good for; they are offered first."""

_OPEN = re.compile(r"\{\{-?((?:(?!\}\}|\{\{).)*)\Z", re.S)
_FILTER = re.compile(r"\|\s*(\w*)\Z")
_VALUE = re.compile(r"\A\s*([\w.]*)\Z")


@dataclass(frozen=True, slots=True)
class Completion:
    """``text`` takes the place of the last ``over`` letters."""

    label: str
    note: str
    text: str
    over: int


def completions(flow: Flow, before: str, secrets: Iterable[str] = ()) -> list[Completion]:
    """What fits after the text before the cursor; nothing outside of braces.

    >>> [fit.text for fit in completions(Flow("shop", "Shop"), "Hi {{ first")]
    ['contact.first_name', 'contact.first_seen']
    >>> completions(Flow("shop", "Shop"), "Hi {{ contact.first_name }} first")
    []
    """
    inside = _OPEN.search(before)
    if inside is None:
        return []
    if (typed := _FILTER.search(inside[1])) is not None:
        return list(_filters(typed[1]))
    typed = _VALUE.search(inside[1])
    return [] if typed is None else list(_values(flow, typed[1], secrets))


def _values(flow: Flow, typed: str, secrets: Iterable[str]) -> Iterator[Completion]:
    known = {mention(flow, key)[3:-3]: name for key, name in fields_of(flow).items()}
    known |= {"now": shown(Words("Date and time now")), "today": shown(Words("Date of today"))}
    known |= {f"secret.{name}": name for name in secrets}
    for text, name in known.items():
        if compared(typed) in compared(name) or typed.lower() in text:
            yield Completion(name, text, text, len(typed))


def _filters(typed: str) -> Iterator[Completion]:
    for name in sorted(FILTERS, key=lambda name: (name not in USES, name)):
        if name.startswith(typed.lower()):
            use = shown(USES[name]) if name in USES else spelled(name)
            given = f"{name}: {TAKES[name]}" if name in TAKES else name
            yield Completion(name, use, given, len(typed))
