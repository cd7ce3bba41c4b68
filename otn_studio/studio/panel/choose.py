"""Which editor a kind of value gets."""

from datetime import date, time
from enum import Enum
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from otn_studio.blocks.block import Declared, Part
from otn_studio.blocks.duration import Duration
from otn_studio.studio.panel.editor import Editor
from otn_studio.studio.panel.editors.check import Check
from otn_studio.studio.panel.editors.choice import Choice
from otn_studio.studio.panel.editors.day import Day
from otn_studio.studio.panel.editors.decimal_number import DecimalNumber
from otn_studio.studio.panel.editors.duration import DurationEditor
from otn_studio.studio.panel.editors.field import FIELDS, FieldEditor
from otn_studio.studio.panel.editors.flow import ENTRIES, FlowEditor
from otn_studio.studio.panel.editors.growing_text import GrowingTextEditor
from otn_studio.studio.panel.editors.number import Number
from otn_studio.studio.panel.editors.parts import PartsEditor
from otn_studio.studio.panel.editors.send_as import SendAs
from otn_studio.studio.panel.editors.several import Several
from otn_studio.studio.panel.editors.short_text import ShortText
from otn_studio.studio.panel.editors.source import Source
from otn_studio.studio.panel.editors.stack import Stack
from otn_studio.studio.panel.editors.texts import Texts
from otn_studio.studio.panel.editors.time_of_day import TimeEditor
from otn_studio.studio.panel.editors.topic import TopicEditor
from otn_studio.studio.panel.editors.web_picture import WebPicture
from otn_studio.studio.panel.place import Place


def editor_for(name: str, place: Place) -> Editor:
    """The editor of an option, by its declaration alone.

    ``by_topic`` is the name of the option that says by whose leave a block sends, ``picture`` of those
    for an address on the web.

    Raises:
        TypeError: there is none for this kind of value yet.
    """
    if place.option.refers_to == "topic":
        return SendAs(place) if name == "by_topic" else TopicEditor(place)
    if place.option.refers_to in FIELDS:
        return FieldEditor(place)
    if place.option.refers_to in ENTRIES:
        return FlowEditor(place)
    if place.option.takes_files:
        return Source(place)
    if name == "picture":
        return WebPicture(place)
    annotation = bare(place.info.annotation)
    if get_origin(annotation) is tuple:
        return _for_several(place, get_args(annotation)[0])
    if get_origin(annotation) is Literal or _is_a(annotation, Enum):
        return Choice(place)
    if _is_a(annotation, str):
        return GrowingTextEditor(place) if place.option.liquid else ShortText(place)
    for type, editor in _OF_VALUES.items():
        if _is_a(annotation, type):
            return editor(place)
    raise TypeError(f"no editor for “{name}”: {annotation}")


_OF_VALUES = {
    bool: Check,
    int: Number,
    float: DecimalNumber,
    date: Day,
    time: TimeEditor,
    Duration: DurationEditor,
}
"""In this order: a yes or no is a whole number too."""


def _for_several(place: Place, entry: Any) -> Editor:
    kinds = part_types(entry)
    if _is_a(entry, Enum):
        return Several(place, entry)
    if not kinds:
        return Texts(place)
    if all(issubclass(kind, Declared) for kind in kinds):
        return Stack(place, kinds[0])
    return PartsEditor(place, kinds)


def part_types(entry: Any) -> tuple[type[Part], ...]:
    """The parts that one entry of a list may be; none where it is no part.

    >>> from otn_studio.blocks.logic.condition import Test
    >>> [kind.__name__ for kind in part_types(Test)], part_types(str)
    (['FieldTest', 'TagTest', 'TopicTest', 'WindowTest', 'TimeTest', 'LastAnswerTest'], ())
    """
    entry = bare(entry)
    options = get_args(entry) if get_origin(entry) in (Union, UnionType) else (entry,)
    return tuple(option for option in map(bare, options) if _is_a(option, Part))


def bare(annotation: Any) -> Any:
    """An annotation without its notes."""
    return get_args(annotation)[0] if get_origin(annotation) is Annotated else annotation


def _is_a(annotation: Any, type_: type) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, type_)
