"""The limits a second: never passed, and nearly reached while there is work."""

from hypothesis import given, settings
from hypothesis import strategies as st

from otn_studio.runtime.sending.pacing import WINDOW, Pace, Paces

SECOND = 1.0
steps = st.lists(
    st.tuples(st.floats(0.0, 0.7), st.integers(0, 400)),
    min_size=1,
    max_size=60,
)


def most_in_a_second(taken: list[tuple[float, int]]) -> int:
    return max(
        sum(count for at, count in taken if begin <= at < begin + SECOND) for begin, _ in taken
    )


@settings(deadline=None)
@given(st.integers(1, 300), steps)
def test_no_second_ever_has_more_than_the_limit(limit, steps):
    pace, at, taken = Pace(limit), 1_000.0, []
    for after, wanted in steps:
        at += after
        count = min(wanted, pace.room(at))
        pace.take(count, at)
        taken.append((at, count))
    assert most_in_a_second(taken) <= limit


@settings(deadline=None)
@given(st.integers(1, 300), steps, st.floats(0.0, 0.1))
def test_not_even_where_calls_are_chosen_before_they_may_be_made(limit, steps, ahead):
    pace, at, taken = Pace(limit), 1_000.0, []
    for after, wanted in steps:
        at += after
        count = min(wanted, pace.room(at + ahead))
        goes_at = pace.opens(count, at)
        assert at <= goes_at <= at + ahead
        pace.take(count, goes_at)
        taken.append((goes_at, count))
    assert most_in_a_second(taken) <= limit


@settings(deadline=None, max_examples=30)
@given(st.integers(1, 300), st.integers(1, 60), st.floats(0.0, 0.05))
def test_while_there_is_work_the_limit_is_nearly_reached(limit, batch, late):
    """``late``: how long it takes until whoever waits for room has noticed that there is some."""
    pace, at, sent = Pace(limit), 0.0, 0
    while at < 30.0:
        count = min(batch, pace.room(at))
        if count == 0:
            at += pace.wait(at) + late + 1e-6
            continue
        pace.take(count, at)
        sent += count
    assert sent >= limit * 30 / (WINDOW + late) * 0.98


@given(st.integers(1, 300))
def test_whoever_waits_as_long_as_told_finds_room(limit):
    pace = Pace(limit)
    pace.take(limit, 5.0)
    assert pace.room(5.0) == 0
    assert pace.room(5.0 + pace.wait(5.0) + 1e-9) == limit
    assert Pace(limit).wait(7.0) == 0.0


def test_a_few_calls_of_every_second_are_kept_for_those_who_wait():
    paces = Paces(300)
    room = paces.room(0.0, calls=32, batches=8)
    assert (room.texts, room.broadcast, room.media) == (300, 295, 10)
    paces.take(room.broadcast, 0, 0.0)
    room = paces.room(0.5, calls=32, batches=8)
    assert (room.texts, room.broadcast) == (5, 0)
    assert paces.wait(0.5) == WINDOW - 0.5


def test_audio_and_video_have_a_limit_of_their_own():
    paces = Paces(300)
    paces.take(0, 10, 0.0)
    room = paces.room(0.1, calls=32, batches=8)
    assert (room.texts, room.media) == (300, 0)
    assert paces.wait(0.1) == WINDOW - 0.1
    assert paces.room(1.1, calls=32, batches=8).media == 10
