"""What is different between two drawings of one flow."""

from dataclasses import replace

import pytest

from otn_studio.blocks.logic.wait import Wait
from otn_studio.flow.changes import (
    AddBlock,
    Connect,
    EditBlock,
    MoveBlocks,
    Rename,
    SetField,
    SetTopic,
    removal,
)
from otn_studio.flow.difference import Difference, both, difference, rewritten
from otn_studio.flow.document import Connection, Position, Topic
from tests.builders import START, a_flow, say

FLOW = a_flow({"start": START, "hello": say(), "wait": Wait()}, "start > hello", "hello > wait")


def after(*changes):
    flow = FLOW
    for change in changes:
        flow, _inverse = change.apply(flow)
    return flow


def test_the_same_flow_has_none():
    assert difference(FLOW, FLOW) == Difference()
    assert not difference(FLOW, FLOW)


def test_moves_alone_are_none_but_are_known():
    found = difference(FLOW, after(MoveBlocks({"wait": Position(40, 80)})))
    assert not found
    assert found.moved == ("wait",)


def test_blocks_come_go_and_change():
    now = after(removal(FLOW, "wait"), AddBlock("bye", say("Bye")), EditBlock("hello", say("Hi")))
    found = difference(FLOW, now)
    assert (found.added, found.removed, found.changed) == (("bye",), ("wait",), ("hello",))
    assert found


def test_a_connection_that_leads_elsewhere_is_one_cut_and_one_made():
    found = difference(FLOW, after(Connect("start", "next", "wait")))
    assert found.cut == (Connection("start", "next", "hello"),)
    assert found.connected == (Connection("start", "next", "wait"),)


def test_a_translation_changes_its_block():
    german = replace(FLOW, translations={"de": {"hello": {"text.text": "Hallo!"}}})
    found = difference(FLOW, german)
    assert found.changed == ("hello",)
    assert [str(words) for words in found.beside] == ["Language added: Deutsch"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (Rename("Store"), "The flow is called “Store”, not “Shop”"),
        (SetTopic("hats", Topic("Hats")), "Topic added: “Hats”"),
        (SetTopic("shoes", None), "Topic removed: “Shoes”"),
        (SetTopic("shoes", Topic("Boots")), "The topic “Shoes” is called “Boots”"),
        (SetField("size", None), "Field removed: “Size”"),
    ],
)
def test_what_is_no_block_is_said(change, sentence):
    assert [str(words) for words in difference(FLOW, after(change)).beside] == [sentence]


def test_what_a_block_says_now_is_told_option_by_option():
    ((option, old, new),) = rewritten(say("Hello!"), say("Hi!"))
    assert (option.label, old, new) == ("Text", "Hello!", "Hi!")
    assert rewritten(say(), Wait()) == ()


def test_one_drawing_of_both_has_what_was_removed_where_it_stood():
    before = after(MoveBlocks({"wait": Position(40, 80)}))
    now, _inverse = removal(before, "wait").apply(before)
    drawn = both(before, now)
    assert drawn.blocks.keys() == before.blocks.keys()
    assert drawn.layout["wait"] == Position(40, 80)
    assert not difference(now, both(now, now))
