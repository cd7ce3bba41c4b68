"""Changes written down and read again are the same."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from otn_studio.flow import kept_changes, writing
from otn_studio.flow.change import Change, Impossible
from otn_studio.flow.changes import Rename, SetTopic, Several
from otn_studio.flow.document import Topic
from otn_studio.policy.calendar import Frequency
from tests import strategies


@settings(max_examples=60)
@given(strategies.flows(4), st.data())
def test_a_change_and_its_inverse_survive_being_written(flow, data):
    change = data.draw(strategies.changes_to(flow))
    try:
        changed, inverse = change.apply(flow)
    except Impossible:
        return
    again = again_read(change).apply(flow)[0]
    assert writing.to_text(again) == writing.to_text(changed)
    assert writing.to_text(again_read(inverse).apply(changed)[0]) == writing.to_text(flow)


def again_read(change: Change) -> Change:
    return kept_changes.read(json.loads(json.dumps(kept_changes.written(change))))


def test_what_was_read_is_equal():
    weekly = SetTopic("t", Topic("T", Frequency.WEEKLY, asks_again=False))
    change = Several((weekly, Rename("Other")))
    assert again_read(change) == change


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        {},
        {"change": "Explode"},
        {"change": "Rename"},
        {"change": "Rename", "name": 1},
        {"change": "Rename", "name": "x", "more": 1},
        {"change": "AddBlock", "id": "x", "block": {"type": "gone"}},
        {"change": "MoveBlocks", "positions": {"x": {"x": "0", "y": 0}}},
        {"change": "MoveBlocks", "positions": []},
        {"change": "SetTopic", "id": "t", "topic": {"name": "T", "frequency": "hourly"}},
        {"change": "Several", "changes": [1]},
    ],
)
def test_what_is_no_change_is_refused(data):
    with pytest.raises(ValueError):  # noqa: PT011
        kept_changes.read(data)
