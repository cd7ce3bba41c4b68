"""What can be saved of a damaged flow."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otn_studio import shipped
from otn_studio.flow import reading, writing
from otn_studio.flow.reading import Unreadable
from otn_studio.flow.salvaging import salvaged
from tests.strategies import flows

TEXT = shipped.path("flows/back-in-stock.json").read_text("utf-8")
WHOLE = reading.from_text(TEXT)


def broken(change) -> str:
    data = json.loads(TEXT)
    change(data)
    return json.dumps(data)


def sentences(found) -> list[str]:
    return [str(words) for words in found.lost]


def test_a_whole_flow_comes_back_whole():
    found = salvaged(TEXT, "shop")
    assert (found.flow, found.lost) == (WHOLE, ())


def test_a_block_that_cannot_be_read_goes_with_its_connections_and_its_place():
    def spoil(data):
        data["blocks"]["ask"] = {"type": "something else"}

    found = salvaged(broken(spoil), "shop")
    assert found.flow.blocks.keys() == WHOLE.blocks.keys() - {"ask"}
    assert "1 block is lost." in sentences(found)
    assert "1 block has lost its place." in sentences(found)
    ends = {end for link in found.flow.all_connections() for end in (link.block, link.to)}
    assert "ask" not in ends


def test_a_part_that_nobody_knows_and_a_heading_that_is_spoilt_lose_only_themselves():
    def spoil(data):
        data["more"] = 1
        data["name"] = 7
        data["channel"] = "pigeons"

    found = salvaged(broken(spoil), "shop")
    assert found.flow.name == "shop"
    assert found.flow.blocks == WHOLE.blocks


def test_a_connection_to_nothing_is_lost_alone():
    def spoil(data):
        block, ports = next(iter(data["connections"].items()))
        data["connections"][block] = {**ports, next(iter(ports)): "nowhere"}

    found = salvaged(broken(spoil), "shop")
    assert sentences(found) == ["1 connection is lost."]
    assert found.flow.blocks == WHOLE.blocks


def test_a_file_that_breaks_off_keeps_what_stands_before_that():
    found = salvaged(TEXT[: TEXT.index('"connections"') + 40], "shop")
    assert sentences(found)[0] == "What comes after that in the file is lost."
    assert found.flow.blocks == WHOLE.blocks
    assert found.flow.layout == {}


@pytest.mark.parametrize("text", ["", "hello", "[]", "{}", "[" * 9999])
def test_where_there_is_nothing_it_says_so(text):
    with pytest.raises(Unreadable):
        salvaged(text, "shop")


def test_a_heading_alone_is_an_empty_flow():
    assert salvaged('{"format": "otn-studio/flow", "name": "Sh', "shop").flow.name == "shop"


def test_a_flow_of_a_newer_program_is_not_damaged():
    with pytest.raises(Unreadable, match="newer OTN Studio"):
        salvaged(broken(lambda data: data.update(version=99)), "shop")


@given(flows(), st.floats(0, 1))
def test_wherever_a_file_breaks_off_what_is_left_can_be_written_and_read(flow, share):
    text = writing.to_text(flow)
    try:
        left = salvaged(text[: int(len(text) * share)], "shop").flow
    except Unreadable:
        return
    assert reading.from_text(writing.to_text(left)) == left
    assert left.blocks.keys() <= flow.blocks.keys()
