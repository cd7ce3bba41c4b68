import json
import subprocess
import sys

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator

from otn_studio import shipped
from otn_studio.blocks.block import Block
from otn_studio.blocks.element import Element
from otn_studio.flow import schema, writing
from tests import strategies
from tests.builders import START, a_flow, say

PUBLISHED = shipped.path("resources/schema/flow.json").read_text(encoding="utf-8")
VALIDATOR = Draft202012Validator(json.loads(PUBLISHED))
DATA = writing.written(a_flow({"start": START, "say": say()}, "start > say"))


def test_the_published_schema_is_up_to_date():
    assert schema.to_text() == PUBLISHED


def test_it_is_written_anew_by_running_its_module():
    done = subprocess.run(
        [sys.executable, "-m", "otn_studio.flow.schema"], capture_output=True, check=True
    )
    assert done.stdout.decode() == PUBLISHED


def test_it_is_a_schema():
    Draft202012Validator.check_schema(json.loads(PUBLISHED))


def test_it_describes_every_type_in_the_words_of_the_help_page():
    definitions = json.loads(PUBLISHED)["$defs"]
    for declared in (*Block.types.values(), *Element.types.values()):
        definition = definitions[declared.__name__]
        assert definition["title"] == declared.kind.title
        assert definition["description"] == declared.help()
        assert definition["properties"]["type"] == {"const": declared.kind.name}


def test_the_shipped_flows_fit():
    flows = sorted(shipped.path("flows").glob("*.json"))
    assert flows
    for path in flows:
        VALIDATOR.validate(json.loads(path.read_text(encoding="utf-8")))


@given(strategies.flows())
def test_every_flow_that_can_be_written_fits(flow):
    VALIDATOR.validate(json.loads(writing.to_text(flow)))


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("format", "glific"),
        ("version", 4),
        ("id", "A b"),
        ("name", 1),
        ("channel", "pigeon"),
        ("topics", {"a": {}}),
        ("fields", {"A b": {"name": "x"}}),
        ("blocks", {"x": {"type": "dance"}}),
        ("blocks", {"x": {}}),
        ("blocks", {"x": {"type": "text", "id": "x"}}),
        ("blocks", {"x": {"type": "wait", "for": "3 moons"}}),
        ("blocks", {"x": {"type": "wait", "how": 1}}),
        ("blocks", {"x": {"type": "send_message", "elements": [{"type": "dance", "id": "x"}]}}),
        ("blocks", {"x": {"type": "send_message", "elements": [{"type": "text"}]}}),
        ("blocks", {"x": {"type": "condition", "tests": [{"test": "moon"}]}}),
        ("connections", {"start": {"next": None}}),
        ("language", "German"),
        ("translations", {"de-DE": {}}),
        ("translations", {"de": {"say": {"text.text": 1}}}),
        ("layout", {"say": {"x": 0}}),
        ("notes", ""),
    ],
)
def test_what_is_not_a_flow_does_not_fit(part, value):
    assert VALIDATOR.is_valid(DATA)
    assert not VALIDATOR.is_valid(DATA | {part: value})


@pytest.mark.parametrize("part", ["format", "version", "id", "name", "channel"])
def test_the_heading_has_to_be_there(part):
    assert not VALIDATOR.is_valid({key: value for key, value in DATA.items() if key != part})
