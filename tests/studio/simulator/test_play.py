"""Whatever is played can be gone on with from any of its beats, as if nothing had come after."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from otn_studio.blocks.block import Block
from otn_studio.blocks.logic.condition import Condition, FieldTest
from otn_studio.blocks.start.comment import Comment
from otn_studio.checks.conversations.script import Advance, Deed, Given, Me, Start
from otn_studio.checks.conversations.watching import Known
from otn_studio.flow.project import Project
from otn_studio.policy import one_time
from otn_studio.studio.simulator.jumps import jumps
from otn_studio.studio.simulator.play import Beat, Play, play
from otn_studio.studio.simulator.reasons import told
from otn_studio.studio.simulator.seen import Seen
from tests.builders import START, a_flow, say
from tests.checks.conversations.test_recording import HOSTILE, SAMPLES, after, possible

AT = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)


def places(beats: tuple[Beat, ...]) -> list[object]:
    """What happened where and when, times that only pass apart."""
    return [
        (one.number, one.known.at, one.visit and (one.visit.flow, one.visit.block))
        for one in beats
        if not isinstance(one.deed, Advance)
    ]


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_it_goes_on_from_any_beat(data: st.DataObject) -> None:
    flow = data.draw(st.sampled_from([*SAMPLES, HOSTILE]))
    project, begun = Project.of(flow), Given(wrote=timedelta(0))
    deeds: list[Deed] = []
    for _ in range(data.draw(st.integers(1, 6))):
        session = after(project, flow, begun, deeds)
        assert session is not None
        deed = data.draw(st.sampled_from(possible(session)))
        if after(project, flow, begun, [*deeds, deed]) is not None:
            deeds.append(deed)
    whole = play(project, flow, begun, deeds)
    assert whole.deeds == tuple(deeds)
    Seen(whole, whole.beats)
    if not whole.beats:
        return
    beat = data.draw(st.integers(0, len(whole.beats) - 1))
    again = play(project, flow, begun, whole.up_to(beat))
    assert again.problem is None
    seen = places(whole.beats[: beat + 1])
    assert places(again.beats)[: len(seen)] == seen


def test_what_can_not_be_done_is_left_out_and_said() -> None:
    project = Project.of(HOSTILE)
    made: Play = play(project, HOSTILE, Given(), [Advance(1, AT), Advance(1, AT - timedelta(1))])
    assert made.deeds == (Advance(1, AT),)
    assert str(made.problem) == "This time is over already."
    assert made.session.stage.now == AT


@pytest.mark.parametrize(
    ("name", "at"),
    [
        ("window", datetime(2026, 11, 28, 9, 59, tzinfo=UTC)),
        ("after", datetime(2026, 11, 28, 10, 0, tzinfo=UTC)),
        ("monday", datetime(2026, 11, 30, 8, 0, tzinfo=UTC)),
        ("permission", datetime(2027, 11, 26, 12, 0, tzinfo=UTC)),
    ],
)
def test_the_clock_jumps_to_where_something_ends(name: str, at: datetime) -> None:
    session = after(Project.of(HOSTILE), HOSTILE, Given(), [])
    assert session is not None
    permission = one_time.Permission("1", "shoes", AT, one_time.expires_at(AT))
    stage = session.stage
    known = Known(AT, stage.contact, stage.page, AT - timedelta(hours=2), (permission,))
    found = {jump.name: jump.time for jump in jumps(known, ZoneInfo("Europe/Berlin"))}
    assert found[name] == at


def test_the_clock_does_not_jump_back_nor_for_what_is_used() -> None:
    session = after(Project.of(HOSTILE), HOSTILE, Given(), [])
    assert session is not None
    used = one_time.Permission("1", "shoes", AT, one_time.expires_at(AT), used=True)
    stage = session.stage
    known = Known(AT, stage.contact, stage.page, AT - timedelta(days=2), (used,))
    names = {jump.name for jump in jumps(known, ZoneInfo("UTC"))}
    assert names == {"1h", "23h", "1d", "1w", "monday"}


def why(deeds: list[Deed], *blocks: tuple[str, Block], arrows: tuple[str, ...]) -> dict[str, str]:
    """Why each block went as it did, by what it is called."""
    flow = a_flow(dict(blocks), *arrows)
    return {one.what: one.why for one in told(play(Project.of(flow), flow, Given(), deeds))}


def test_a_decision_is_told_with_what_was_asked_and_how_it_went_on() -> None:
    test = FieldTest(field="size", operator="is", value="42")
    found = why(
        [Me(1, "hello")],
        ("start", START),
        ("ask", Condition(title="Their size?", tests=(test,))),
        ("say", say().model_copy(update={"title": "Other"})),
        arrows=("start > ask", "ask.no > say"),
    )
    assert found["Their size?"] == "Size is “42”\N{NO-BREAK SPACE}· Went on by “No”"
    assert found["Other"] == "Sent within the 24 hours"


def test_an_answer_to_a_comment_needs_no_window() -> None:
    found = why(
        [Start(1, "start")],
        ("start", Comment(keywords=("size",))),
        ("say", say().model_copy(update={"title": "Answer"})),
        arrows=("start > say",),
    )
    assert found["Answer"] == "Sent as the answer to a comment"
