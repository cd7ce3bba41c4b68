"""What comes of a block in a conversation, by the JSON file that is called like it.

A case is the block as it stands in a flow file, the contact ``before``, what ``happens``, and how it
is ``after``: each way out that was taken by its name, what was received, and what is known of the
contact. All ways out lead somewhere, if the case does not say which ``ways`` do; fields hold texts, if
it does not name other ``types``. The conversation is written out and read back between every two
steps.
"""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from otn_studio.blocks import event as events
from otn_studio.blocks.block import Block, Start
from otn_studio.blocks.duration import Duration
from otn_studio.blocks.elements.text import Text
from otn_studio.blocks.field import Field, FieldType
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.blocks.turn import Contact
from tests.interpreter.flows import flow, keyword
from tests.interpreter.talk import Talk

CASES = [
    pytest.param(case, id=f"{file.stem}-{number}")
    for file in sorted((Path(__file__).parent / "fixtures").glob("*.json"))
    for number, case in enumerate(json.loads(file.read_text(encoding="utf-8")))
    if "happens" in case
]
WENT = "went "


@pytest.mark.parametrize("case", CASES)
def test_a_conversation_goes_as_its_fixture_says(case):
    block = Block.read(case["block"])
    ways, types = case.get("ways", [port.id for port in block.ports()]), case.get("types", {})
    talk = _talk(block, ways, {key: Field(key, FieldType(type)) for key, type in types.items()})
    before = case["before"]
    held = {
        id: talk.now + Duration.read(time).length for id, time in before.get("held", {}).items()
    }
    talk.contact = Contact("ann", before["fields"], frozenset(before["tags"]), held=held)
    for happening in case["happens"]:
        _let_happen(talk, happening)
    assert _after(talk) == case["after"]


def _talk(block: Block, ways_out: list[str], fields: dict[str, Field]) -> Talk:
    start = {"start": keyword("begin")} if not isinstance(block, Start) else {}
    ends = {f"end{number}": _says(port) for number, port in enumerate(ways_out)}
    ways = [f"block.{port} > end{number}" for number, port in enumerate(ways_out)]
    begins = ["start.next > block"] if start else []
    made = flow({**start, "block": block, **ends}, *begins, *ways)
    return Talk(replace(made, fields={**made.fields, **fields}))


def _says(port: str) -> SendMessage:
    return SendMessage(elements=[Text(id="t", text=WENT + port)])


def _let_happen(talk: Talk, happening: dict[str, Any]) -> None:
    ((what, value),) = happening.items()
    match what:
        case "write":
            talk.write(value)
        case "files":
            talk.happens(events.Wrote(talk.now, "", tuple(value)))
        case "tap":
            talk.tap(value)
        case "comment":
            talk.happens(events.Commented(talk.now, comment="c1", **value))
        case "choose":
            talk.happens(events.ChoseEntry(talk.now, "f", value))
        case "wait":
            talk.wait(**value)
        case "fetched":
            talk.fetched(**value)
        case _:
            raise AssertionError(what)


def _after(talk: Talk) -> dict[str, Any]:
    texts = talk.texts()
    return {
        "went": [text.removeprefix(WENT) for text in texts if text.startswith(WENT)],
        "received": [text for text in texts if not text.startswith(WENT)],
        "fields": dict(talk.contact.fields),
        "tags": sorted(talk.contact.tags),
    }
