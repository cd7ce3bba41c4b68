"""The window of help: from where one is, to what one looks for, and back."""

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import QApplication, QListWidget, QTextBrowser, QWidget

from otn_studio.blocks.words import Words
from otn_studio.flow.changes import Connect
from otn_studio.studio import words
from otn_studio.studio.connecting.assistant import Assistant
from otn_studio.studio.document import samples
from otn_studio.studio.help import blocks, library
from otn_studio.studio.help.library import linked, sections
from otn_studio.studio.help.paper import COLUMN, Paper
from otn_studio.studio.help.window import NAME
from otn_studio.studio.problems.model import Column
from otn_studio.studio.theme.theme import Choice, Theme
from tests.studio.pages.contacts.people import PEOPLE, story


def title(desk) -> str:
    return page(desk).document().begin().text()


def page(desk) -> QTextBrowser:
    return desk.find("help_page")


def listed(desk) -> list[str]:
    contents = desk.find("help_contents")
    assert isinstance(contents, QListWidget)
    items = (contents.item(row) for row in range(contents.count()))
    return [item.text() for item in items if item.data(NAME)]


def follow(desk, words) -> None:
    """Press a link by its words."""
    found = page(desk).document().find(words)
    while not found.isNull() and not found.charFormat().isAnchor():
        found = page(desk).document().find(words, found)
    assert not found.isNull(), f"there is no link {words!r}"
    page(desk).anchorClicked.emit(found.charFormat().anchorHref())
    QApplication.processEvents()


def test_it_opens_with_the_first_flow_and_leads_on_and_back(desk):
    desk.press("menu_help")
    assert title(desk) == "Your first flow, in five minutes"
    follow(desk, "The 24 hours, and permissions")
    assert title(desk) == "The 24 hours, and permissions"
    follow(desk, "recurring notification")
    assert title(desk) == "Recurring notifications"
    desk.press("help_back")
    assert title(desk) == "The 24 hours, and permissions"
    desk.press("help_forward")
    assert title(desk) == "Recurring notifications"


def test_the_key_opens_it_where_one_is(desk):
    desk.window.go_to("contents")
    desk.bot.keyClick(desk.window, Qt.Key.Key_F1, Qt.KeyboardModifier.ShiftModifier)
    assert title(desk) == "Topics, and the two ways to one"
    desk.window.go_to("flows")
    desk.window.builder.selection.select([desk.add("Wait")])
    desk.press("menu_help")
    assert title(desk) == "Wait"


def test_words_are_found_and_pressed(desk):
    desk.press("menu_help")
    everything = listed(desk)
    desk.type("help_search", "250 characters")
    assert set(listed(desk)) < {*everything, "Recurring notifications"}
    contents = desk.find("help_contents")
    row = listed(desk).index("Recurring notifications") + 1
    contents.setCurrentRow(row)
    assert title(desk) == "Recurring notifications"
    assert "250 characters" in page(desk).textCursor().selectedText()
    desk.key(Qt.Key.Key_Escape, on="help_search")
    assert listed(desk) == everything


@pytest.mark.parametrize("choice", [Choice.LIGHT, Choice.DARK])
@pytest.mark.parametrize("ratio", [1, 1.5, 2])
def test_a_picture_fits_has_round_corners_and_does_not_shine_in_the_dark(
    qtbot, qapp, monkeypatch, choice, ratio
):
    paper = Paper(Theme(qapp, choice))
    qtbot.addWidget(paper)
    monkeypatch.setattr(paper, "devicePixelRatioF", lambda: ratio)
    for name in ("flow.png", "otn-request.png", "simulator.png"):
        shown = paper.loadResource(2, QUrl(f"pictures/{name}"))
        assert shown.devicePixelRatio() == ratio, "a point of the picture is one of the screen"
        assert shown.width() / ratio <= COLUMN + 0.5
        seen = shown.toImage()
        assert seen.pixelColor(0, 0).alpha() == 0
        parts = (seen.pixelColor(x, seen.height() // 2) for x in range(4, seen.width() - 4, 7))
        brightest = max(color.lightness() for color in parts)
        assert brightest > 250 if choice is Choice.LIGHT else brightest < 220


def test_nothing_found_is_said(desk):
    desk.press("menu_help")
    desk.type("help_search", "parachute")
    assert listed(desk) == []
    assert desk.find("help_contents").item(0).text() == "Nothing found. Try another word."


def test_the_panel_of_a_block_leads_to_its_page(desk):
    desk.window.builder.selection.select([desk.add("Wait")])
    QApplication.processEvents()
    desk.press("panel help")
    desk.press("panel read on")
    assert title(desk) == "Wait"
    follow(desk, "Back in stock")
    assert desk.flow.name == samples.named("back-in-stock").name


def test_a_broken_rule_leads_to_its_explanation(desk):
    desk.window.flows.open_sample("back-in-stock")
    desk.document.do(Connect("thanks", "too_late", None), Words("Disconnect"))
    desk.bot.waitUntil(lambda: any(f.story for f in desk.window.builder.checker.findings))
    desk.window.builder.selection.select(["thanks"])
    QApplication.processEvents()
    desk.press("help policy_too_late")
    assert title(desk) == "Why was my message not sent?"
    top = page(desk).cursorForPosition(page(desk).viewport().rect().topLeft())
    assert top.block().text() == "Not sent: the 24 hours since the person last wrote were over"


def test_a_problem_in_the_list_leads_to_its_part_of_the_help(desk):
    desk.window.flows.open_sample("back-in-stock")
    desk.document.do(Connect("start", "next", None), Words("Disconnect"))
    desk.bot.waitUntil(lambda: bool(desk.window.builder.checker.findings))
    desk.press("problems_toggle")
    table = desk.find("problems")
    place = table.visualRect(table.model().index(0, Column.HELP)).center()
    desk.bot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert title(desk) == "What the studio finds"
    top = page(desk).cursorForPosition(page(desk).viewport().rect().topLeft())
    assert top.block().text() == "Blocks, and the ways between them"


def test_a_message_that_was_not_sent_leads_to_its_explanation(desk):
    desk.contacts.come(PEOPLE[0])
    desk.contacts.stories[1] = story()
    desk.window.go_to("contacts")
    desk.find("people").opened.emit(1)
    desk.bot.waitUntil(
        lambda: any(w.isVisible() for w in desk.window.findChildren(QWidget, "help_about_it"))
    )
    desk.press("help_about_it")
    assert title(desk) == "Why was my message not sent?"
    top = page(desk).cursorForPosition(page(desk).viewport().rect().topLeft())
    assert top.block().text().startswith("Not sent: the 24 hours")


def test_every_page_can_be_read(desk):
    """With its pictures: what can't be loaded has no size."""
    desk.press("menu_help")
    for row in range(desk.find("help_contents").count()):
        desk.find("help_contents").setCurrentRow(row)
        assert page(desk).document().characterCount() > 200
    for section in sections("en"):
        assert section.pages


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_link_leads_to_a_page_or_a_sample(desk, monkeypatch, language):
    outside = []
    monkeypatch.setattr("PySide6.QtGui.QDesktopServices.openUrl", outside.append)
    words.speak(language)
    try:
        desk.press("menu_help")
        help = desk.find("help")
        names = [name for section in sections(language) for name in section.pages]
        names += [made.name for made in blocks.pages()]
        for name in names:
            help.open_at(name)
            for link in linked(library.page(name, language).text if "/" not in name else ""):
                help.open_at(name)
                help.follow(link)
                assert page(desk).document().characterCount() > 100
        assert outside == []
    finally:
        words.speak("en")


def test_it_speaks_german(desk):
    words.speak("de")
    try:
        desk.press("menu_help")
        assert title(desk) == "Dein erster Ablauf, in fünf Minuten"
        desk.type("help_search", "Bedingung")
        assert "Bedingung" in listed(desk)
    finally:
        words.speak("en")


def test_the_assistant_that_connects_a_page_is_explained_beside_it(desk):
    desk.press("menu_help")
    desk.window.go_to("engine")
    desk.press("connect_page")
    desk.bot.waitUntil(lambda: desk.window.findChild(Assistant) is not None)
    assistant = desk.window.findChild(Assistant)
    desk.press("help_about_it")
    assert title(desk) == "Connecting a Page"
    (shown,) = [
        w for w in QApplication.topLevelWidgets() if w.objectName() == "help" and w.isVisible()
    ]
    assert shown.parentWidget() is assistant, "else nothing in it could be pressed"
    assistant.reject()
    desk.bot.waitUntil(lambda: desk.window.findChild(Assistant) is None)
    desk.press("menu_help")
    assert title(desk) == "The engine on your computer"
