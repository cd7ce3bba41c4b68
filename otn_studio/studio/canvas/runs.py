"""Texts with what is filled in for each person set apart."""

import re
from collections.abc import Mapping
from typing import NamedTuple

_LIQUID = re.compile(r"\{\{-?\s*(.*?)\s*-?\}\}|\{%-?\s*(.*?)\s*-?%\}", re.DOTALL)
_FIELD = re.compile(r"contact\.(\w+)")
_LONGEST_CHIP = 24


class Run(NamedTuple):
    """A piece of text. ``chip``: something that is filled in for each person."""

    text: str
    chip: bool = False


def runs_of(text: str, fields: Mapping[str, str]) -> tuple[Run, ...]:
    """A text with what is filled in as chips.

    >>> runs_of("Hi {{ contact.first_name }}!", {})
    (Run(text='Hi ', chip=False), Run(text='first name', chip=True), Run(text='!', chip=False))
    """
    if "{" not in text:
        return (Run(text),) if text.strip() else ()
    found, at = [], 0
    for match in _LIQUID.finditer(text):
        if match.start() > at:
            found.append(Run(text[at : match.start()]))
        if match[1]:
            found.append(Run(_chip(match[1], fields), True))
        at = match.end()
    if text[at:]:
        found.append(Run(text[at:]))
    return tuple(run for run in found if run.chip or run.text)


def _chip(expression: str, fields: Mapping[str, str]) -> str:
    field = _FIELD.match(expression)
    if field:
        return fields.get(field[1]) or field[1].replace("_", " ")
    return expression[:_LONGEST_CHIP]
