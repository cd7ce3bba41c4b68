import copy
import json
import os
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from otn_studio import shipped
from otn_studio.blocks.logic.wait import Wait
from otn_studio.flow import reading, writing
from otn_studio.flow.document import Flow
from otn_studio.flow.json_text import SIZE_LIMIT, Unreadable
from otn_studio.flow.schema import schema
from tests import strategies
from tests.builders import START, a_flow, say

VALID = writing.written(
    a_flow({"start": START, "say": say(), "wait": Wait()}, "start > say", "say > wait")
) | {"layout": {"say": {"x": 1, "y": 2.5}}}


def changed(**parts: Any) -> str:
    return json.dumps(VALID | parts)


def without(part: str) -> str:
    return json.dumps({key: value for key, value in VALID.items() if key != part})


def a_block(**content: Any) -> str:
    return changed(blocks={**VALID["blocks"], "wait": content})


def an_element(**content: Any) -> str:
    return a_block(type="send_message", elements=[content])


A_FRAME = {"title": "T", "color": "red", "x": 0, "y": 0, "width": 1, "height": 1}
NO_ID = " has no usable id: {}. An id has 1 to 60 small letters, digits, - and _."
NO_NUMBER = "The place of “say” is not a usable number: {}."
BROKEN = "The block “wait” can’t be read: {}."
TOO_LONG = "The file has a number that is too long to be read."
TOO_DEEP = "The file is nested too deeply to be a flow."
NO_FLOW = "The file is not a flow: its “format” is not “otn-studio/flow”."
NO_VERSION = "The file does not say which version of the format it is in."


def damaged(line: int) -> str:
    kinds = "The file is damaged, or of another kind"
    return f"{kinds}: it can’t be read from line {line} on."


REFUSED = {
    # JSON
    "": damaged(1),
    '{\n "format" 1}': damaged(2),
    changed() + "x": damaged(1),
    "\ufeff{}": damaged(1),
    '{"id": 1, "id": 1}': "“id” stands twice in one place; remove one of the two.",
    '[[{"a": [{"{b}": 1, "{b}": 2}]}]]': "“{b}” stands twice in one place; remove one of the two.",
    changed(
        layout={"say": {"x": float("nan"), "y": 0}}
    ): "The file has NaN where a number belongs.",
    changed(extra=float("inf")): "The file has Infinity where a number belongs.",
    changed(extra=-float("inf")): "The file has -Infinity where a number belongs.",
    "9" * 5_000: TOO_LONG,
    '{"version": ' + "9" * 5_000 + "}": TOO_LONG,
    "[" * 100_000: TOO_DEEP,
    '{"a":' * 100_000: TOO_DEEP,
    '"\\ud83d"': "The file has half a character in a text, as in “\\ud83d”.",
    changed(name="\udc00"): "The file has half a character in a text, as in “\\ud83d”.",
    # heading
    "null": NO_FLOW,
    "[]": NO_FLOW,
    "{}": NO_FLOW,
    "7": NO_FLOW,
    without("format"): NO_FLOW,
    changed(format="glific"): NO_FLOW,
    changed(format=[]): NO_FLOW,
    without("version"): NO_VERSION,
    changed(version=True): NO_VERSION,
    changed(version=0): NO_VERSION,
    changed(version=-1): NO_VERSION,
    changed(version=1.0): NO_VERSION,
    changed(version="1"): NO_VERSION,
    changed(
        version=4
    ): "The flow was made by a newer OTN Studio (format 4; this one reads up to 3)."
    " Update OTN Studio to open it.",
    changed(notes="x"): "“notes” is not a part of a flow; remove it.",
    changed(**{"{x}": 1}): "“{x}” is not a part of a flow; remove it.",
    changed(z=1, y=1, x=1, w=1): "“w” is not a part of a flow; remove it.",
    without("id"): "“flow”" + NO_ID.format("null"),
    changed(id="Shop"): "“flow”" + NO_ID.format('"Shop"'),
    changed(id="Größe"): "“flow”" + NO_ID.format('"Größe"'),
    changed(id="X" * 38): "“flow”" + NO_ID.format('"' + "X" * 38 + '"'),
    changed(id=""): "“flow”" + NO_ID.format('""'),
    changed(id="shop\n"): "“flow”" + NO_ID.format('"shop\\n"'),
    changed(id="x" * 61): "“flow”" + NO_ID.format('"' + "x" * 39 + "…"),
    changed(id={"a": 1}): "“flow”" + NO_ID.format('{"a": 1}'),
    without("name"): "“name” is missing, or not a text.",
    changed(name=None): "“name” is missing, or not a text.",
    without(
        "channel"
    ): "The flow is for the channel null; it has to be one of: messenger, instagram.",
    changed(
        channel="pigeon"
    ): 'The flow is for the channel "pigeon"; it has to be one of: messenger, instagram.',
    changed(
        channel=["messenger"]
    ): 'The flow is for the channel ["messenger"]; it has to be one of: messenger, instagram.',
    # topics and fields
    changed(topics=[]): "“topics” is not written as { … }.",
    changed(topics=None): "“topics” is not written as { … }.",
    changed(topics={"A b": {"name": "x"}}): "“topics”" + NO_ID.format('"A b"'),
    changed(topics={"a": "x"}): "“topics.a” has to have a name, and nothing else.",
    changed(topics={"a": {}}): "“topics.a” has to have a name, and nothing else.",
    changed(fields={"a": {"name": "x", "kind": 1}}): "“fields.a” has to have a name, and besides"
    " only a type and of_page.",
    changed(fields={"a": {"type": "number"}}): "“fields.a” has to have a name, and besides only a"
    " type and of_page.",
    changed(fields={"a": {"name": "x", "type": "money"}}): "“fields.a.type” has to be one of: text,"
    " number, date, time, date_time, yes_no.",
    changed(fields={"a": {"name": "x", "of_page": 1}}): "“fields.a.of_page” has to be true or"
    " false.",
    changed(fields={"a": {"name": 1}}): "“fields.a.name” is missing, or not a text.",
    # blocks
    changed(blocks=[]): "“blocks” is not written as { … }.",
    changed(blocks={"a.b": {"type": "wait"}}): "“blocks”" + NO_ID.format('"a.b"'),
    a_block(): BROKEN.format("“None” is not a type that this version knows"),
    a_block(type="dance"): BROKEN.format("“dance” is not a type that this version knows"),
    a_block(type="text"): BROKEN.format("“text” is not a type that this version knows"),
    a_block(type={}): BROKEN.format("“{}” is not a type that this version knows"),
    a_block(type="wait", how=1): BROKEN.format("“how”: Extra inputs are not permitted"),
    a_block(type="wait", **{"for": "3 moons"}): BROKEN.format(
        "“for”: “3 moons” is not a length of time such as “3 days” or “90 minutes”"
    ),
    an_element(type="dance", id="x"): BROKEN.format(
        "“elements.0”: “dance” is not a type that this version knows"
    ),
    an_element(type="text", id="x", size=1): BROKEN.format(
        "“elements.0”: “size”: Extra inputs are not permitted"
    ),
    an_element(type="buttons", id="x", buttons=[{"id": "a.b"}]): BROKEN.format(
        "“elements.0”: “buttons.0.id”: String should match pattern '^[a-z0-9_-]{1,40}$'"
    ),
    # connections
    changed(connections=[]): "“connections” is not written as { … }.",
    changed(connections={"start": "say"}): "The connections of “start” are not written as {way out:"
    " block}.",
    changed(connections={"start": {"next": None}}): "The connections of “start” are not written as"
    " {way out: block}.",
    changed(connections={"gone": {"next": "say"}}): "A connection from “gone” to “say” hangs in the"
    " air: there is no block “gone”.",
    changed(connections={"start": {"next": "gone"}}): "A connection from “start” to “gone” hangs in"
    " the air: there is no block “gone”.",
    changed(
        connections={"start": {"up": "say"}}
    ): "A connection from “start” hangs in the air: that block has no way out “up”.",
    # languages
    changed(language="German"): '"German" is not a language. Write it like de or pt_BR.',
    changed(language=None): "null is not a language. Write it like de or pt_BR.",
    changed(translations=[]): "“translations” is not written as { … }.",
    changed(translations={"": {}}): "“translations” is not written as { … }.",
    changed(translations={"de-DE": {}}): '"de-DE" is not a language. Write it like de or pt_BR.',
    changed(translations={"de": []}): "“translations” is not written as { … }.",
    changed(
        translations={"de": {"say": {"text.text": 1}}}
    ): "The translations of “say” are not written as {place: text}.",
    changed(
        translations={"de": {"gone": {}}}
    ): "There are translations of “gone”, but there is no such block.",
    # frames
    changed(
        frames={"f": {"title": "T", "color": "red"}}
    ): "The frame “f” has to have a title, a color,"
    " x, y, width and height, and besides only a note.",
    changed(
        frames={"f": A_FRAME | {"title": 1}}
    ): "The title and the note of the frame “f” have to be texts.",
    changed(
        frames={"f": A_FRAME | {"color": "pink"}}
    ): "The color of the frame “f” has to be one of: grey, teal, blue, amber, green, red.",
    changed(frames={"f": A_FRAME | {"width": 0}}): "The frame “f” has to have a width and a height"
    " above 0.",
    changed(frames={"f": A_FRAME | {"x": "0"}}): 'The place of “f” is not a usable number: "0".',
    changed(collapsed={"say": True}): "“collapsed” is not written as [ … ].",
    changed(collapsed=["gone"]): "The layout has a place for “gone”, but there is no such block.",
    # layout
    changed(layout=0): "“layout” is not written as { … }.",
    changed(layout={"gone": {"x": 0, "y": 0}}): "The layout has a place for “gone”, but there is no"
    " such block.",
    changed(layout={"say": [0, 0]}): "The place of “say” is not written as {x, y}.",
    changed(layout={"say": {"x": 0}}): "The place of “say” is not written as {x, y}.",
    changed(
        layout={"say": {"x": 0, "y": 0, "z": 0}}
    ): "The place of “say” is not written as {x, y}.",
    changed(layout={"say": {"x": "0", "y": 0}}): NO_NUMBER.format('"0"'),
    changed(layout={"say": {"x": True, "y": 0}}): NO_NUMBER.format("true"),
    changed(layout={"say": {"x": 0, "y": 1e9 + 1}}): NO_NUMBER.format("1000000001.0"),
    changed(layout={"say": {"x": -(10**400), "y": 0}}): NO_NUMBER.format("-1" + "0" * 38 + "…"),
    changed(layout={"say": {"x": 0, "y": 0}}).replace('"y": 0', '"y": 1e400'): NO_NUMBER.format(
        "Infinity"
    ),
}


@pytest.mark.parametrize(("text", "sentence"), REFUSED.items(), ids=lambda text: text[:60])
def test_what_can_not_be_read_is_refused_in_one_sentence(text, sentence):
    with pytest.raises(Unreadable) as refused:
        reading.from_text(text)
    assert str(refused.value) == sentence


def test_what_the_refusals_are_made_from_is_read():
    assert reading.from_text(changed()).blocks.keys() == {"start", "say", "wait"}


@pytest.mark.parametrize("part", ["id", "channel", "format", "blocks", "layout"])
def test_no_depth_at_which_the_stack_may_end_raises_anything_else(part):
    for depth in range(700, 1_000):
        nested = "[" * depth + "]" * depth
        with pytest.raises(Unreadable):
            reading.from_text(without(part)[:-1] + f', "{part}": {nested}}}')


def test_what_may_be_left_out_is_empty():
    heading = {key: VALID[key] for key in ("format", "version", "id", "name", "channel")}
    assert reading.from_data(heading) == Flow("shop", "Shop")


def test_a_block_without_connections_may_stand_among_them():
    flow = reading.from_text(changed(connections={"start": {}, "gone": {}}))
    assert flow.connections == {}


def test_a_text_or_file_that_is_too_large_is_refused(tmp_path):
    sentence = "The file is too large to be a flow: 33 MB; at most 32 MB are read."
    with pytest.raises(Unreadable) as refused:
        reading.from_text(" " * (SIZE_LIMIT + 1))
    assert str(refused.value) == sentence
    path = tmp_path / "large.json"
    with path.open("wb") as file:
        file.truncate(SIZE_LIMIT + 1)
    with pytest.raises(Unreadable) as refused:
        reading.load(path)
    assert str(refused.value) == sentence


def test_a_file_of_just_the_limit_is_read(tmp_path):
    path = tmp_path / "shop.json"
    path.write_text(changed().ljust(SIZE_LIMIT))
    assert reading.load(path) == reading.from_text(changed())


def _nothing(path: Any) -> None:
    pass


def _not_utf_8(path: Any) -> None:
    path.write_bytes(changed(name="Größe").encode("latin-1").replace(b"\\u00f6", b"\xf6"))


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (_nothing, "The file can’t be opened: No such file or directory."),
        (os.mkdir, "The file can’t be opened: Is a directory."),
        (_not_utf_8, "The file is not a text in UTF-8, so it is not a flow."),
    ],
)
def test_a_file_that_can_not_be_read_is_refused_in_one_sentence(make, sentence, tmp_path):
    path = tmp_path / "shop.json"
    make(path)
    with pytest.raises(Unreadable) as refused:
        reading.load(path)
    assert str(refused.value) == sentence


def test_the_shipped_flows_are_written_as_they_are_read():
    for path in shipped.path("flows").glob("*.json"):
        assert writing.to_text(reading.load(path)) == path.read_text(encoding="utf-8")


# Anything at all

scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
anything = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner)
)


def refused_or_read(read: Callable[[Any], Flow], source: Any) -> Flow | None:
    try:
        return read(source)
    except Unreadable as problem:
        assert str(problem)  # noqa: PT017
        return None


@given(st.text() | anything.map(json.dumps))
def test_no_text_raises_anything_but_a_refusal(text):
    refused_or_read(reading.from_text, text)


@settings(max_examples=50)
@given(anything, st.dictionaries(st.sampled_from([*VALID, "x"]), anything))
def test_no_json_raises_anything_but_a_refusal(data, parts):
    refused_or_read(reading.from_data, data)
    refused_or_read(reading.from_data, {**VALID, **parts})


@st.composite
def mutated(draw: Callable[..., Any]) -> Any:
    """A valid flow in which a few things have been taken out, replaced or put in."""
    data = copy.deepcopy(writing.written(draw(strategies.flows(3))))
    for _ in range(draw(st.integers(1, 3))):
        place: Any = data
        while place:
            key = draw(
                st.sampled_from(range(len(place)) if isinstance(place, list) else sorted(place))
            )
            if not isinstance(place[key], dict | list) or draw(st.integers(0, 3)) == 0:
                break
            place = place[key]
        match draw(st.sampled_from(("take out", "replace", "put in"))):
            case "take out" if place:
                del place[key]
            case "replace" if place:
                place[key] = draw(anything)
            case _ if isinstance(place, dict):
                place[draw(strategies.ids)] = draw(anything)
            case _:
                place.append(draw(anything))
    return data


VALIDATOR = Draft202012Validator(schema())


@given(mutated())
def test_no_mutated_flow_raises_anything_but_a_refusal_and_what_is_read_fits_the_schema(data):
    flow = refused_or_read(reading.from_data, data)
    if flow is not None:
        assert VALIDATOR.is_valid(data)
        assert reading.from_text(writing.to_text(flow)) == flow
