"""The published JSON Schema of the flow format, made from the blocks' declarations.

``python -m otn_studio.flow.schema > resources/schema/flow.json`` writes it anew.
"""

import json
from typing import Any

from otn_studio.blocks.block import Block, Declared
from otn_studio.blocks.element import Element
from otn_studio.blocks.field import FieldType
from otn_studio.blocks.languages import LANGUAGE_PATTERN
from otn_studio.flow.document import CHANNELS, FRAME_COLORS, ID_PATTERN
from otn_studio.flow.writing import FORMAT, VERSION
from otn_studio.policy.calendar import Frequency


def schema() -> dict[str, Any]:
    """The schema as plain JSON values."""
    definitions: dict[str, Any] = {}
    blocks = [_declared(type, definitions) for _, type in sorted(Block.types.items())]
    elements = [_declared(type, definitions) for _, type in sorted(Element.types.items())]
    definitions["block"] = {"oneOf": blocks}
    definitions["element"] = {"$dynamicAnchor": "element", "oneOf": elements}
    kind = {"type": {"enum": list(FieldType)}, "of_page": {"type": "boolean"}}
    field = {**_object({"name": {"type": "string"}, **kind}), "required": ["name"]}
    lasting = {"frequency": {"enum": list(Frequency)}, "asks_again": {"type": "boolean"}}
    topic = {
        **_object({"name": {"type": "string"}, **lasting}),
        "required": ["name"],
        "dependentRequired": {"frequency": ["asks_again"], "asks_again": ["frequency"]},
    }
    number, text = {"type": "number"}, {"type": "string"}
    size = {"type": "number", "exclusiveMinimum": 0}
    place = {"x": number, "y": number, "width": size, "height": size}
    frame = _object({"title": text, "color": {"enum": list(FRAME_COLORS)}, "note": text, **place})
    language = {"type": "string", "pattern": LANGUAGE_PATTERN}
    texts = {"type": "object", "additionalProperties": {"type": "string"}}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "OTN Studio flow",
        **_object(
            {
                "format": {"const": FORMAT},
                "version": {"const": VERSION},
                "id": {"type": "string", "pattern": ID_PATTERN},
                "name": {"type": "string"},
                "channel": {"enum": list(CHANNELS)},
                "language": {"anyOf": [{"const": ""}, language]},
                "topics": _by_id(topic),
                "fields": _by_id(field),
                "blocks": _by_id({"$ref": "#/$defs/block"}),
                "connections": _by_id(texts),
                "translations": {
                    "type": "object",
                    "propertyNames": language,
                    "additionalProperties": _by_id(texts),
                },
                "layout": _by_id({**_object({"x": number, "y": number}), "required": ["x", "y"]}),
                "frames": _by_id({**frame, "required": ["title", "color", *place]}),
                "collapsed": {"type": "array", "items": text},
            }
        ),
        "required": ["format", "version", "id", "name", "channel"],
        "$defs": dict(sorted(definitions.items())),
    }


def to_text() -> str:
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


def _declared(declared: type[Declared], definitions: dict[str, Any]) -> dict[str, Any]:
    own = declared.model_json_schema(by_alias=True, ref_template="#/$defs/{model}")
    definitions.update(own.pop("$defs", {}))
    properties = {"type": {"const": declared.kind.name}, **own["properties"]}
    definitions[declared.__name__] = {
        "title": declared.kind.title,
        "description": declared.help(),
        **_object(properties),
        "required": ["type", *own.get("required", [])],
    }
    return {"$ref": f"#/$defs/{declared.__name__}"}


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _by_id(entry: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "propertyNames": {"pattern": ID_PATTERN},
        "additionalProperties": entry,
    }


if __name__ == "__main__":
    print(to_text(), end="")
