"""Contacts: everybody, and who is looked for."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from otn_studio.studio.pages.contacts import row_cache
from otn_studio.studio.pages.contacts.people_model import AT_ONCE, Column
from otn_studio.studio.widgets.while_shown import WhileShown
from tests.studio.pages.contacts.hands import NAMES, Desk, details
from tests.studio.pages.contacts.people import person


@pytest.fixture
def nobody(qtbot, theme):
    return Desk(qtbot, theme)


def test_everybody_is_there_the_newest_first(desk):
    it = desk()
    it.wait_for(*NAMES)
    shown = [it.table.model().index(0, column).data() for column in Column]
    assert shown[:3] == ["Ann Müller", "vip, summer", "Blue sneakers, Weekly deals"]
    assert shown[3].startswith("today")


def test_tooltips_say_what_a_sign_stands_for(desk):
    it = desk()
    it.wait_for(*NAMES)
    model, tip = it.table.model(), Qt.ItemDataRole.ToolTipRole
    assert "Can be answered until tomorrow" in model.index(0, Column.ANSWERED).data(tip)
    assert model.index(1, Column.ANSWERED).data(tip) is None
    assert "blocked the Page" in model.index(3, Column.NAME).data(tip)


def test_of_many_people_only_those_are_asked_for_who_are_seen(desk, qtbot, monkeypatch):
    monkeypatch.setattr(row_cache, "KEPT", 200)
    it = desk(*(person(f"P{number}") for number in range(5_000)))
    model, bar = it.table.model(), it.table.verticalScrollBar()
    assert model.rowCount() == 5_000
    for place in (0.5, 1.0, 0.2):
        bar.setValue(round(bar.maximum() * place))
        row = it.table.rowAt(60)
        qtbot.waitUntil(lambda row=row: model.index(row, Column.NAME).data() == f"P{row}")
    assert max(it.contacts.asked) <= AT_ONCE
    assert sum(it.contacts.asked) < 1_000
    assert len(it.page._cache._rows) <= 200


def test_what_is_typed_is_searched_for_and_esc_shows_everybody(desk, qtbot):
    it = desk()
    it.type("search_people", "bob")
    it.wait_for("Bob Lee")
    assert it.says("people_count") == "1 person"
    qtbot.keyClick(it.find("search_people"), Qt.Key.Key_Escape)
    it.wait_for(*NAMES)


def test_esc_shows_everybody_also_beside_a_person(desk, qtbot):
    it = desk()
    it.open("Bob Lee")
    it.find("search_people").setFocus()
    it.type("search_people", "ann")
    it.wait_for("Ann Müller")
    qtbot.keyClick(it.find("search_people"), Qt.Key.Key_Escape)
    it.wait_for(*NAMES)


def test_the_row_of_whoever_is_open_is_marked_also_among_others(desk, qtbot):
    it = desk()
    it.open("Bob Lee")
    assert _marked(it) == ["Bob Lee"]
    for typed, found, marked in (
        ("lee", ["Bob Lee"], ["Bob Lee"]),
        ("ann", ["Ann Müller"], []),
        ("", NAMES, ["Bob Lee"]),
    ):
        it.find("search_people", QLineEdit).clear()
        it.type("search_people", typed)
        it.wait_for(*found)
        qtbot.waitUntil(lambda marked=marked: _marked(it) == marked)


def _marked(it) -> list[str]:
    return [row.data() for row in it.table.selectionModel().selectedRows(Column.NAME)]


def test_who_fits_nothing_is_said_with_a_way_back(desk, qtbot):
    it = desk()
    it.type("search_people", "zoe")
    qtbot.waitUntil(lambda: it.is_seen("no_people"))
    assert "Nobody fits what you are looking for." in it.all_said()
    it.press("no_people_step")
    it.wait_for(*NAMES)
    assert it.find("search_people", QLineEdit).text() == ""


def test_a_page_without_people_says_what_will_be_here_and_leads_to_a_flow(nobody, qtbot):
    assert nobody.is_seen("no_people")
    with qtbot.waitSignal(nobody.page.begun):
        nobody.press("no_people_step")
    assert any("everybody who writes to your Page" in said for said in nobody.all_said())
    assert not nobody.find("export_people").isEnabled()


def test_a_search_that_fails_says_why_and_can_be_tried_again(desk, qtbot):
    it = desk()
    it.contacts.problem = "The disk is full."
    it.type("search_people", "b")
    qtbot.waitUntil(lambda: not it.page._finder.is_busy and bool(it.page._finder.problem))
    it.contacts.problem = ""
    it.filter("Tag", "vip")
    it.find("remove_filter_0").click()
    it.wait_for("Bob Lee")


def test_who_comes_meanwhile_shows_up(desk, qtbot):
    it = desk()
    it.wait_for(*NAMES)
    it.contacts.come(person("Fay"))
    it.page.findChild(WhileShown).timeout.emit()
    it.wait_for("Fay", *NAMES)
    it.contacts._change(6, row=replace(details(it, 6).row, name="Fay Hill"))
    it.page.findChild(WhileShown).timeout.emit()
    it.wait_for("Fay Hill", *NAMES)
