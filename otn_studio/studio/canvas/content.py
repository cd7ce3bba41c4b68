"""What a block shows, as plain values made from its declaration; painting knows nothing else."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Any, NamedTuple, get_origin

from otn_studio.blocks.block import Block, Group, Option, Part, Role
from otn_studio.blocks.element import Element, Tappable
from otn_studio.studio.panel.names import catalogued, readable
from otn_studio.studio.words import _, shown

_LIQUID = re.compile(r"\{\{-?\s*(.*?)\s*-?\}\}|\{%-?\s*(.*?)\s*-?%\}", re.DOTALL)
_FIELD = re.compile(r"contact\.(\w+)")
_LONGEST_CHIP = 24


class Run(NamedTuple):
    """A piece of text. ``chip``: something that is filled in for each person."""

    text: str
    chip: bool = False


class Says(NamedTuple):
    """A text. ``path`` is the part of the block that it comes from; so it is below."""

    runs: tuple[Run, ...]
    path: str = ""


class Card(NamedTuple):
    """A request for permission, as the person will see it, with its topic."""

    title: tuple[Run, ...]
    topic: str
    button: str
    path: str


class Thing(NamedTuple):
    """Something that is no text: a picture, a link, by its icon and a few words."""

    icon: str
    words: str
    path: str


class Topic(NamedTuple):
    """The topic that a block is about."""

    name: str


class Way(NamedTuple):
    """A way out. ``group`` is the group whose colour it wears; none for a plain one."""

    port: str
    label: str
    role: Role
    group: Group | None = None


Piece = Says | Card | Thing | Topic


class Content(NamedTuple):
    """All that can be seen of a block, from top to bottom."""

    title: str
    icon: str
    group: Group
    pieces: tuple[Piece, ...]
    ways: tuple[Way, ...]
    has_way_in: bool


@dataclass(frozen=True)
class Names:
    """Topics by id and fields by key, as people call them."""

    topics: Mapping[str, str]
    fields: Mapping[str, str]


def content_of(block: Block, connected: Collection[str], names: Names) -> Content:
    """What the block shows. Ways out for trouble are shown only where they are connected."""
    inner = tuple(_inner(block, ""))
    elements = [(path, part) for path, part in inner if isinstance(part, Element)]
    wears = next((e.kind for _p, e in elements if e.kind.group is Group.PERMISSION), block.kind)
    title, rest = _heading(block, bool(elements))
    pieces: list[Piece] = [*_topics(block, names), *rest]
    for path, part in inner:
        if isinstance(part, Element):
            pieces += _pieces(part, path, names)
        else:
            pieces.append(_test(part, path, names))
    return Content(
        title=title,
        icon=wears.icon,
        group=wears.group,
        pieces=tuple(pieces),
        ways=tuple(_ways(block, connected, elements)),
        has_way_in=block.kind.group is not Group.START,
    )


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


def _heading(block: Block, has_elements: bool) -> tuple[str, tuple[Piece, ...]]:
    """The title, and what the summary adds to it."""
    kind = catalogued(block.kind.title)
    if has_elements or type(block).summary is Block.summary:
        return block.title or kind, ()
    words = block.summary()
    if words.plural and words.n == 0:
        return block.title or kind, ()
    summary = shown(words)
    if block.title:
        return block.title, () if summary == block.title else (Says((Run(summary),)),)
    if summary.startswith(f"{kind} ") and len(summary) > _ONE_LINE:
        return kind, (Says((Run(summary[len(kind) + 1 :]),)),)
    return (summary, ()) if len(summary) <= _ONE_LINE else (kind, (Says((Run(summary),)),))


_ONE_LINE = 25
"""Summaries of so many letters fit beside the icon."""


def _pieces(element: Element, path: str, names: Names) -> Iterator[Piece]:
    texts = [
        (option, value)
        for name, option in _options(type(element)).items()
        if isinstance(value := getattr(element, name), str) and not option.refers_to
    ]
    liquid = next((value for option, value in texts if option.liquid), None)
    if element.kind.group is Group.PERMISSION:
        topic = next(iter(_topics(element, names)), Topic(_("No topic yet")))
        title = runs_of(liquid or "", names.fields) or (Run(_("Nothing written yet")),)
        yield Card(title, topic.name, _("Notify me"), path)
    elif liquid is not None:
        yield Says(runs_of(liquid, names.fields) or (Run(_("Nothing written yet")),), path)
    else:
        value = next((value for _option, value in texts if value), "")
        words = value.rstrip("/").rpartition("/")[2] or catalogued(element.kind.title)
        yield Thing(element.kind.icon, words, path)
    yield from _links(element, path)


def _links(element: Element, path: str) -> Iterator[Piece]:
    """What can be tapped without a way out: it leads out of the conversation."""
    tappable = [part for _path, part in _inner(element, path) if isinstance(part, Tappable)]
    if tappable:
        ports = {port.id for port in element.ports()}
        for part in tappable:
            if element.port_id(part.id) not in ports:
                yield Thing("link", getattr(part, "title", "") or "…", path)


def _topics(part: Part, names: Names) -> Iterator[Topic]:
    for name, option in _options(type(part)).items():
        if option.refers_to == "topic" and (id := getattr(part, name)):
            yield Topic(names.topics.get(id) or _("A topic that is gone"))


def _test(part: Part, path: str, names: Names) -> Piece:
    """A part that is no element, such as a test of a condition, by its values."""
    options = _options(type(part))
    words = [_value(option, getattr(part, name), names) for name, option in options.items()]
    first = next(iter(options.values()), None)
    if first is not None and not first.refers_to:
        words.insert(0, catalogued(first.label))
    return Says((Run(" ".join(word for word in words if word)),), path)


def _value(option: Option, value: Any, names: Names) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Enum):
        return readable(value.value).lower()
    if not isinstance(value, str) or not value:
        return ""
    if option.refers_to == "field":
        return names.fields.get(value) or value.replace("_", " ")
    return f"“{value}”"


def _ways(
    block: Block, connected: Collection[str], elements: list[tuple[str, Element]]
) -> Iterator[Way]:
    asking = {
        port.id
        for _path, element in elements
        if element.kind.group is Group.PERMISSION
        for port in element.ports()
    }
    for port in block.ports():
        if port.role is Role.RESCUE and port.id not in connected:
            continue
        label = shown(port.words) if port.words.values else _fixed(port.words.text)
        if "{" in label:
            label = "".join(run.text for run in runs_of(label, {}))
        group = Group.PERMISSION if port.id in asking else None
        yield _way(port.id, label or "…", port.role, group)


@lru_cache(maxsize=2_000)
def _way(port: str, label: str, role: Role, group: Group | None) -> Way:
    """Most blocks have ways out that others have, too."""
    return Way(port, label, role, group)


@lru_cache(maxsize=200)
def _fixed(words: str) -> str:
    return _(words)


def _inner(part: Part, path: str) -> Iterator[tuple[str, Part]]:
    """The parts right within a part, each with the way to it."""
    for name, written in _lists(type(part)):
        for index, inner in enumerate(getattr(part, name)):
            if isinstance(inner, Part):
                yield f"{path}.{written}.{index}" if path else f"{written}.{index}", inner


@lru_cache(maxsize=200)
def _lists(part: type[Part]) -> tuple[tuple[str, str], ...]:
    """The fields that hold several values, with their names in the file."""
    return tuple(
        (name, info.alias or name)
        for name, info in part.model_fields.items()
        if get_origin(info.annotation) is tuple
    )


@lru_cache(maxsize=200)
def _options(part: type[Part]) -> Mapping[str, Option]:
    return part.options()
