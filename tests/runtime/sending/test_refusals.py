"""What becomes of a message, its permission, its contact and the Page at every refusal there is."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from otn_studio.messenger.errors import GraphError, reaction_to
from otn_studio.messenger.graph import Refused
from otn_studio.runtime.broadcasting.announcing import announce_text, people
from otn_studio.storage.tables import contact, send
from tests.interpreter.flows import ASKING, TOPIC, flow, keyword, says
from tests.runtime.conftest import ONE_MACHINE
from tests.runtime.far_end import PAGE, lost

HOSTS = (ONE_MACHINE,)

GREETING = flow({"s": keyword("hi"), "m": says("Hello")}, "s.next > m", id="greeting")

FINAL_TOO_LATE = ("failed", "too_late", True, False, None)
FINAL_STOPPED = ("failed", "stopped", False, False, None)
FINAL_REQUEST = ("failed", "request_limit", True, False, None)
FINAL_SPENT = ("failed", "refused", False, False, None)
FINAL_UNKNOWN = ("failed", "refused", True, False, None)
LEFT = ("failed", "unreachable", False, True, None)
LATER = ("due", None, False, False, None)
ALL_LATER = ("due", None, False, False, "busy")
BAD_TOKEN = ("due", None, False, False, "token")
RESTRICTED = ("due", None, False, False, "restricted")
HAND_OVER = ("due", "other_app", False, False, None)
# code, sub-code, HTTP status → the message's state and reason, whether its permission can be used for
# another one, whether its contact has left, why the Page is stopped
TABLE = [
    (10, 2018278, 400, FINAL_TOO_LATE),
    (10, 2534022, 400, FINAL_TOO_LATE),
    (10, 2018065, 400, FINAL_TOO_LATE),
    (4, 2018354, 400, LATER),
    (9, 2018352, 400, FINAL_REQUEST),
    (10, 1893015, 400, FINAL_STOPPED),
    (10, 1404170, 400, RESTRICTED),
    (10, 1893063, 400, RESTRICTED),
    (613, 1893016, 400, FINAL_REQUEST),
    (100, None, 400, FINAL_SPENT),
    (100, 2018001, 400, FINAL_SPENT),
    (100, 2018008, 400, FINAL_SPENT),
    (100, 2018047, 400, FINAL_SPENT),
    (100, 2018074, 400, FINAL_SPENT),
    (551, None, 400, LEFT),
    (551, 1545041, 400, LEFT),
    (200, 1545041, 400, LEFT),
    (4, None, 400, ALL_LATER),
    (32, None, 400, ALL_LATER),
    (613, None, 400, ALL_LATER),
    (613, 2018338, 400, ALL_LATER),
    (613, 2534040, 400, ALL_LATER),
    (80006, None, 400, ALL_LATER),
    (None, None, 429, ALL_LATER),
    (1200, None, 400, LATER),
    (2, None, 500, LATER),
    (-1, None, 400, LATER),
    (None, None, 503, LATER),
    (190, None, 400, BAD_TOKEN),
    (190, 460, 401, BAD_TOKEN),
    (10, 2018300, 400, HAND_OVER),
    (10, 2018321, 400, HAND_OVER),
    (2018300, None, 400, HAND_OVER),
    (2018321, None, 400, HAND_OVER),
    (368, None, 400, FINAL_UNKNOWN),
    (None, None, 404, FINAL_UNKNOWN),
]


def refusal(code, subcode, status, retry_after=None):
    reaction = reaction_to(status, code, subcode)
    return Refused(GraphError(code, subcode, "said Messenger", reaction, retry_after))


def held(shop) -> int:
    return people(shop.database, PAGE, TOPIC, shop.clock.now())


def announce(shop, *answers) -> None:
    shop.publish(ASKING)
    shop.write("restock")
    shop.opts_in("t-1")
    shop.far_end.texts()
    shop.far_end.will_answer(*answers)
    announce_text(shop.database, PAGE, TOPIC, "It is back", shop.clock.now())
    shop.settle()


def has_left(shop) -> bool:
    with shop.database.reading() as connection:
        return connection.scalar(select(contact.c.unreachable_at)) is not None


@pytest.mark.parametrize(("code", "subcode", "status", "outcome"), TABLE)
def test_every_row_of_the_table(shop, code, subcode, status, outcome):
    announce(shop, refusal(code, subcode, status))
    state, reason = shop.sends()[-1]
    stopped = shop.engine.health()["stopped_kind"]
    assert (state, reason, held(shop) == 1, has_left(shop), stopped) == outcome
    assert shop.far_end.texts() == ["It is back"]


@pytest.mark.parametrize(("code", "subcode", "status", "outcome"), TABLE)
def test_what_waits_goes_in_the_end_and_what_failed_never(shop, code, subcode, status, outcome):
    announce(shop, refusal(code, subcode, status))
    shop.far_end.texts()
    for _ in range(3):
        shop.advance(hours=2)
    if outcome[0] == "due":
        assert shop.sends()[-1] == ("sent", None)
        assert shop.far_end.texts() == ["It is back"]
        assert shop.engine.health()["stopped_kind"] is None
    else:
        assert shop.sends()[-1] == outcome[:2]
        assert shop.far_end.texts() == []


@pytest.mark.parametrize(("code", "subcode", "status", "outcome"), TABLE)
def test_after_an_attempt_that_nobody_saw_no_refusal_makes_it_failed(
    shop, code, subcode, status, outcome
):
    """It may have been delivered; only a token that is used up says that it was."""
    announce(shop, lost(), refusal(code, subcode, status))
    shop.advance(minutes=10)
    state, reason = shop.sends()[-1]
    assert (state, reason) == ("sent", "presumed") if code == 100 else state == "unknown"


def test_how_many_of_a_day_went_or_failed_is_counted(shop):
    shop.publish(GREETING)
    shop.far_end.will_answer(refusal(100, None, 400), lost())
    for _ in range(4):
        shop.write("hi")
    counts = {"sent": 2, "failed": 1, "unknown": 1}
    assert shop.engine.health()["sends_of_last_day"] == counts
    shop.advance(hours=24)
    assert shop.engine.health()["sends_of_last_day"] == dict.fromkeys(counts, 0)


def test_a_message_waits_for_the_hand_over_and_says_so_once(shop):
    shop.publish(GREETING)
    shop.far_end.will_answer(*[refusal(10, 2018300, 400)] * 3)
    shop.write("hi")
    for _ in range(2):
        shop.advance(hours=1)
    assert shop.sends() == [("due", "other_app")]
    note = "Another app leads the conversation: the message waits for the hand-over"
    assert shop.notes().count(note) == 1


def test_the_hand_over_ends_the_waiting_at_once_and_in_order(shop):
    shop.publish(GREETING, flow({"s": keyword("yo"), "m": says("1", "2")}, "s.next > m", id="two"))
    shop.far_end.will_answer(refusal(10, 2018300, 400))
    shop.write("yo")
    shop.write("hi")
    assert shop.sends() == [("due", "other_app"), ("due", None), ("due", None)]
    shop.far_end.texts()
    shop.arrives("handover", {"pass_thread_control": {"new_owner_app_id": "2"}})
    assert shop.far_end.texts() == ["1", "2", "Hello"]
    assert {state for state, _ in shop.sends()} == {"sent"}


def test_a_hand_over_that_comes_too_late_is_too_late_for_the_message(shop):
    shop.publish(GREETING)
    shop.far_end.will_answer(*[refusal(10, 2018300, 400)] * 40)
    shop.write("hi")
    for _ in range(25):
        shop.advance(hours=1)
    assert shop.sends() == [("failed", "too_late")]


def test_messages_wait_longer_after_every_attempt_and_never_equally_long(shop):
    shop.publish(GREETING)
    shop.far_end.will_answer(*[refusal(2, None, 500)] * 60)
    waits = []
    for person in ("ann", "bob"):
        shop.write("hi", person)
    for _ in range(12):
        with shop.database.reading() as connection:
            dues = connection.scalars(select(send.c.due_at).order_by(send.c.id)).all()
        waits.append([due - shop.clock.now() for due in dues])
        shop.advance(seconds=(max(dues) - shop.clock.now()).total_seconds() + 0.001)
    firsts, lasts = waits[0], waits[-1]
    assert all(timedelta(seconds=0.5) <= wait <= timedelta(seconds=1) for wait in firsts)
    assert all(timedelta(minutes=2) <= wait <= timedelta(minutes=5) for wait in lasts)
    assert firsts[0] != firsts[1]
