"""The pages of the menu: contents, people, broadcasts."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMenu, QPlainTextEdit, QTabBar

from otn_studio.flow.audience import About, Audience, How, Rule
from otn_studio.studio.pages.broadcasts.table import BroadcastTable
from otn_studio.studio.pages.contacts.filter_bar import FilterBar
from otn_studio.studio.pages.contacts.people_table import PeopleTable
from otn_studio.studio.pages.sequences.table import SequenceTable
from otn_studio.studio.pages.topics.topic_table import TopicTable
from tests.studio.pages.contacts.people import PEOPLE
from tests.studio.screens_stage import Stage


class PageScreens(Stage):
    """Full, with something selected, with a window open, and empty."""

    def _contents(self) -> None:
        self.window.go_to("contents")
        self._shoot("topics")
        table = self._find(TopicTable, "topics")
        for asked, act in (("announce", table.announcing), ("delete", table.deleting)):
            act.emit("concert tickets")
            self._shoot(f"{asked}-topic")
            self._close_dialog()
        self._press("new_topic")
        self._shoot("new-topic")
        self._press("new_topic_often_2")
        self._shoot("new-topic-weekly")
        self._close_dialog()
        table.show_as_new("weekly deals")
        table.go_to_topic("weekly deals")
        self._shoot("topic-selected")
        table.edit(table.currentIndex())
        name = self._find(QLineEdit, "topic_name")
        name.setText("Blue Sneakers")
        self._shoot("topic-renamed")
        QTest.keyClick(name, Qt.Key.Key_Escape)
        self.topics.rows.clear()
        self._come_back_to("contents")
        self._shoot("no-topics")

    def _broadcasts(self) -> None:
        self.window.go_to("broadcasts")
        self._shoot("broadcasts")
        self._find(BroadcastTable, "broadcasts").go_to(0)
        self._shoot("broadcast-report")
        self._press("new_broadcast")
        self._shoot("new-broadcast")
        self._find(QPlainTextEdit, "broadcast_text").setPlainText("They are back, in all sizes.")
        self._press("broadcast_next")
        self._shoot("new-broadcast-reach")
        self._close_dialog()
        self._find(QTabBar, "broadcast_tabs").setCurrentIndex(1)
        self._shoot("sequences")
        self._find(SequenceTable, "sequences").go_to(0)
        self._press("put_on_sequence")
        self._shoot("sequence-put-on")
        self._close_dialog()
        self._press("new_sequence")
        self._find(QLineEdit, "new_sequence_name").setText("Running in ten days")
        self._find(QPlainTextEdit, "step_1_text").setPlainText("Day 1: five minutes, slowly.")
        self._press("add_sequence_message")
        self._shoot("new-sequence")
        self._close_dialog()

    def _people(self) -> None:
        """The list, somebody in it, and nobody."""
        self.window.go_to("contacts")
        self._shoot("contacts")
        bar, table = self._find(FilterBar, "filters"), self._find(PeopleTable, "people")
        self._press("add_filter")
        self._shoot("contacts-filter-menu")
        self._find(QMenu, "filter_menu").close()
        rules = (
            Rule(About.TAG, How.YES, "vip"),
            Rule(About.ANSWERED, How.WITHIN, value="7"),
            Rule(About.FIELD, How.MORE, "size", "41"),
        )
        bar.show_audience(Audience(rules, all=False))
        table.opened.emit(len(PEOPLE))
        self._shoot("contacts-person")
        self._press("person_part_1")
        self._shoot("contacts-details")
        self._press("forget_person")
        self._shoot("contacts-forget")
        self._close_dialog()
        table.opened.emit(2)
        self._press("person_part_0")
        self._shoot("contacts-unreachable")
        self._press("close_person")
        bar.show_audience(Audience(words="zoe"))
        self._shoot("contacts-nobody-fits")
        self.contacts.people.clear()
        bar.show_everybody()
        self._shoot("no-contacts")
