from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from otn_studio.flow import reading, writing
from otn_studio.flow.changes import (
    AddBlock,
    Change,
    Connect,
    EditBlock,
    Impossible,
    MoveBlocks,
    RemoveBlock,
    Rename,
    SetField,
    SetTopic,
    Several,
    SwitchChannel,
    edit,
    removal,
)
from otn_studio.flow.document import Field, Flow, Position, Topic
from otn_studio.flow.translating import SetLanguage, SetTranslations, Translate
from tests import strategies
from tests.builders import START, a_flow, ask, say

FLOW = a_flow(
    {"start": START, "ask": ask(), "thanks": say(), "alone": say()},
    "start > ask",
    "ask.card.opted_in > thanks",
    "thanks > ask",
)
SPOKEN = replace(
    FLOW,
    language="en",
    translations={"de": {"ask": {"card.title": "Na?"}, "alone": {"text.text": "Hallo!"}}, "fr": {}},
)
FAR = Position(float("nan"), 0)


@settings(max_examples=50)
@given(strategies.flows(4), st.data())
def test_after_any_changes_the_flow_can_be_read_and_all_can_be_taken_back(flow, data):
    inverses: list[tuple[Change, Flow]] = []
    for _ in range(data.draw(st.integers(1, 5))):
        change = data.draw(strategies.changes_to(flow))
        before = writing.to_text(flow)
        try:
            changed, inverse = change.apply(flow)
        except Impossible as problem:
            assert str(problem)  # noqa: PT017
            assert writing.to_text(flow) == before
            continue
        assert writing.to_text(flow) == before
        inverses.append((inverse, flow))
        flow = changed
        assert reading.from_text(writing.to_text(flow)) == flow
    for inverse, earlier in reversed(inverses):
        flow, _ = inverse.apply(flow)
        assert flow == earlier


@settings(max_examples=50)
@given(strategies.flows(4), st.data())
def test_an_inverse_of_an_inverse_makes_the_change_again(flow, data):
    change = data.draw(strategies.changes_to(flow))
    try:
        changed, inverse = change.apply(flow)
    except Impossible:
        return
    _, again = inverse.apply(changed)
    assert again.apply(flow)[0] == changed


@given(strategies.flows(), st.data())
def test_blocks_can_always_be_removed_with_their_connections(flow, data):
    gone = data.draw(st.lists(st.sampled_from([*flow.blocks]), unique=True)) if flow.blocks else []
    smaller, inverse = removal(flow, *gone).apply(flow)
    assert smaller.blocks.keys() == flow.blocks.keys() - set(gone)
    kept = {c for c in flow.all_connections() if not {c.block, c.to} & set(gone)}
    assert set(smaller.all_connections()) == kept
    assert smaller.layout.keys() == flow.layout.keys() - set(gone)
    assert inverse.apply(smaller)[0] == flow


@given(strategies.flows(), strategies.blocks, st.data())
def test_a_block_can_always_be_edited_and_only_its_lost_ways_out_are_cut(flow, block, data):
    if not flow.blocks:
        return
    id = data.draw(st.sampled_from([*flow.blocks]))
    edited, inverse = edit(flow, id, block).apply(flow)
    kept = {port.id for port in block.ports()}
    assert edited.blocks[id] == block
    assert set(edited.all_connections()) == {
        c for c in flow.all_connections() if c.block != id or c.port in kept
    }
    assert inverse.apply(edited)[0] == flow


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (AddBlock("start", say()), "There is a block “start” already."),
        (AddBlock("A b", say()), "“A b” is not a usable id."),
        (AddBlock("x\n", say()), "“x\n” is not a usable id."),
        (AddBlock("new", say(), FAR), "The place is too far away."),
        (RemoveBlock("gone"), "There is no block “gone”."),
        (Several((RemoveBlock("alone"),) * 2), "There is no block “alone”."),
        (Several((AddBlock("new", say()),) * 2), "There is a block “new” already."),
        (RemoveBlock("start"), "The block “start” is still connected."),
        (RemoveBlock("thanks"), "The block “thanks” is still connected."),
        (EditBlock("gone", say()), "There is no block “gone”."),
        (EditBlock("ask", say()), "The way out “card.opted_in” of “ask” is still connected."),
        (MoveBlocks({"gone": Position(0, 0)}), "There is no block “gone”."),
        (MoveBlocks({"ask": FAR}), "The place is too far away."),
        (Connect("gone", "next", "ask"), "There is no block “gone”."),
        (Connect("gone", "next", None), "There is no block “gone”."),
        (Connect("start", "next", "gone"), "There is no block “gone”."),
        (Connect("start", "up", "ask"), "The block “start” has no way out “up”."),
        (SetTopic("A b", Topic("A")), "“A b” is not a usable id."),
        (SetField("A b", Field("A")), "“A b” is not a usable id."),
        (SwitchChannel("pigeon"), "“pigeon” is not a channel."),
        (Several((Rename("x"), RemoveBlock("gone"))), "There is no block “gone”."),
        (removal(FLOW, "gone"), "There is no block “gone”."),
        (edit(FLOW, "gone", say()), "There is no block “gone”."),
    ],
)
def test_what_does_not_fit_is_impossible(change, why):
    before = writing.to_text(FLOW)
    with pytest.raises(Impossible) as impossible:
        change.apply(FLOW)
    assert str(impossible.value) == why
    assert writing.to_text(FLOW) == before


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (AddBlock("new", START, Position(1, 2)), {"blocks": {**FLOW.blocks, "new": START}}),
        (RemoveBlock("alone"), {"blocks": {k: FLOW.blocks[k] for k in ("start", "ask", "thanks")}}),
        (EditBlock("alone", START), {"blocks": {**FLOW.blocks, "alone": START}}),
        (MoveBlocks({"ask": Position(1, 2)}), {"layout": {"ask": Position(1, 2)}}),
        (MoveBlocks({"ask": None}), {"layout": {}}),
        (
            Connect("start", "next", None),
            {"connections": {k: FLOW.connections[k] for k in ("ask", "thanks")}},
        ),
        (
            Connect("start", "next", "thanks"),
            {"connections": {**FLOW.connections, "start": {"next": "thanks"}}},
        ),
        (SetTopic("bread", Topic("Bread")), {"topics": {**FLOW.topics, "bread": Topic("Bread")}}),
        (SetTopic("shoes", None), {"topics": {}}),
        (SetTopic("gone", None), {}),
        (SetField("size", Field("Shoe size")), {"fields": {"size": Field("Shoe size")}}),
        (SetField("size", None), {"fields": {}}),
        (Rename("Other"), {"name": "Other"}),
        (SwitchChannel("instagram"), {"channel": "instagram"}),
        (Several(()), {}),
        (Several((Rename("a"), Rename("b"))), {"name": "b"}),
    ],
)
def test_a_change_changes_what_it_says(change, expected):
    changed, _ = change.apply(FLOW)
    parts = ("name", "channel", "topics", "fields", "blocks", "connections")
    for part in (*parts, *(["layout"] if "layout" in expected else [])):
        assert getattr(changed, part) == expected.get(part, getattr(FLOW, part)), part


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (SetLanguage("de"), "“de” is one of the languages it is translated into."),
        (SetLanguage("German"), "“German” is not a language."),
        (SetTranslations("en"), "“en” is the language that the flow is written in."),
        (SetTranslations("de-DE"), "“de-DE” is not a language."),
        (SetTranslations("it", {"gone": {"x": "y"}}), "There is no block “gone”."),
        (Translate("it", "ask", "card.title", "Beh?"), "The flow has no language “it”."),
        (Translate("de", "gone", "card.title", "x"), "There is no block “gone”."),
    ],
)
def test_a_change_of_languages_that_does_not_fit_is_impossible(change, why):
    with pytest.raises(Impossible) as impossible:
        change.apply(SPOKEN)
    assert str(impossible.value) == why


HALLO = {"alone": {"text.text": "Hallo!"}}


@pytest.mark.parametrize(
    ("change", "german"),
    [
        (Translate("de", "ask", "card.title", "Nun?"), {"ask": {"card.title": "Nun?"}, **HALLO}),
        (Translate("de", "ask", "card.title", None), HALLO),
        (
            Translate("de", "thanks", "text.text", "Danke"),
            {"ask": {"card.title": "Na?"}, "thanks": {"text.text": "Danke"}, **HALLO},
        ),
        (removal(SPOKEN, "ask"), HALLO),
        (edit(SPOKEN, "alone", say("Hi!")), {"ask": {"card.title": "Na?"}, **HALLO}),
        (edit(SPOKEN, "alone", say("")), {"ask": {"card.title": "Na?"}, **HALLO}),
        (edit(SPOKEN, "alone", ask()), {"ask": {"card.title": "Na?"}}),
        (SetTranslations("de", HALLO), HALLO),
        (SetTranslations("de", None), None),
        (
            AddBlock(
                "new", say(), None, {"de": {"text.text": "Neu"}, "it": {"text.text": "Nuovo"}}
            ),
            {"ask": {"card.title": "Na?"}, "new": {"text.text": "Neu"}, **HALLO},
        ),
    ],
)
def test_translations_go_where_their_texts_go(change, german):
    changed, inverse = change.apply(SPOKEN)
    assert changed.translations.get("de") == german
    assert changed.translations.keys() <= {"de", "fr"}
    assert inverse.apply(changed)[0] == SPOKEN


def test_a_flow_says_which_language_it_speaks_and_gets_another():
    changed, _ = SetLanguage("it").apply(SPOKEN)
    changed, _ = SetTranslations("en").apply(changed)
    assert (changed.language, [*changed.translations]) == ("it", ["de", "fr", "en"])


def test_a_new_block_stands_where_it_was_put():
    assert AddBlock("new", START, Position(1, 2)).apply(FLOW)[0].layout == {"new": Position(1, 2)}
    assert AddBlock("new", START).apply(FLOW)[0].layout == {}


def test_several_are_made_in_their_order_and_taken_back_in_the_other():
    changed, inverse = Several((AddBlock("new", say()), Connect("alone", "next", "new"))).apply(
        FLOW
    )
    assert changed.leads_to("alone", "next") == "new"
    assert inverse == Several((Connect("alone", "next", None), RemoveBlock("new")))


def test_removing_cuts_a_connection_of_a_block_with_itself_once():
    flow = a_flow({"a": say()}, "a > a")
    assert removal(flow, "a") == Several((Connect("a", "next", None), RemoveBlock("a")))
