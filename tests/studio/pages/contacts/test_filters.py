"""Filters and segments."""

import pytest
from PySide6.QtWidgets import QComboBox, QLineEdit

from otn_studio.flow.audience import About, Audience, How, Rule
from tests.studio.pages.contacts.hands import NAMES


def test_filters_are_chosen_turned_round_joined_and_removed(desk):
    it = desk()
    it.wait_for(*NAMES)
    it.filter("Tag", "vip")
    it.wait_for("Ann Müller", "Dana Núñez")
    assert not it.is_seen("all_or_any")
    it.filter("Tag", "late")
    it.wait_for("Dana Núñez")
    it.press("all_or_any")
    it.wait_for("Ann Müller", "Dana Núñez")
    it.press("all_or_any")
    it.press("filter_1")
    assert it.find("filter_1").text() == "Without tag: late"
    it.wait_for("Ann Müller")
    it.press("remove_filter_0")
    it.press("remove_filter_0")
    it.wait_for(*NAMES)


RULES = [
    (("Permission", "Blue sneakers"), Rule(About.TOPIC, How.YES, "blue")),
    (("Answered", "Answered within 7 days"), Rule(About.ANSWERED, How.WITHIN, value="7")),
    (("Answered", "No answer for 1 day"), Rule(About.ANSWERED, How.BEFORE, value="1")),
    (("First seen", "New within 30 days"), Rule(About.SEEN, How.WITHIN, value="30")),
    (("Can be answered now",), Rule(About.WINDOW, How.YES)),
    (("Can’t be reached",), Rule(About.REACHABLE, How.NO)),
]


@pytest.mark.parametrize(("path", "rule"), RULES)
def test_every_filter_is_in_the_menu(desk, path, rule):
    it = desk()
    it.filter(*path)
    assert it.page._filters.audience == Audience((rule,))
    assert it.find("filter_0").text() in (path[-1], "Permission: Blue sneakers")


def test_the_cross_of_a_filter_stands_in_the_middle_of_its_height(desk):
    it = desk()
    it.filter("Tag", "vip")
    cross = it.find("remove_filter_0")
    assert cross.geometry().center().y() == cross.parentWidget().rect().center().y()
    assert cross.height() % 2 == cross.iconSize().height() % 2


def test_a_filter_that_compares_asks_for_its_value(desk):
    it = desk()
    it.filter("Field", "Size…")
    it.press("add_rule")
    assert it.says("rule_problem") == "Type what to look for."
    it.find("rule_how", QComboBox).setCurrentText("is more than")
    it.type("rule_value", "large")
    it.press("add_rule")
    assert it.says("rule_problem") == "“Size” has to be a number."
    it.find("rule_value", QLineEdit).clear()
    it.type("rule_value", "41,0")
    it.press("add_rule")
    assert it.page._filters.audience.rules == (Rule(About.FIELD, How.MORE, "size", "41"),)
    assert it.find("filter_0").text() == "Size more than 41"
    it.filter("Field", "City…")
    it.find("rule_how", QComboBox).setCurrentText("is not known")
    assert not it.is_seen("rule_value")
    it.press("add_rule")
    it.filter("Language…")
    it.type("rule_value", "de")
    it.press("add_rule")
    assert [it.find(f"filter_{place}").text() for place in (1, 2)] == [
        "City is not known",
        "Language: de",
    ]


def test_a_segment_is_kept_shown_again_and_removed_and_that_taken_back(desk, qtbot):
    it = desk()
    it.filter("Tag", "vip")
    it.press("segment_menu")
    it.choose("segments", "Save as a segment…")
    it.press("keep_segment")
    assert it.says("segment_problem") == "A segment needs a name."
    it.type("segment_name", "Good friends")
    it.press("keep_segment")
    qtbot.waitUntil(lambda: it.find("segment_menu").text() == "Good friends")
    it.press("segment_menu")
    it.choose("segments", "Everybody")
    it.wait_for(*NAMES)
    it.press("segment_menu")
    it.choose("segments", "Good friends")
    it.wait_for("Ann Müller", "Dana Núñez")
    it.press("segment_menu")
    it.choose("segments", "Remove the segment “Good friends”")
    qtbot.waitUntil(lambda: it.contacts.segments == [] and it.is_seen("undo"))
    it.press("undo")
    qtbot.waitUntil(lambda: [row.name for row in it.contacts.segments] == ["Good friends"])
