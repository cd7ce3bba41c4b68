"""Every type is run through `step` by the cases of the JSON file that is called like it.

A case is the block as it stands in a flow file, what is so ``before``, and the step to ``expect``.
An element's cases put it into a Send Message block.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from otn_studio.blocks.block import Block
from otn_studio.blocks.element import Element
from otn_studio.blocks.field import Field, FieldType
from otn_studio.blocks.outgoing import Message
from otn_studio.blocks.turn import (
    Call,
    Contact,
    Effect,
    End,
    Fetch,
    Go,
    PageFacts,
    Send,
    Sleep,
    Step,
    Turn,
)
from tests.builders import NOW

FILES = sorted((Path(__file__).parent / "fixtures").glob("*.json"))
CASES = [
    pytest.param(case, id=f"{file.stem}-{number}")
    for file in FILES
    for number, case in enumerate(json.loads(file.read_text(encoding="utf-8")))
    if "expect" in case
]


@pytest.mark.parametrize("case", CASES)
def test_a_block_steps_as_its_fixture_says(case):
    turn = a_turn(**case["before"])
    assert as_json(Block.read(case["block"]).step(turn), turn.now) == case["expect"]


def test_every_type_has_a_fixture_that_uses_it():
    used = {file.stem: file.read_text(encoding="utf-8") for file in FILES}
    assert used.keys() == Block.types.keys() | Element.types.keys()
    assert all(f'"type": "{name}"' in text for name, text in used.items())


def test_a_step_is_pure():
    for case in (param.values[0] for param in CASES):
        block, before = Block.read(case["block"]), case["before"]
        assert block.step(a_turn(**before)) == block.step(a_turn(**before))


def a_turn(
    fields: dict[str, str],
    tags: list[str],
    id: str = "ann",
    now: str = "",
    held: Mapping[str, str] = {},
    last_action: str = "",
    page: Mapping[str, str] = {},
    types: Mapping[str, str] = {},
) -> Turn:
    """What a case says of the moment, the person and the Page, whose zone is UTC."""
    contact = Contact(
        id,
        fields,
        frozenset(tags),
        held={topic: datetime.fromisoformat(at) for topic, at in held.items()},
        last_action_at=datetime.fromisoformat(last_action) if last_action else None,
    )
    known = {key: Field(key, FieldType(type), of_page=key in page) for key, type in types.items()}
    at = datetime.fromisoformat(now) if now else NOW
    return Turn(at, contact, page=PageFacts(page), fields=known)


def as_json(step: Step, now: datetime) -> dict[str, Any]:
    return {
        "then": _then(step.then, now),
        "effects": [_effect(effect) for effect in step.effects],
        "notes": [str(note) for note in step.notes],
    }


def _then(then: Go | Sleep | Send | Call | End | Fetch, now: datetime) -> dict[str, Any]:
    match then:
        case Go(port):
            return {"go": port}
        case Sleep(until, port):
            return {"sleep": str(until - now), "go": port}
        case Send(messages, topic, "next", "too_late", "could_not_send"):
            sent = {"send": [_message(message) for message in messages], "topic": topic}
            return sent | ({"asks": True} if then.asks else {})
        case Call(flow, port):
            return {"call": flow, "go": port}
        case End(result):
            return {"end": result}
        case Fetch(request):
            return {"fetch": json.loads(json.dumps(asdict(request), default=str))}
    raise AssertionError(then)


def _message(message: Message) -> dict[str, Any]:
    return json.loads(json.dumps(asdict(message)))


def _effect(effect: Effect) -> dict[str, Any]:
    """By what it is called, its first value, and the others."""
    values = json.loads(json.dumps(asdict(effect), default=str)) or {"": None}
    first, *others = values.items()
    name = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", type(effect).__name__).lower()
    return {name: first[1], **dict(others)}
