from datetime import UTC, datetime

import pytest

from otn_studio.blocks.duration import Duration
from otn_studio.blocks.logic.wait import Wait
from otn_studio.blocks.turn import Contact, Sleep, Turn


@pytest.mark.parametrize(
    ("written", "until"),
    [
        ("1 minute", "2028-02-29T23:31:00"),
        ("24 hours", "2028-03-01T23:30:00"),
        ("1 day", "2028-03-01T23:30:00"),
        ("2 weeks", "2028-03-14T23:30:00"),
    ],
)
def test_it_sleeps_for_its_time_counted_in_utc(written, until):
    now = datetime(2028, 2, 29, 23, 30, tzinfo=UTC)
    step = Wait(for_=Duration.read(written)).step(Turn(now, Contact("ann")))
    assert step.then == Sleep(datetime.fromisoformat(until).replace(tzinfo=UTC), "next")


def test_it_pauses_so_a_loop_through_it_is_not_at_once():
    assert Wait.kind.pauses


def test_its_time_is_called_for_in_the_file_and_kept_as_it_was_written():
    assert Wait.read({"type": "wait", "for": "24 hours"}).written() == {
        "type": "wait",
        "title": "",
        "for": "24 hours",
    }
