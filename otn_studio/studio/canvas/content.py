"""What a block shows, as plain values made from its declaration; painting knows nothing else."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import time
from enum import Enum
from functools import lru_cache
from typing import Any, NamedTuple, get_origin

from otn_studio.blocks.block import Block, Group, Option, Part
from otn_studio.blocks.duration import Duration
from otn_studio.blocks.element import Element, Tappable
from otn_studio.studio.canvas.runs import Run, runs_of
from otn_studio.studio.canvas.ways import Way, ways_of
from otn_studio.studio.panel.fields import named_summary
from otn_studio.studio.panel.names import catalogued, value_name
from otn_studio.studio.phone.bubbles import WORDINGS
from otn_studio.studio.words import _, shown


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
    """Topics and flows by id, and fields by key, as people call them; of the blocks those that
    others jump to.
    """

    topics: Mapping[str, str]
    fields: Mapping[str, str]
    flows: Mapping[str, str] = field(default_factory=dict)
    blocks: Mapping[str, str] = field(default_factory=dict)


def folded_of(block: Block, names: Names) -> Content:
    """What the block shows while it is collapsed: its head, where all its ways leave."""
    elements = [part for _path, part in _inner(block, "") if isinstance(part, Element)]
    title, _rest = _heading(block, bool(elements), names)
    return _headed(block, elements, title)


def content_of(block: Block, connected: Mapping[str, str], names: Names) -> Content:
    """What the block shows. Ways out for trouble are shown only where they are connected."""
    inner = tuple(_inner(block, ""))
    elements = [part for _path, part in inner if isinstance(part, Element)]
    title, rest = _heading(block, bool(elements), names)
    pieces: list[Piece] = [*_topics(block, names), *_flows(block, names), *rest]
    if block.kind.jumps:
        to = next(iter(connected.values()), "")
        pieces.append(Thing(block.kind.icon, names.blocks.get(to) or _("No block yet"), ""))
    for path, part in inner:
        if isinstance(part, Element):
            pieces += _pieces(part, path, names)
        else:
            pieces.append(_test(part, path, names))
    ways = tuple(ways_of(block, connected, elements))
    return _headed(block, elements, title, tuple(pieces), ways)


def _headed(
    block: Block,
    elements: Sequence[Element],
    title: str,
    pieces: tuple[Piece, ...] = (),
    ways: tuple[Way, ...] = (),
) -> Content:
    """A message that asks for permission wears what its request does."""
    asks = (part.kind for part in elements if part.kind.group is Group.PERMISSION)
    wears = next(asks, block.kind)
    has_way_in = block.kind.group is not Group.START
    return Content(title, wears.icon, wears.group, pieces, ways, has_way_in)


def _heading(block: Block, has_elements: bool, names: Names) -> tuple[str, tuple[Piece, ...]]:
    """The title, and what the summary adds to it."""
    kind = catalogued(block.kind.title)
    if has_elements or type(block).summary is Block.summary:
        return block.title or kind, ()
    words = named_summary(block, names.fields)
    summary = shown(words)
    if summary == kind:
        return block.title or kind, ()
    if block.title:
        return block.title, () if summary == block.title else (Says((Run(summary),)),)
    if summary.startswith(f"{kind} ") and len(summary) > _ONE_LINE:
        return kind, (Says((Run(summary[len(kind) + 1 :]),)),)
    if len(summary) <= _ONE_LINE:
        return summary, ()
    return kind, (Says((Run(summary),)),) if words.values else ()


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
        yield Card(title, topic.name, _button(element), path)
    elif liquid is not None:
        yield Says(runs_of(liquid, names.fields) or (Run(_("Nothing written yet")),), path)
    else:
        value = next((value for _option, value in texts if value), "")
        words = value.rstrip("/").rpartition("/")[2] or _in_words(element, path, names)
        yield Thing(element.kind.icon, words, path)
    yield from _links(element, path)


def _in_words(element: Element, path: str, names: Names) -> str:
    """What an element says of itself, and the first words of the parts within it."""
    within = [
        "".join(run.text for run in runs_of(value, names.fields))
        for _path, part in _inner(element, path)
        for name, option in list(_options(type(part)).items())[:1]
        if option.liquid and (value := getattr(part, name))
    ]
    return ": ".join(words for words in (shown(element.summary()), ", ".join(within)) if words)


def _button(element: Element) -> str:
    """What Messenger writes on the button of a request."""
    wording = WORDINGS.get(getattr(element, "button", ""))
    return shown(wording) if wording else _("Notify Me")


def _links(element: Element, path: str) -> Iterator[Piece]:
    """What can be tapped without a way out: it leads out of the conversation."""
    for part in dict(element.parts()).values():
        if isinstance(part, Tappable) and part.leaves:
            yield Thing(part.leaves, getattr(part, "title", "") or _chosen(part), path)


def _chosen(part: Part) -> str:
    """What was chosen for a part that has no words of its own."""
    values = ((option, getattr(part, name)) for name, option in _options(type(part)).items())
    chosen = (value_name(option, value) for option, value in values if isinstance(value, Enum))
    return next(chosen, "…")


def _topics(part: Part, names: Names) -> Iterator[Topic]:
    for name, option in _options(type(part)).items():
        if option.refers_to == "topic" and (id := getattr(part, name)):
            yield Topic(names.topics.get(id) or _("A topic that is gone"))


def _flows(part: Part, names: Names) -> Iterator[Thing]:
    for name, option in _options(type(part)).items():
        if option.refers_to in ("flow", "sequence") and (id := getattr(part, name)):
            yield Thing("workflow", names.flows.get(id) or _("A flow that is gone"), "")


def _test(part: Part, path: str, names: Names) -> Piece:
    """A part that is no element, such as a test of a condition, by its values. A text with an
    explanation is for whoever fills it in.
    """
    options = _options(type(part))
    words = []
    for index, (name, option) in enumerate(options.items()):
        value = getattr(part, name)
        if not part.has_use_for(option) or (type(value) is str and option.help):
            continue
        said = _value(option, value, names)
        if index == 0 and not option.refers_to:
            said = f"{catalogued(option.label)} {said}"
        elif said and isinstance(value, time | tuple):
            said = f"{catalogued(option.label).lower()} {said}"
        words.append(said.strip())
    return Says((Run(" ".join(word for word in words if word)),), path)


def _value(option: Option, value: Any, names: Names) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Enum):
        return value_name(option, value).lower()
    if isinstance(value, tuple):
        return ", ".join(value_name(option, entry) for entry in value if isinstance(entry, Enum))
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, Duration):
        return shown(value.words)
    if isinstance(value, int):
        return str(value)
    if not isinstance(value, str) or not value:
        return ""
    if option.refers_to == "topic":
        return names.topics.get(value) or _("A topic that is gone")
    if option.refers_to.endswith("field"):
        return names.fields.get(value) or value.replace("_", " ")
    return _("“{text}”", text=value)


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
