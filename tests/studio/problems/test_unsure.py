"""What could neither be shown to be safe nor to go wrong: told quietly, and in nobody's way."""

import pytest

from otn_studio.blocks.finding import Finding, Severity
from otn_studio.blocks.words import Words
from otn_studio.checks import check
from otn_studio.studio.document.document import Document
from otn_studio.studio.problems import signs
from tests.builders import START, a_flow, say

FLOW = a_flow({"start": START, "it": say()}, "start > it")
UNSURE = Finding("policy_too_late", Severity.UNSURE, Words("It could not be shown."), "it")
WARNING = Finding("dead_end", Severity.WARNING, Words("It leads nowhere."), "it")


@pytest.fixture
def found(desk, monkeypatch):
    """Opens a flow in which the checks find this."""

    def make(*findings: Finding):
        monkeypatch.setattr(check, "check", lambda *_: {FLOW.id: findings})
        desk.window.open(Document(FLOW))
        desk.bot.waitUntil(lambda: desk.window.builder.checker.findings == findings)
        return desk

    return make


def test_it_is_counted_apart_and_wears_a_sign_of_its_own(found):
    desk = found(UNSURE)
    assert desk.find("problems_words").text() == "1 not shown to be safe"
    assert desk.canvas.scene.blocks.severities == {"it": Severity.UNSURE}
    desk.press("problems_toggle")
    said = desk.find("problems").model().index(0, 0).data()
    assert said == "Unsure, Send Message: It could not be shown."
    assert len({sign.icon for sign in signs.SIGNS.values()}) == len(Severity)


def test_beside_problems_it_is_the_last_that_is_told(found):
    desk = found(WARNING, UNSURE)
    assert desk.find("problems_words").text() == "1 problem · 1 not shown to be safe"
    assert desk.canvas.scene.blocks.severities == {"it": Severity.WARNING}


def test_it_neither_stops_publishing_nor_asks(found):
    desk = found(UNSURE)
    desk.press("publish")
    desk.bot.waitUntil(lambda: desk.publishing.published == [FLOW])
