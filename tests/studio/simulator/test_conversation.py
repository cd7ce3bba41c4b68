"""Talking with the flow as it is drawn: at any time, step by step, back, and on from anywhere."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel

from otn_studio.blocks.words import Words
from otn_studio.flow.changes import EditBlock
from tests.builders import say


def asked(hands) -> None:
    """Up to the card."""
    hands.write("hello")
    hands.wait_for("When it is back?")


def agreed(hands) -> None:
    asked(hands)
    hands.desk.press("notify_me.0")
    hands.wait_for("You will hear from us.")


def test_what_one_writes_is_answered_by_the_flow_as_it_is_drawn(hands):
    asked(hands)
    assert [text for text in hands.texts if text][1:4] == [
        "hello",
        "Which size?",
        "When it is back?",
    ]
    assert any(fact.startswith("You can write freely for 24 hours") for fact in hands.facts)


def test_the_canvas_follows_and_is_left_alone_again(hands):
    asked(hands)
    assert hands.lit == {"start", "hello", "ask"}
    hands.desk.press("simulator.leave")
    assert hands.lit == set()


def test_a_yes_is_a_permission_and_time_can_pass_until_it_ends(hands):
    agreed(hands)
    assert any(fact.startswith("Shoes: can be used until ") for fact in hands.facts)
    hands.choose("simulator.later", "When the 24 hours are over")
    hands.desk.bot.waitUntil(
        lambda: "The 24 hours are over: writing now takes a permission." in hands.facts
    )
    hands.choose("simulator.later", "The day before a permission ends")
    hands.choose("simulator.later", "1 day later")
    hands.desk.bot.waitUntil(lambda: "Shoes: ended" in hands.facts)


def test_every_block_says_why_it_went_on_as_it_did(hands):
    agreed(hands)
    assert hands.happened[1] == "Someone writes “hello”\n“Shop” started"
    assert "Hello\nSent within the 24 hours" in hands.happened
    assert hands.happened[-1] == "Thanks\nSent within the 24 hours"


def test_one_goes_back_and_on_again_and_acts_from_there_as_if_nothing_had_come_after(hands):
    agreed(hands)
    for _ in range(3):
        hands.desk.press("simulator.back")
    assert "You will hear from us." not in hands.texts
    assert "Which size?" in hands.texts
    hands.desk.press("simulator.run")
    assert "You will hear from us." in hands.texts
    hands.press_row("simulator.happened", 0)
    assert hands.texts[1] == "hello"
    assert "Which size?" not in hands.texts
    hands.write("nonsense")
    hands.wait_for("nonsense")
    assert "You will hear from us." not in hands.texts


def test_step_by_step_it_stops_at_every_block(hands):
    hands.desk.press("simulator.slow")
    hands.write("hello")
    hands.wait_for("hello")
    assert "Which size?" not in hands.texts
    hands.desk.press("simulator.next")
    assert hands.lit == {"start"}
    hands.desk.press("simulator.next")
    assert "Which size?" in hands.texts
    assert hands.lit == {"start", "hello"}


def test_it_stops_where_it_is_told_to(hands):
    hands.desk.click(hands.desk.middle("ask"))
    hands.desk.press("simulator.stop_here")
    assert hands.desk.canvas.scene.stops.blocks == {"ask"}
    hands.write("hello")
    hands.wait_for("When it is back?")
    assert not hands.desk.find("simulator.next").isEnabled()
    hands.desk.click(hands.desk.middle("hello"))
    hands.desk.press("simulator.stop_here")
    hands.write("hello")
    hands.desk.bot.waitUntil(lambda: hands.texts.count("Which size?") == 2)
    assert hands.texts.count("When it is back?") == 1
    hands.desk.press("simulator.run")
    assert hands.texts.count("When it is back?") == 2


def test_it_can_begin_at_any_block(hands):
    hands.desk.click(hands.desk.middle("lonely"))
    hands.desk.press("simulator.begin_here")
    hands.desk.bot.waitUntil(lambda: len(hands.happened) == 2)
    not_sent = "Not sent: the 24 hours since the person last wrote were over"
    assert hands.happened[1] == f"Lonely\n{not_sent}"
    hands.write("nonsense")
    hands.wait_for("nonsense")
    hands.desk.press("simulator.begin_here")
    hands.wait_for("Nobody leads here.")


def test_somebody_else_talks(hands):
    who = hands.desk.find("simulator.who")
    assert isinstance(who, QComboBox)
    who.setFocus()
    who.setCurrentIndex(who.findText("Ann, who said yes to everything yesterday"))
    hands.desk.press("simulator.start_over")
    hands.desk.bot.waitUntil(lambda: any(f.startswith("Shoes: can be used") for f in hands.facts))


def test_the_conversation_follows_what_is_drawn(hands):
    asked(hands)
    hands.desk.press("simulator.leave")
    changed = say("What size?").model_copy(update={"title": "Hello"})
    hands.desk.document.do(EditBlock("hello", changed), Words("Edit"))
    hands.desk.press("simulator")
    hands.wait_for("What size?")
    assert "Which size?" not in hands.texts


def test_what_is_drawn_meanwhile_holds_at_once(hands):
    asked(hands)
    hands.desk.click(hands.desk.middle("hello"))
    hands.desk.key(Qt.Key.Key_Delete)
    hands.desk.bot.waitUntil(lambda: "Which size?" not in hands.texts)
    assert hands.lit == {"start"}
    hands.desk.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    hands.wait_for("Which size?")
    assert hands.lit == {"start", "hello", "ask"}


def test_what_can_not_be_is_said(hands):
    hands.choose("practice.more", "Someone writes “hello”")
    hands.wait_for("When it is back?")
    hands.desk.press("notify_me.0")
    hands.wait_for("You will hear from us.")
    problem = hands.desk.window.findChild(QLabel, "simulator.problem")
    assert not problem.isVisible()
    play = hands.desk.window.builder.simulator.simulation
    play.do(play.play.button("Gone", ""))
    hands.desk.bot.waitUntil(lambda: problem.isVisible())
    assert problem.text() == "There is nothing of that kind to tap or to stop."


def test_a_yes_can_come_from_elsewhere_and_a_heart_opens_the_24_hours(hands):
    hands.choose("practice.more", "Say yes to “Shoes” elsewhere")
    hands.wait_for("Said yes to “Shoes” elsewhere")
    assert any(fact.startswith("Shoes: can be used until ") for fact in hands.facts)
    hands.choose("practice.more", "Put a heart on the last message")
    hands.wait_for("Reacted with ❤")
    assert "You can write freely for 24 hours" in hands.facts
