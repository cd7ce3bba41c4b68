"""A conversation is kept as a test, all tests run, a failing one says why and plays."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog

from otn_studio.blocks.words import Words
from otn_studio.checks.conversations import reading
from otn_studio.flow.changes import EditBlock
from tests.builders import say
from tests.studio.simulator.hands import rows


def kept(hands, name: str = "It asks for the size") -> None:
    """A conversation as a test, and its result."""
    hands.write("hello")
    hands.wait_for("When it is back?")
    hands.desk.press("simulator.keep")
    hands.desk.type("keep_test.name", name)
    hands.desk.key(Qt.Key.Key_Return, on="keep_test.name")
    hands.desk.bot.waitUntil(lambda: not dialogs(hands))
    hands.desk.press("simulator_1")
    hands.desk.bot.waitUntil(lambda: "1 test" in summary(hands))


def dialogs(hands) -> list[QDialog]:
    return [one for one in hands.desk.window.findChildren(QDialog) if one.isVisible()]


def summary(hands) -> str:
    return hands.desk.find("tests.summary").text()


def say_another(hands) -> None:
    another = say("What size?").model_copy(update={"title": "Hello"})
    hands.desk.document.do(EditBlock("hello", another), Words("Edit"))


def test_a_conversation_is_kept_beside_the_flow_and_passes(hands):
    kept(hands)
    assert summary(hands) == "1 test, none failed."
    assert rows(hands.desk, "tests.list") == ["It asks for the size"]
    (conversation,) = reading.load(reading.path_beside(hands.path)).conversations
    assert conversation.name == "It asks for the size"
    text = reading.path_beside(hands.path).read_text()
    assert (
        "- me: hello\n      - bot:\n          - Which size?\n          - When it is back?\n" in text
    )


def test_another_one_is_put_at_the_end(hands):
    kept(hands)
    hands.desk.press("simulator_0")
    hands.desk.press("notify_me.0")
    hands.wait_for("You will hear from us.")
    hands.desk.press("simulator.keep")
    hands.desk.type("keep_test.name", "A yes is thanked for")
    hands.desk.press("keep_test.keep")
    hands.desk.press("simulator_1")
    hands.desk.bot.waitUntil(lambda: summary(hands) == "2 tests, none failed.")


def test_without_tests_none_can_be_run_and_it_is_said_how_they_come_to_be(hands):
    hands.desk.press("simulator_1")
    assert not hands.desk.find("tests.run").isEnabled()
    assert summary(hands).startswith("Play a conversation, and save it as a test: ")
    hands.desk.press("simulator_0")
    kept(hands)
    hands.desk.bot.waitUntil(lambda: hands.desk.find("tests.run").isEnabled())


def test_those_that_are_there_wait_to_be_run(hands):
    one = "conversations:\n  - name: One\n    steps:\n      - me: hello\n"
    reading.path_beside(hands.path).write_text(one)
    hands.desk.press("simulator_1")
    assert hands.desk.find("tests.run").isEnabled()
    assert summary(hands) == "Run them to see whether the flow still goes the way it did."


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        (["me: hello"], "After “hello”: The bot also said “Which size?”."),
        (["me: hello", "bot: ['*', '*']", "advance: 2 days", "bot: Hey"], "After 2 days: "),
        (["me: hello", "bot: ['*', '*']", "agree: nothing"], "After “hello”: "),
    ],
)
def test_it_is_told_after_what_a_test_failed(hands, steps, told):
    text = "".join(f"      - {step}\n" for step in steps)
    lines = f"conversations:\n  - name: One\n    steps:\n{text}"
    reading.path_beside(hands.path).write_text(lines)
    hands.desk.press("simulator_1")
    hands.desk.press("tests.run")
    hands.desk.bot.waitUntil(lambda: summary(hands) == "1 test, 1 failed.")
    assert hands.desk.find("tests.failure").text().startswith(told)


def test_without_a_name_it_is_not_kept(hands):
    hands.write("hello")
    hands.wait_for("When it is back?")
    hands.desk.press("simulator.keep")
    hands.desk.press("keep_test.keep")
    problem = hands.desk.find("keep_test.problem")
    assert problem.text() == "Say what it shows, so that people know when it fails."
    hands.desk.press("keep_test.cancel")
    assert not reading.path_beside(hands.path).exists()


def test_a_file_that_can_not_be_read_is_told_where_it_was_to_be_kept(hands):
    reading.path_beside(hands.path).write_text("conversations: [")
    hands.write("hello")
    hands.wait_for("When it is back?")
    hands.desk.press("simulator.keep")
    hands.desk.type("keep_test.name", "One")
    hands.desk.press("keep_test.keep")
    problem = hands.desk.find("keep_test.problem")
    hands.desk.bot.waitUntil(lambda: "Line 1: This is not YAML" in problem.text())
    hands.desk.press("keep_test.cancel")


def test_one_that_goes_another_way_says_what_was_expected_and_what_came_and_plays(hands):
    kept(hands)
    say_another(hands)
    assert summary(hands) == "The flow has changed since. Run them again."
    hands.desk.press("tests.run")
    hands.desk.bot.waitUntil(lambda: summary(hands) == "1 test, 1 failed.")
    hands.press_row("tests.list", 0)
    failure = hands.desk.find("tests.failure").text()
    assert failure == "After “hello”: The bot said “What size?”, and was to say “Which size?”."
    hands.desk.press("tests.play")
    hands.wait_for("What size?")
    who = hands.desk.find("simulator.who")
    assert isinstance(who, QComboBox)
    assert (who.currentText(), who.placeholderText()) == ("", "The person of the test")
    hands.desk.press("simulator.start_over")
    hands.desk.bot.waitUntil(lambda: hands.phone.calm.startswith("Write something"))
    assert who.currentText() == "Ann"


def test_what_they_pass_is_counted_and_shown_on_the_canvas(hands):
    kept(hands)
    passed = hands.desk.find("tests.passed").text()
    assert passed == "They come through 3 of 5 blocks and 2 of 3 connections."
    assert hands.lit == set()
    hands.desk.press("tests.light")
    assert hands.lit == {"start", "hello", "ask"}
    hands.desk.press("tests.light")
    assert hands.lit == set()


def test_a_flow_without_a_file_has_no_tests_yet(hands):
    hands.desk.document.path = None
    hands.write("hello")
    hands.wait_for("When it is back?")
    hands.desk.press("simulator.keep")
    assert not dialogs(hands)
    hands.desk.press("simulator_1")
    assert not hands.desk.find("tests.run").isEnabled()
    assert summary(hands) == "Tests stand beside the file of their flow. Save the flow first."


def test_a_run_can_be_cancelled(hands):
    one = "  - name: One\n    steps:\n      - me: hello\n      - bot: ['*', '*']\n"
    reading.path_beside(hands.path).write_text("conversations:\n" + 600 * one)
    hands.desk.press("simulator_1")
    hands.desk.press("tests.run")
    hands.desk.press("tests.cancel")
    hands.desk.bot.waitUntil(lambda: hands.desk.find("tests.run").isEnabled())
    assert summary(hands).startswith("Canceled: ")
    assert not summary(hands).startswith("Canceled: 600 ")
