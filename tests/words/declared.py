"""What the declarations of blocks and elements say: titles, labels, choices, help."""

import inspect
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from otn_studio.blocks.block import Block, Declared, Part
from otn_studio.blocks.duration import UNITS, Duration
from otn_studio.blocks.element import Element
from otn_studio.studio.canvas import offers
from otn_studio.studio.panel.choose import bare, part_types
from otn_studio.studio.panel.names import spelled, title_of
from tests.words.calls import ROOT, Said


def declared() -> list[type[Declared]]:
    """Every type of the program itself; tests declare toys."""
    types = (*Block.types.values(), *Element.types.values())
    return [made for made in types if made.__module__.startswith("otn_studio.")]


def said_in_declarations() -> Iterator[Said]:
    for part in (Element, *declared()):
        yield from _of_part(part)
    for words in (Duration(2, unit).words for unit in UNITS):
        yield Said(_file(Duration), words.text, words.plural)
    for title in offers.GROUP_TITLES.values():
        yield Said(_file(offers), title)


def parts_of(part: type[Part]) -> Iterator[type[Part]]:
    """A part and the small ones within it, which have no declaration of their own."""
    yield part
    for info in part.model_fields.values():
        if get_origin(bare(info.annotation)) is tuple:
            for inner in part_types(get_args(bare(info.annotation))[0]):
                if not issubclass(inner, Declared):
                    yield from parts_of(inner)


def choices(annotation: Any) -> list[str]:
    """The values that a person chooses from, as they are in the code."""
    annotation = bare(annotation)
    if inspect.isclass(annotation) and issubclass(annotation, Enum):
        return [entry.value for entry in annotation]
    return list(get_args(annotation)) if get_origin(annotation) is Literal else []


def _of_part(whole: type[Part]) -> Iterator[Said]:
    for part in parts_of(whole):
        for text in (*_names(part), *_of_kind(part), *_of_options(part)):
            yield Said(_file(part), text)


def _names(part: type[Part]) -> Iterator[str]:
    """What can be added to a list is also named within a sentence."""
    yield title_of(part)
    if part is Element or not issubclass(part, Declared):
        yield title_of(part).lower()


def _of_kind(part: type[Part]) -> Iterator[str]:
    if "kind" in part.__dict__:
        yield from (*part.kind.menu, part.help())


def _of_options(part: type[Part]) -> Iterator[str]:
    for name, option in part.options().items():
        yield from (option.label, option.help)
        yield from (
            option.called.get(value) or spelled(value)
            for value in choices(part.model_fields[name].annotation)
        )


def _file(of: Any) -> str:
    return Path(inspect.getfile(of)).relative_to(ROOT).as_posix()
