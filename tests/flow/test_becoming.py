"""A flow takes over what it is elsewhere, and can go back."""

from dataclasses import replace

import pytest
from hypothesis import given

from otn_studio.flow import kept_changes
from otn_studio.flow.becoming import Become
from otn_studio.flow.change import Impossible
from tests.builders import START, a_flow, say
from tests.strategies import flows

FLOW = a_flow({"start": START, "hello": say()}, "start > hello")


@given(flows(), flows())
def test_it_becomes_the_other_with_its_own_id_and_back(flow, other):
    became, inverse = Become.like(other).apply(flow)
    assert became == replace(other, id=flow.id)
    assert inverse.apply(became)[0] == flow


def test_blocks_that_stay_the_same_stay_the_same_objects():
    became, _inverse = Become.like(replace(FLOW, name="Store")).apply(FLOW)
    assert became.blocks["hello"] is FLOW.blocks["hello"]


def test_what_is_no_flow_is_refused():
    with pytest.raises(Impossible, match="is damaged"):
        Become("{").apply(FLOW)


def test_it_outlives_the_program():
    change = Become.like(FLOW)
    assert kept_changes.read(kept_changes.written(change)) == change
