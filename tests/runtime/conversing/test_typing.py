"""A typing pause holds up what comes after it, and nothing else ever does."""

import pytest

from otn_studio.blocks.elements.text import Text
from otn_studio.blocks.elements.typing_pause import TypingPause
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.messenger.graph import Accepted, NotReached
from tests.interpreter.flows import flow, keyword, says
from tests.runtime.far_end import lost, refused

PAUSING = SendMessage(
    elements=[
        Text(id="one", text="One moment"),
        TypingPause(id="pause", seconds=4),
        Text(id="two", text="Found it"),
        TypingPause(id="again", seconds=6),
        Text(id="three", text="Here it is"),
    ]
)
FLOW = flow({"s": keyword("hi"), "m": PAUSING, "n": says("Bye")}, "s.next > m", "m.next > n")


def test_what_follows_comes_when_it_is_time(shop):
    shop.publish(FLOW)
    shop.write("hi")
    assert shop.far_end.texts() == ["One moment", "typing_on"]
    shop.advance(seconds=3)
    assert shop.far_end.texts() == []
    shop.advance(seconds=1)
    assert shop.far_end.texts() == ["Found it", "typing_on"]
    shop.advance(seconds=6)
    assert shop.far_end.texts() == ["Here it is", "Bye"]
    assert shop.sends() == [("sent", None)] * 6


@pytest.mark.parametrize("answer", [lost(), NotReached("no network"), refused(2), refused(100)])
def test_a_sign_that_does_not_go_holds_up_nothing(shop, answer):
    shop.publish(FLOW)
    shop.far_end.will_answer(Accepted("m", ""), answer)
    shop.write("hi")
    shop.advance(seconds=4)
    shop.advance(seconds=6)
    assert shop.far_end.texts().count("typing_on") == 2
    assert shop.sends() == [("sent", None), ("failed", "sign"), *[("sent", None)] * 4]


def test_an_engine_that_dies_meanwhile_goes_on_with_the_pause(shop):
    shop.publish(FLOW)
    shop.write("hi")
    shop.far_end.texts()
    shop.engine.stop()
    shop.start()
    shop.settle()
    assert shop.far_end.texts() == []
    shop.advance(seconds=10)
    assert shop.far_end.texts() == ["Found it", "typing_on"]
    shop.advance(seconds=6)
    assert shop.far_end.texts() == ["Here it is", "Bye"]


def test_a_sign_that_comes_late_is_seen_as_long(shop):
    shop.publish(FLOW)
    shop.far_end.will_answer(refused(613))
    shop.write("hi")
    assert shop.far_end.texts() == ["One moment"]
    shop.advance(minutes=5)
    assert shop.far_end.texts() == ["One moment", "typing_on"]
    shop.advance(seconds=3)
    assert shop.far_end.texts() == []
    shop.advance(seconds=1)
    assert shop.far_end.texts() == ["Found it", "typing_on"]
