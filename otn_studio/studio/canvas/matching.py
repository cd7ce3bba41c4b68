"""A part of a flow made to fit another flow: what is called the same there is the same."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from otn_studio.blocks.block import Option
from otn_studio.blocks.rewriting import rewritten
from otn_studio.flow.document import Flow

_TAG: Final = re.compile(r"\{[{%].*?[%}]\}", re.DOTALL)
_FIELD: Final = re.compile(r"\b(contact|page)\.([A-Za-z0-9_-]+)")


def renamed(part: Flow, flow: Flow) -> Flow:
    """The part with the flow's ids of topics and keys of fields, where the names are the same."""
    topics, fields = _same(part.topics, flow.topics), _same(part.fields, flow.fields)
    if not topics and not fields:
        return part

    def change(option: Option, text: str) -> str:
        if option.refers_to == "topic":
            return topics.get(text, text)
        if option.refers_to.endswith("field"):
            return fields.get(text, text)
        return _mentioning(text, fields)

    return replace(
        part,
        topics={topics.get(id, id): topic for id, topic in part.topics.items()},
        fields={fields.get(key, key): field for key, field in part.fields.items()},
        blocks={id: rewritten(block, change) for id, block in part.blocks.items()},
        translations={
            language: {
                id: {way: _mentioning(text, fields) for way, text in texts.items()}
                for id, texts in blocks.items()
            }
            for language, blocks in part.translations.items()
        },
    )


def _same(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> dict[str, str]:
    """By the ids here the ids there, of what is alike but for its id."""
    known = {_alike(entry): id for id, entry in theirs.items()}
    return {
        id: known[_alike(entry)]
        for id, entry in ours.items()
        if id not in theirs and _alike(entry) in known
    }


def _alike(entry: Any) -> Any:
    """Two of them are the same thing where this is equal: capitals do not matter."""
    return replace(entry, name=" ".join(entry.name.casefold().split()))


def _mentioning(text: str, fields: Mapping[str, str]) -> str:
    """A text that fills in the fields by their keys there."""

    def named(found: re.Match[str]) -> str:
        whose, key = found.groups()
        return f"{whose}.{fields.get(key, key)}"

    return _TAG.sub(lambda tag: _FIELD.sub(named, tag[0]), text) if "{" in text else text
