"""Reading a flow: everything that can't be read is refused in one sentence, and nothing is guessed."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final, TypeVar

from otn_studio.blocks.block import Block
from otn_studio.blocks.field import Field, FieldType
from otn_studio.blocks.languages import LANGUAGE_PATTERN
from otn_studio.flow import places
from otn_studio.flow.document import CHANNELS, ID_PATTERN, Flow, Topic
from otn_studio.flow.json_text import Unreadable, content, parsed, refuse_large, shortened
from otn_studio.flow.upgrading import upgraded
from otn_studio.flow.writing import FORMAT, VERSION
from otn_studio.policy.calendar import Frequency

FREQUENCIES: Final = tuple(Frequency)
FIELD_TYPES: Final = tuple(FieldType)
T = TypeVar("T")
_ID = re.compile(ID_PATTERN)
_FIELD_KEYS = frozenset(("name", "type", "of_page"))
_LANGUAGE = re.compile(LANGUAGE_PATTERN)
_KEYS = frozenset(
    (
        *("format", "version", "id", "name", "channel", "language"),
        *("topics", "fields", "blocks", "connections", "translations"),
        *("layout", "frames", "collapsed"),
    )
)


def load(path: Path) -> Flow:
    """Read a flow file.

    Raises:
        Unreadable: the file is missing, too large, or not a flow that this version knows.
    """
    try:
        text = content(path).decode("utf-8")
    except UnicodeDecodeError as error:
        raise Unreadable("The file is not a text in UTF-8, so it is not a flow.") from error
    return from_text(text)


def from_text(text: str) -> Flow:
    """Read a flow from its text.

    Raises:
        Unreadable: as for `load`.
    """
    refuse_large(len(text))
    try:
        return from_data(parsed(text))
    except RecursionError as error:
        raise Unreadable("The file is nested too deeply to be a flow.") from error


def from_data(data: Any) -> Flow:
    """Read a flow from plain JSON values.

    Raises:
        Unreadable: as for `load`.
    """
    data = upgraded(_heading(data))
    for unknown in sorted(data.keys() - _KEYS):
        raise Unreadable("“{part}” is not a part of a flow; remove it.", part=unknown)
    flow = Flow(
        id=_id(data.get("id"), "flow"),
        name=_text(data.get("name"), "name"),
        channel=_channel(data.get("channel")),
        language=_language(data.get("language", "")),
        topics=_each(data, "topics", _topic),
        fields=_each(data, "fields", _field),
        blocks=_each(data, "blocks", _block),
        connections={
            id: ports for id, ports in _each(data, "connections", _ports).items() if ports
        },
        layout=_each(data, "layout", places.position),
        translations=_translations(data.get("translations", {})),
        frames=_each(data, "frames", places.frame),
        collapsed=places.collapsed(data.get("collapsed", [])),
    )
    _refuse_dangling(flow)
    return flow


def _heading(data: Any) -> dict[str, Any]:
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise Unreadable("The file is not a flow: its “format” is not “{format}”.", format=FORMAT)
    version = data.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise Unreadable("The file does not say which version of the format it is in.")
    if version > VERSION:
        raise Unreadable(
            "The flow was made by a newer OTN Studio (format {version}; this one reads up to"
            " {newest}). Update OTN Studio to open it.",
            version=version,
            newest=VERSION,
        )
    return data


def _each(data: Mapping[str, Any], part: str, read: Callable[[Any, str], T]) -> dict[str, T]:
    entries = data.get(part, {})
    if not isinstance(entries, dict):
        raise Unreadable("“{part}” is not written as {{ … }}.", part=part)
    return {_id(id, part): read(entry, id) for id, entry in entries.items()}


def _id(value: Any, where: str) -> str:
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise Unreadable(
            "“{where}” has no usable id: {value}. An id has 1 to 60 small letters, digits, - and _.",
            where=where,
            value=shortened(value),
        )
    return value


def _text(value: Any, where: str) -> str:
    if not isinstance(value, str):
        raise Unreadable("“{where}” is missing, or not a text.", where=where)
    return value


def _channel(value: Any) -> str:
    if value not in CHANNELS:
        raise Unreadable(
            "The flow is for the channel {value}; it has to be one of: {channels}.",
            value=shortened(value),
            channels=", ".join(CHANNELS),
        )
    return value


def _language(value: Any) -> str:
    if not isinstance(value, str) or (value and not _LANGUAGE.fullmatch(value)):
        raise Unreadable(
            "{value} is not a language. Write it like de or pt_BR.", value=shortened(value)
        )
    return value


def _translations(data: Any) -> dict[str, dict[str, dict[str, str]]]:
    if not isinstance(data, dict) or "" in data:
        raise Unreadable("“{part}” is not written as {{ … }}.", part="translations")
    return {
        _language(language): _each({"translations": blocks}, "translations", _texts)
        for language, blocks in data.items()
    }


def _texts(entry: Any, id: str) -> dict[str, str]:
    if not isinstance(entry, dict) or not all(isinstance(text, str) for text in entry.values()):
        raise Unreadable("The translations of “{id}” are not written as {{place: text}}.", id=id)
    return entry


def _topic(entry: Any, id: str) -> Topic:
    where = f"topics.{id}"
    if not isinstance(entry, dict) or entry.keys() <= {"name"}:
        return Topic(_named(entry, where))
    if entry.keys() != {"name", "frequency", "asks_again"} or entry["frequency"] not in FREQUENCIES:
        raise Unreadable(
            "“{where}” has to have a name, a frequency ({frequencies}) and asks_again, and nothing"
            " else.",
            where=where,
            frequencies=", ".join(FREQUENCIES),
        )
    if not isinstance(entry["asks_again"], bool):
        raise Unreadable("“{where}” has to be true or false.", where=f"{where}.asks_again")
    name = _text(entry["name"], f"{where}.name")
    return Topic(name, Frequency(entry["frequency"]), entry["asks_again"])


def _field(entry: Any, id: str) -> Field:
    where = f"fields.{id}"
    if not isinstance(entry, dict) or not {"name"} <= entry.keys() <= _FIELD_KEYS:
        raise Unreadable(
            "“{where}” has to have a name, and besides only a type and of_page.", where=where
        )
    type, of_page = entry.get("type", FieldType.TEXT), entry.get("of_page", False)
    if type not in FIELD_TYPES:
        raise Unreadable(
            "“{where}” has to be one of: {types}.",
            where=f"{where}.type",
            types=", ".join(FIELD_TYPES),
        )
    if not isinstance(of_page, bool):
        raise Unreadable("“{where}” has to be true or false.", where=f"{where}.of_page")
    return Field(_text(entry["name"], f"{where}.name"), FieldType(type), of_page)


def _named(entry: Any, where: str) -> str:
    if not isinstance(entry, dict) or entry.keys() != {"name"}:
        raise Unreadable("“{where}” has to have a name, and nothing else.", where=where)
    return _text(entry["name"], f"{where}.name")


def _block(entry: Any, id: str) -> Block:
    try:
        return Block.read(entry)
    except ValueError as error:
        raise Unreadable(
            "The block “{id}” can’t be read: {problem}.", id=id, problem=str(error)
        ) from error


def _ports(entry: Any, id: str) -> dict[str, str]:
    if not isinstance(entry, dict) or not all(isinstance(to, str) for to in entry.values()):
        raise Unreadable("The connections of “{id}” are not written as {{way out: block}}.", id=id)
    return entry


def _refuse_dangling(flow: Flow) -> None:
    ways_out = {id: {port.id for port in block.ports()} for id, block in flow.blocks.items()}
    for connection in flow.all_connections():
        for end in (connection.block, connection.to):
            if end not in flow.blocks:
                raise Unreadable(
                    "A connection from “{block}” to “{to}” hangs in the air: there is no block"
                    " “{end}”.",
                    block=connection.block,
                    to=connection.to,
                    end=end,
                )
        if connection.port not in ways_out[connection.block]:
            raise Unreadable(
                "A connection from “{block}” hangs in the air: that block has no way out “{port}”.",
                block=connection.block,
                port=connection.port,
            )
    for id in (id for blocks in flow.translations.values() for id in blocks):
        if id not in flow.blocks:
            raise Unreadable("There are translations of “{id}”, but there is no such block.", id=id)
    for id in (*flow.layout, *sorted(flow.collapsed)):
        if id not in flow.blocks:
            raise Unreadable(
                "The layout has a place for “{id}”, but there is no such block.", id=id
            )
