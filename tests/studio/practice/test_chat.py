"""The practice chat: playing a person, while nothing blocks and nothing gets lost."""

import threading
import time
from datetime import timedelta

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel

from otn_studio.blocks.words import Problem
from otn_studio.studio.phone import times
from otn_studio.studio.phone.bubbles import GoOn, Line, OptIn, Replies, Said
from otn_studio.studio.practice import chat as chat_module
from tests.studio.practice.fakes import NINE

ANSWER = Said(text="Which size?")
REPLIES = Replies(titles=("41", "42"))
DOWN = "The practice does not answer."


@pytest.fixture(autouse=True)
def _hurry(monkeypatch):
    monkeypatch.setattr(chat_module, "LOOK_MILLISECONDS", 30)


def written(text, **more):
    return Said(text=text, by_person=True, **more)


def test_it_says_that_nothing_reaches_a_real_person(hands):
    texts = [label.text() for label in hands.chat.findChildren(QLabel)]
    assert "Practice: nothing here reaches a real person." in texts


def test_what_one_writes_is_answered(hands):
    hands.write("restock")
    assert hands.line.text() == ""
    hands.wait_for(ANSWER)
    assert written("restock") in hands.bubbles
    assert REPLIES in hands.bubbles


def test_what_is_written_can_be_a_comment_below_a_post(hands, practice):
    hands.qtbot.keyClicks(hands.line, "Which size?")
    hands.choose("Write it below a post, as a comment")
    hands.wait_for(Said(text="Thanks for the comment"))
    assert hands.line.text() == ""
    assert Line(text="Comments “Which size?” below a post") in hands.bubbles
    assert practice.calls == ["comment Which size?"]


def test_a_comment_that_could_not_be_written_is_given_back(hands, practice):
    practice.troubles["comment"] = Problem(DOWN)
    hands.qtbot.keyClicks(hands.line, "Which size?")
    hands.choose("Write it below a post, as a comment")
    hands.wait_until_told(DOWN)
    assert hands.line.text() == "Which size?"


def test_without_words_there_is_no_comment_to_write(hands, practice):
    hands.choose("Write it below a post, as a comment")
    QApplication.activePopupWidget().close()
    assert practice.calls == []


def test_the_pages_menu_is_tapped(hands, practice):
    practice.choices = ("Talk to us", "Returns & more")
    hands.write("hi")
    hands.wait_for(ANSWER)
    hands.choose("Returns && more")
    hands.wait_for(Said(text="You chose Returns & more"))
    assert practice.calls[-1] == "choose Returns & more"


def test_send_does_what_enter_does_and_nothing_is_not_sent(hands, practice):
    hands.press("practice.send")
    hands.qtbot.keyClicks(hands.line, "  ")
    hands.press("practice.send")
    hands.line.clear()
    hands.qtbot.keyClicks(hands.line, "restock ")
    hands.press("practice.send")
    hands.wait_for(ANSWER)
    assert practice.calls == ["write restock"]


def test_a_quick_reply_and_the_card_are_tapped_on_the_phone(hands, practice):
    hands.write("restock")
    hands.wait_for(REPLIES)
    hands.press("tap.42")
    hands.wait_for(OptIn(title="Size 42"))
    assert REPLIES not in hands.bubbles
    hands.press("notify_me.0")
    hands.wait_for(OptIn(title="Size 42", tapped=True))
    assert Line(text="Ann opted in to “Blue sneakers”") in hands.bubbles
    assert practice.calls == ["write restock", "tap 42", "notify_me 0"]


def test_every_card_that_was_not_tapped_can_be_tapped_days_later_too(hands, practice):
    practice.ask("The first")
    practice.ask("The second", topic="Concerts")
    hands.wait_for(OptIn(title="The second", index=1))
    hands.press("practice.later.3d")
    hands.qtbot.waitUntil(lambda: hands.clock == times.full(NINE + timedelta(days=3)))
    hands.press("notify_me.0")
    hands.wait_for(Line(text="Ann opted in to “Blue sneakers”"))
    hands.press("notify_me.1")
    hands.wait_for(Line(text="Ann opted in to “Concerts”"))
    assert practice.calls[1:] == ["notify_me 0", "notify_me 1"]


def test_two_quick_presses_on_notify_me_are_one(hands, practice):
    hands.write("restock")
    hands.wait_for(REPLIES)
    hands.press("tap.42")
    hands.wait_for(OptIn(title="Size 42"))
    card = hands.button("notify_me.0")
    card.click()
    card.click()
    hands.wait_for(OptIn(title="Size 42", tapped=True))
    assert practice.calls.count("notify_me 0") == 1
    assert hands.problem == ""


@pytest.mark.parametrize(("name", "days"), [("3h", 0.125), ("1d", 1.0), ("3d", 3.0)])
def test_time_passes(hands, practice, name, days):
    assert hands.clock == times.full(NINE)
    hands.press(f"practice.later.{name}")
    hands.qtbot.waitUntil(lambda: hands.clock == times.full(NINE + timedelta(days=days)))
    assert practice.calls == [f"pass_time {days}"]


def test_what_the_page_writes_by_itself_appears(hands, practice):
    practice.receive("They are back!")
    hands.wait_for(Said(text="They are back!"))


def test_starting_over_brings_somebody_new_and_asks_nothing(hands, practice):
    hands.write("restock")
    hands.wait_for(ANSWER)
    hands.press("practice.start_over")
    hands.qtbot.waitUntil(lambda: hands.bubbles == [])
    hands.qtbot.waitUntil(lambda: hands.chat.phone.calm.startswith("Write something"))
    hands.write("hello")
    hands.wait_for(Line(text="You can write to Ben freely for 24 hours"))
    hands.press("practice.start_over")
    hands.qtbot.waitUntil(lambda: practice.people == ["Ben", "Chloé"])


def test_a_slow_practice_does_not_stop_the_window(hands, practice):
    practice.hold()
    hands.write("restock")
    beats = []
    heart = QTimer(interval=10)
    heart.timeout.connect(lambda: beats.append(time.monotonic()))
    heart.start()
    hands.qtbot.wait(300)
    heart.stop()
    assert len(beats) > 10
    assert written("restock", pending=True) in hands.bubbles
    assert hands.clock == "Sending…"
    assert hands.button("practice.later.1d").property("busy") is True
    practice.let_go()
    hands.wait_for(ANSWER)
    assert written("restock", pending=True) not in hands.bubbles
    assert hands.clock == times.full(NINE)
    assert hands.button("practice.later.1d").property("busy") is False


def test_what_is_quick_does_not_flicker(hands, monkeypatch):
    seen = []
    clock = hands.chat.findChild(QLabel, "practice.clock")
    monkeypatch.setattr(clock, "setText", lambda text: seen.append(text))
    hands.write("restock")
    hands.wait_for(ANSWER)
    assert set(seen) == {times.full(NINE)}


def test_calls_come_one_at_a_time_and_never_on_the_thread_of_the_window(hands, practice):
    practice.hold()
    looks = practice.looks
    hands.qtbot.waitUntil(lambda: practice.looks > looks)
    hands.write("one")
    hands.qtbot.wait(50)
    practice.let_go()
    hands.wait_for(written("one"))
    assert practice.most_at_once == 1
    assert threading.get_ident() not in practice.threads


def test_what_is_written_meanwhile_is_sent_afterwards(hands, practice):
    practice.hold()
    hands.write("one")
    hands.write("two")
    hands.press("practice.later.1d")
    assert hands.line.text() == "two"
    practice.let_go()
    hands.wait_for(written("two"))
    hands.qtbot.waitUntil(lambda: practice.calls == ["write one", "write two"])
    assert hands.line.text() == ""


def test_a_message_that_failed_is_given_back_and_can_be_tried_again(hands, practice):
    practice.troubles["write"] = Problem(DOWN)
    hands.write("restock")
    hands.wait_until_told(DOWN)
    assert hands.line.text() == "restock"
    assert hands.bubbles == []
    looks = practice.looks
    hands.qtbot.waitUntil(lambda: practice.looks > looks + 1)
    assert hands.problem == DOWN, "a look that works does not hide it"
    practice.troubles.clear()
    hands.press("practice.try_again")
    hands.wait_for(ANSWER)
    assert hands.problem == ""
    assert hands.line.text() == ""


def test_another_act_that_failed_can_be_tried_again(hands, practice):
    practice.troubles["pass_time"] = Problem(DOWN)
    hands.press("practice.later.3d")
    hands.wait_until_told(DOWN)
    practice.troubles.clear()
    hands.press("practice.try_again")
    hands.qtbot.waitUntil(lambda: hands.clock == times.full(practice.now) != times.full(NINE))
    assert hands.problem == ""


def test_a_look_that_failed_recovers_by_itself(hands, practice):
    practice.troubles["look"] = Problem(DOWN)
    hands.wait_until_told(DOWN)
    practice.troubles.clear()
    hands.wait_until_told("")


def test_an_act_that_worked_is_not_done_twice_because_its_look_failed(hands, practice):
    practice.troubles["look"] = Problem(DOWN)
    hands.write("restock")
    hands.wait_until_told(DOWN)
    practice.troubles.clear()
    if hands.problem:
        hands.press("practice.try_again")
    hands.wait_for(ANSWER)
    assert practice.calls == ["write restock"]


def test_what_nobody_foresaw_is_one_sentence_too(hands, practice, caplog):
    practice.troubles["look"] = OSError("errno 104 in frame 7")
    hands.qtbot.waitUntil(lambda: hands.problem != "")
    assert "errno" not in hands.problem
    assert "errno 104" in caplog.text


def test_hidden_it_does_not_look_and_shown_again_it_does(hands, practice):
    hands.qtbot.waitUntil(lambda: hands.chat.is_looking)
    hands.chat.hide()
    assert not hands.chat.is_looking
    hands.qtbot.wait(50)
    looks = practice.looks
    hands.qtbot.wait(150)
    assert practice.looks == looks
    assert not hands.chat.is_looking
    hands.chat.show()
    hands.qtbot.waitUntil(lambda: practice.looks > looks)


def test_a_look_that_ends_after_it_was_hidden_starts_no_timer(hands, practice):
    practice.hold()
    looks = practice.looks
    hands.qtbot.waitUntil(lambda: practice.looks > looks)
    hands.chat.hide()
    practice.let_go()
    hands.qtbot.wait(100)
    assert not hands.chat.is_looking


def test_closed_it_does_not_look(hands, practice):
    hands.chat.window().close()
    assert not hands.chat.is_looking


def test_a_recurring_topic_is_taken_stopped_and_wanted_again(hands, practice):
    practice.ask_weekly("Deals every week")
    card = OptIn(title="Deals every week", lasting=True, button="Get updates")
    hands.wait_for(card)
    hands.press("notify_me.0")
    hands.wait_for(Line(text="Ann opted in to “Weekly deals”"))
    assert hands.button("practice.kept.0").accessibleName() == "Stop “Weekly deals”"
    hands.press("practice.kept.0")
    hands.wait_for(Line(text="Stopped “Weekly deals”"))
    hands.press("practice.kept.0")
    hands.wait_for(Line(text="Wants “Weekly deals” again"))
    assert practice.calls[1:] == ["stop Deals every week", "resume Deals every week"]


def test_a_recurring_topic_that_has_ended_can_t_be_stopped(hands, practice):
    practice.ask_weekly("Deals every week")
    hands.wait_for(OptIn(title="Deals every week", lasting=True, button="Get updates"))
    hands.press("notify_me.0")
    hands.wait_for(Line(text="Ann opted in to “Weekly deals”"))
    assert hands.shows("practice.kept.0")
    practice.end("Deals every week")
    hands.qtbot.waitUntil(lambda: not hands.shows("practice.kept.0"))


def test_messenger_s_own_question_is_answered_on_the_phone(hands, practice):
    practice.ask_again("Deals every week")
    hands.wait_for(GoOn(title="Deals every week", button="Continue messages"))
    hands.press("go_on.0")
    hands.wait_for(Line(text="Let “Deals every week” go on"))
    assert practice.calls == ["go_on 0"]
