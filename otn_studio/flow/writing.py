"""Writing a flow: one JSON file, in an order that depends on nothing but its content."""

import json
import os
import tempfile
from json.encoder import encode_basestring
from pathlib import Path
from typing import Any, Final

from otn_studio.blocks.field import Field, FieldType
from otn_studio.flow.document import Flow, Frame, Position, Topic

FORMAT: Final = "otn-studio/flow"
VERSION: Final = 3


def written(flow: Flow) -> dict[str, Any]:
    """The flow in plain JSON values: heading first, then everything by id, the layout last.

    Frames, and blocks that are collapsed, are written where there are any.
    """
    looks = {
        "frames": {id: _frame(frame) for id, frame in sorted(flow.frames.items())},
        "collapsed": sorted(flow.collapsed),
    }
    return {
        "format": FORMAT,
        "version": VERSION,
        "id": flow.id,
        "name": flow.name,
        "channel": flow.channel,
        "language": flow.language,
        "topics": {id: _topic(topic) for id, topic in sorted(flow.topics.items())},
        "fields": {key: _field(entry) for key, entry in sorted(flow.fields.items())},
        "blocks": {id: block.written() for id, block in sorted(flow.blocks.items())},
        "connections": {
            block: dict(sorted(ports.items()))
            for block, ports in sorted(flow.connections.items())
            if ports
        },
        "translations": {
            language: {id: dict(sorted(texts.items())) for id, texts in sorted(blocks.items())}
            for language, blocks in sorted(flow.translations.items())
        },
        "layout": {id: _point(position) for id, position in sorted(flow.layout.items())},
        **{part: entries for part, entries in looks.items() if entries},
    }


_encode: Final = json.JSONEncoder(allow_nan=False).encode


def to_text(flow: Flow) -> str:
    """The file's text."""
    return indented(written(flow)) + "\n"


def indented(value: Any, margin: str = "\n") -> str:
    """JSON as ``json.dumps`` writes it with ``indent=2``, in half of the time.

    >>> indented({"a": ["é", 1.5, None], "b": {}}) == json.dumps(
    ...     {"a": ["é", 1.5, None], "b": {}}, ensure_ascii=False, indent=2
    ... )
    True
    """
    inner = margin + "  "
    if isinstance(value, str):
        return encode_basestring(value)
    if isinstance(value, dict) and value:
        entries = [f"{encode_basestring(key)}: {indented(of, inner)}" for key, of in value.items()]
        return f"{{{inner}{f',{inner}'.join(entries)}{margin}}}"
    if isinstance(value, list) and value:
        return f"[{inner}{f',{inner}'.join([indented(of, inner) for of in value])}{margin}]"
    return str(value) if type(value) is int else _encode(value)


def save(flow: Flow, path: Path) -> None:
    """Write the flow's file.

    Raises:
        OSError: the folder is missing, full or read-only; the old file is as it was.
    """
    replace(path, to_text(flow))


def replace(path: Path, content: str | bytes) -> None:
    """Replace a file at once: a reader, or a crash, finds the old content or the new, never a part.

    A link to it stays one: what it leads to is replaced.

    Raises:
        OSError: the folder is missing, full or read-only; the old file is as it was.
    """
    path = Path(os.path.realpath(path))
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, _mode(path))
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def _mode(path: Path) -> int:
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _topic(topic: Topic) -> dict[str, Any]:
    if topic.frequency is None:
        return {"name": topic.name}
    return {"name": topic.name, "frequency": topic.frequency, "asks_again": topic.asks_again}


def _field(field: Field) -> dict[str, Any]:
    """What is usual goes unsaid: a text, of each person."""
    type = {} if field.type is FieldType.TEXT else {"type": field.type}
    return {"name": field.name, **type, **({"of_page": True} if field.of_page else {})}


def _point(position: Position) -> dict[str, float]:
    return {"x": _short(position.x), "y": _short(position.y)}


def _frame(frame: Frame) -> dict[str, Any]:
    """Where it is like a point, and how large."""
    place = {name: _short(getattr(frame, name)) for name in ("x", "y", "width", "height")}
    note = {"note": frame.note} if frame.note else {}
    return {"title": frame.title, "color": frame.color, **note, **place}


def _short(number: float) -> float:
    return int(number) if number == int(number) else number
