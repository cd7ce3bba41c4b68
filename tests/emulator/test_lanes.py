import threading

import pytest

from otn_studio.emulator.lanes import Lanes


class Watch:
    """Seconds that pass when they are told to, in eighths so that sums are exact."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def lanes(watch: Watch) -> Lanes:
    return Lanes(watch)


def test_a_persons_events_go_one_after_the_other(lanes):
    lanes.put("ana", b"1")
    lanes.put("ana", b"2")
    first = lanes.take_due()
    assert first.body == b"1"
    assert lanes.take_due() is None
    lanes.done(first)
    assert lanes.take_due().body == b"2"


def test_nobody_waits_for_another_persons_failing_event(lanes):
    for person, body in (("ana", b"a1"), ("ana", b"a2"), ("ben", b"b1")):
        lanes.put(person, body)
    lanes.again(lanes.take_due())
    assert lanes.take_due().body == b"b1"
    assert lanes.take_due() is None


def test_a_failing_event_is_tried_at_growing_distances_of_at_most_two_seconds(lanes, watch):
    lanes.put("ana", b"1")
    lanes.put("ana", b"2")
    for delay in (0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 2, 2, 2):
        job = lanes.take_due()
        assert job.body == b"1"
        watch.seconds = 0.0
        lanes.again(job)
        watch.seconds = delay - 0.001
        assert lanes.take_due() is None
        watch.seconds = delay


def test_a_repeat_comes_later_out_of_order_and_is_retried_too(lanes, watch):
    lanes.put("ana", b"1", repeats=(0.25, 0.5))
    lanes.put("ana", b"2")
    first = lanes.take_due()
    watch.seconds = 10.0
    assert lanes.take_due() is None, "a repeat never comes before its event was answered"
    lanes.done(first)
    second = lanes.take_due()
    assert second.body == b"2"
    watch.seconds = 10.25
    repeat = lanes.take_due()
    assert repeat.body == b"1"
    lanes.again(repeat)
    watch.seconds = 10.5
    assert [lanes.take_due().body, lanes.take_due().body] == [b"1", b"1"]
    assert lanes.take_due() is None


def test_waiting_counts_what_was_not_answered_yet(lanes, watch):
    assert lanes.waiting == 0
    lanes.put("ana", b"1", repeats=(0.25,))
    lanes.put("ana", b"2")
    assert lanes.waiting == 2
    job = lanes.take_due()
    assert lanes.waiting == 2
    lanes.again(job)
    assert lanes.waiting == 2
    watch.seconds = 1.0
    lanes.done(lanes.take_due())
    assert lanes.waiting == 2, "the second event and the repeat of the first"
    watch.seconds = 2.0
    lanes.done(lanes.take_due())
    lanes.done(lanes.take_due())
    assert lanes.waiting == 0


def test_what_is_dropped_comes_at_once_marked_and_without_repeats(lanes, watch):
    lanes.put("ana", b"1", repeats=(0.25,))
    lanes.put("ana", b"2")
    lanes.put("ben", b"3")
    failing = lanes.take_due()
    lanes.again(lanes.take_due())
    lanes.drop()
    lanes.again(failing)
    for _ in range(3):
        job = lanes.take_due()
        assert (job.dropped, job.repeats) == (True, ())
        lanes.done(job)
    assert lanes.waiting == 0
    lanes.put("ana", b"4")
    assert not lanes.take_due().dropped


def test_taking_waits_until_there_is_something_or_the_end():
    lanes, taken = Lanes(), []
    worker = threading.Thread(target=lambda: taken.extend(iter(lanes.take, None)), daemon=True)
    worker.start()
    lanes.put("ana", b"1")
    lanes.put("ben", b"2")
    lanes.close()
    worker.join(5)
    assert not worker.is_alive()
    assert {job.body for job in taken} <= {b"1", b"2"}


def test_taking_wakes_up_for_a_job_that_is_due_later():
    lanes = Lanes()
    lanes.put("ana", b"1")
    lanes.again(lanes.take())
    assert lanes.take().tries == 1
