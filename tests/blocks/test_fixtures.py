"""Every type is run through `step` by the cases of the JSON file that is called like it.

A case is the block as it stands in a flow file, the contact ``before``, and the step to ``expect``.
An element's cases put it into a Send Message block.
"""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from otn_studio.blocks.block import Block
from otn_studio.blocks.element import Element
from otn_studio.blocks.outgoing import Message
from otn_studio.blocks.turn import Call, Contact, Go, Send, SetField, Sleep, Step, Turn
from tests.builders import NOW

FILES = sorted((Path(__file__).parent / "fixtures").glob("*.json"))
CASES = [
    pytest.param(case, id=f"{file.stem}-{number}")
    for file in FILES
    for number, case in enumerate(json.loads(file.read_text(encoding="utf-8")))
]


@pytest.mark.parametrize("case", CASES)
def test_a_block_steps_as_its_fixture_says(case):
    contact = Contact("ann", case["before"]["fields"], frozenset(case["before"]["tags"]))
    step = Block.read(case["block"]).step(Turn(NOW, contact))
    assert as_json(step) == case["expect"]


def test_every_type_has_a_fixture_that_uses_it():
    used = {file.stem: file.read_text(encoding="utf-8") for file in FILES}
    assert used.keys() == Block.types.keys() | Element.types.keys()
    assert all(f'"type": "{name}"' in text for name, text in used.items())


def test_a_step_is_pure():
    for case in (param.values[0] for param in CASES):
        block, contact = Block.read(case["block"]), Contact("ann", case["before"]["fields"])
        assert block.step(Turn(NOW, contact)) == block.step(Turn(NOW, contact))


def as_json(step: Step) -> dict[str, Any]:
    return {
        "then": _then(step.then),
        "effects": [_effect(effect) for effect in step.effects],
        "notes": [str(note) for note in step.notes],
    }


def _then(then: Go | Sleep | Send | Call) -> dict[str, Any]:
    match then:
        case Go(port):
            return {"go": port}
        case Sleep(until, port):
            return {"sleep": str(until - NOW), "go": port}
        case Send(messages, topic, "next", "too_late", "could_not_send"):
            return {"send": [_message(message) for message in messages], "topic": topic}
        case Call(flow, port):
            return {"call": flow, "go": port}
    raise AssertionError(then)


def _message(message: Message) -> dict[str, Any]:
    return json.loads(json.dumps(asdict(message)))


def _effect(effect: SetField) -> dict[str, Any]:
    return {"set_field": effect.field, "value": effect.value}
