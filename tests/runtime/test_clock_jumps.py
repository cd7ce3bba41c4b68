"""A laptop that slept for two days, and a clock that was set: judged anew, and nothing twice."""

from otn_studio.blocks.logic.wait import Wait
from tests.interpreter.flows import flow, keyword, says
from tests.runtime.far_end import refused

GREETING = flow({"s": keyword("hi"), "m": says("Hello")}, "s.next > m", id="greeting")
WAITS = flow(
    {"s": keyword("wait"), "w": Wait(for_="20 hours"), "m": says("Still there?")},
    "s.next > w",
    "w.next > m",
    id="waits",
)


def test_what_fell_due_while_the_computer_slept_is_judged_anew_and_not_blindly_sent(shop):
    shop.publish(WAITS)
    shop.write("wait")
    shop.clock.advance(days=2)
    shop.wait_until(lambda: any("24 hours" in note for note in shop.notes()))
    shop.settle()
    assert shop.far_end.texts() == []


def test_what_was_to_be_tried_again_when_it_fell_asleep_fails_with_its_reason(shop):
    shop.publish(GREETING)
    shop.far_end.will_answer(refused(2))
    shop.write("hi")
    shop.far_end.texts()
    shop.clock.advance(days=2)
    shop.wait_until(lambda: shop.sends() == [("failed", "too_late")])
    assert shop.far_end.texts() == []


def test_a_clock_that_was_set_back_holds_up_nothing_and_doubles_nothing(shop):
    shop.publish(GREETING)
    shop.far_end.will_answer(refused(2), refused(190))
    shop.write("hi", "ann")
    shop.write("hi", "bob")
    shop.clock.advance(days=-3)
    shop.wait_until(lambda: [state for state, _ in shop.sends()] == ["sent", "sent"])
    assert shop.far_end.texts() == ["Hello"] * 4


def test_a_clock_that_was_set_back_while_the_engine_was_off_holds_up_nothing(shop):
    shop.publish(GREETING)
    shop.far_end.will_answer(refused(2))
    shop.write("hi")
    shop.engine.stop()
    shop.clock.advance(days=-3)
    shop.start()
    shop.wait_until(lambda: shop.sends() == [("sent", None)])
