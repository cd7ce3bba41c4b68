"""The tests of a flow run before it is published; one that fails asks first."""

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QPushButton

from otn_studio.blocks.words import Words
from otn_studio.checks.conversations import reading
from otn_studio.checks.conversations.beside import keep
from otn_studio.checks.conversations.script import Given, Me
from otn_studio.flow.changes import EditBlock
from otn_studio.flow.project import Project
from otn_studio.studio.document.document import Document
from tests.builders import START, a_flow, say

SMALL = a_flow({"start": START, "hello": say("Which size?")}, "start > hello", topics=(), fields=())


@pytest.fixture
def published(desk, tmp_path):
    """What was published, of a flow with a test and without a finding."""
    document = Document(SMALL)
    document.save(tmp_path / "small.json")
    keep(document.path, Project.of(SMALL), SMALL, "It asks", Given(), [Me(1, "hello")])
    desk.window.open(document)
    checker = desk.window.builder.checker
    desk.bot.waitUntil(lambda: not checker.findings)
    return desk.publishing.published


def say_another(desk) -> None:
    desk.document.do(EditBlock("hello", say("What size?")), Words("Edit"))


def publish(desk, answer: str = "") -> list[str]:
    """Press Publish, and an answer if it asks; what it asked."""
    asked = []

    def choose() -> None:
        question = QApplication.activeModalWidget()
        if question is None:
            QTimer.singleShot(10, choose)
            return
        asked.append(question.accessibleDescription())
        question.findChild(QPushButton, answer).click()

    if answer:
        QTimer.singleShot(0, choose)
    desk.press("publish")
    return asked


def test_a_flow_whose_tests_pass_is_published(desk, published):
    publish(desk)
    desk.bot.waitUntil(lambda: len(published) == 1)
    run = desk.window.builder.simulator.run
    assert [result.failure for result in run.results] == [None]


def test_one_whose_tests_fail_asks_and_shows_them(desk, published):
    say_another(desk)
    asked = publish(desk, "look")
    desk.bot.waitUntil(lambda: desk.window.builder.shows_simulator)
    assert asked == ["1 test of this flow failed: it goes another way than it was kept."]
    assert desk.find("tests.summary").text() == "1 test, 1 failed."
    assert "and was to say “Which size?”" in desk.find("tests.failure").text()
    assert published == []


def test_one_whose_tests_fail_is_published_by_those_who_want_it(desk, published):
    say_another(desk)
    publish(desk, "publish")
    desk.bot.waitUntil(lambda: len(published) == 1)


def test_tests_that_can_not_be_read_ask_too(desk, published):
    reading.path_beside(desk.document.path).write_text("conversations: [")
    asked = publish(desk, "publish")
    desk.bot.waitUntil(lambda: len(published) == 1)
    assert "This is not YAML" in asked[0]
