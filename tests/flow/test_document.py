import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from otn_studio.blocks.field import Field
from otn_studio.blocks.lookup import Lookup
from otn_studio.flow.document import ID_PATTERN, Connection, new_id
from otn_studio.flow.project import Project
from tests.builders import START, a_flow, ask, say

FLOW = a_flow(
    {"start": START, "ask": ask(), "thanks": say()}, "start > ask", "ask.card.opted_in > thanks"
)


@given(st.text())
def test_a_new_id_is_one_and_never_the_same_twice(words):
    assert re.fullmatch(ID_PATTERN, new_id(words))
    assert new_id(words) != new_id(words)


def test_a_flow_answers_where_its_ways_lead():
    assert FLOW.leads_to("ask", "card.opted_in") == "thanks"
    assert FLOW.leads_to("ask", "next") is None
    assert FLOW.leads_to("gone", "next") is None
    assert list(FLOW.all_connections()) == [
        Connection("start", "next", "ask"),
        Connection("ask", "card.opted_in", "thanks"),
    ]


def test_a_flow_knows_the_ways_out_of_its_blocks():
    assert FLOW.port("ask", "card.opted_in").id == "card.opted_in"
    assert FLOW.port("ask", "gone") is None


def test_what_a_block_lacks_in_a_language_it_says_in_its_own():
    flow = replace(FLOW, translations={"de": {"ask": {"card.title": "Na?"}}, "fr": {}})
    assert flow.block_in("ask", "de") == ask("Na?")
    assert flow.block_in("thanks", "de") is flow.blocks["thanks"]
    assert flow.block_in("ask", "fr") is flow.blocks["ask"]
    assert flow.texts_of("ask") == {"de": {"card.title": "Na?"}}


def test_blocks_look_up_names_and_not_the_document():
    assert FLOW.lookup() == Lookup("messenger", {"shoes": "Shoes"}, {"size": Field("Size")})


def test_a_project_finds_the_starts_of_all_its_flows():
    other = a_flow({"a": say(), "b": START}, id="other")
    assert list(Project.of(FLOW, other).starts()) == [
        (FLOW, "start", START),
        (other, "b", START),
    ]
