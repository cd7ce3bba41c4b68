"""What was drawn in two places comes together, and nothing that was drawn is lost."""

from dataclasses import replace

from hypothesis import given

from otn_studio.blocks.logic.wait import Wait
from otn_studio.flow import reading, writing
from otn_studio.flow.changes import (
    AddBlock,
    Connect,
    EditBlock,
    MoveBlocks,
    Rename,
    SetTopic,
    removal,
)
from otn_studio.flow.document import Position, Topic
from otn_studio.flow.merging import merged
from tests.builders import START, a_flow, say
from tests.strategies import flows

BASE = a_flow({"start": START, "hello": say(), "wait": Wait()}, "start > hello", "hello > wait")


def after(*changes):
    flow = BASE
    for change in changes:
        flow, _inverse = change.apply(flow)
    return flow


def test_what_only_one_changed_is_taken_from_there():
    ours = after(EditBlock("hello", say("Hi")), Rename("Store"))
    theirs = after(AddBlock("bye", say("Bye")), SetTopic("hats", Topic("Hats")))
    found = merged(BASE, ours, theirs)
    assert (found.disputed, found.beside) == (frozenset(), False)
    assert found.flow.blocks["hello"] == say("Hi")
    assert found.flow.blocks["bye"] == say("Bye")
    assert (found.flow.name, found.flow.topics["hats"].name) == ("Store", "Hats")


def test_both_changing_a_block_is_a_dispute_that_one_side_wins():
    ours, theirs = after(EditBlock("hello", say("A"))), after(EditBlock("hello", say("B")))
    mine = merged(BASE, ours, theirs)
    assert mine.disputed == {"hello"}
    assert mine.flow.blocks["hello"] == say("A")
    assert merged(BASE, ours, theirs, follow_theirs=True).flow.blocks["hello"] == say("B")


def test_both_changing_it_alike_is_none():
    both = after(EditBlock("hello", say("A")))
    assert merged(BASE, both, both).disputed == frozenset()


def test_what_one_changed_and_the_other_removed_stays():
    ours, theirs = after(removal(BASE, "hello")), after(EditBlock("hello", say("B")))
    found = merged(BASE, ours, theirs)
    assert found.flow.blocks["hello"] == say("B")
    assert found.disputed == {"hello"}


def test_what_one_removed_and_the_other_left_alone_goes_with_its_connections():
    found = merged(BASE, after(removal(BASE, "wait")), after(Rename("Store")))
    assert "wait" not in found.flow.blocks
    assert found.flow.connections == {"start": {"next": "hello"}}


def test_a_way_out_that_both_lead_elsewhere_is_a_dispute_of_its_block():
    ours, theirs = after(Connect("start", "next", "wait")), after(Connect("start", "next", None))
    found = merged(BASE, ours, theirs)
    assert found.disputed == {"start"}
    assert found.flow.leads_to("start", "next") == "wait"


def test_places_are_never_disputed():
    ours = after(MoveBlocks({"wait": Position(1, 1)}))
    theirs = after(MoveBlocks({"wait": Position(2, 2)}))
    found = merged(BASE, ours, theirs)
    assert (found.disputed, found.flow.layout["wait"]) == (frozenset(), Position(1, 1))


def test_translations_come_together_by_block_and_language():
    ours = replace(BASE, translations={"de": {"hello": {"text.text": "Hallo!"}}})
    theirs = replace(BASE, translations={"fr": {"hello": {"text.text": "Salut !"}}})
    assert merged(BASE, ours, theirs).flow.translations == {
        "de": {"hello": {"text.text": "Hallo!"}},
        "fr": {"hello": {"text.text": "Salut !"}},
    }


@given(flows(), flows(), flows())
def test_whatever_comes_together_can_be_written_and_read(base, ours, theirs):
    flow = merged(base, ours, theirs).flow
    assert reading.from_text(writing.to_text(flow)) == flow


@given(flows(), flows())
def test_one_side_alone_wins_everything(base, ours):
    assert merged(base, ours, base).flow == ours
    assert merged(base, base, ours).flow == replace(ours, id=base.id)
    assert merged(base, ours, ours).disputed == frozenset()
