"""Contents › OTN Topics: every topic, made, renamed, deleted and announced here."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from otn_studio.blocks.words import Words
from otn_studio.studio.pages.page import Page
from otn_studio.studio.pages.topics import topic_words
from otn_studio.studio.pages.topics.announce import AnnounceWindow
from otn_studio.studio.pages.topics.delete_topic import DeleteTopicWindow
from otn_studio.studio.pages.topics.foreseen import Foreseen
from otn_studio.studio.pages.topics.new_topic import NewTopicWindow
from otn_studio.studio.pages.topics.topic_list import TopicList
from otn_studio.studio.pages.topics.topic_table import TopicTable
from otn_studio.studio.services.services import TopicRow, Topics
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.theme.type import font
from otn_studio.studio.widgets.empty import Empty
from otn_studio.studio.widgets.look import line, look
from otn_studio.studio.widgets.notice import Notice
from otn_studio.studio.widgets.search import SearchField
from otn_studio.studio.widgets.while_shown import WhileShown
from otn_studio.studio.words import _

REFRESH_MILLISECONDS = 4_000


def _utc_now() -> datetime:
    return datetime.now(UTC)


class TopicsPage(Page):
    """``renamed``: a topic has another name now, so that an open flow can call it so too.

    ``undo_changed``: there is something else to take back, or nothing any more.
    """

    renamed = Signal(str, str)
    undo_changed = Signal()

    def __init__(
        self, topics: Topics, theme: Theme, now: Callable[[], datetime] = _utc_now
    ) -> None:
        super().__init__(_("Contents"))
        self._theme = theme
        self._now = now
        self._topics = TopicList(topics, self)
        self._topics.changed.connect(self._show)
        self._wanted: str | None = None
        self._table = TopicTable(theme, self._topics, now)
        self._table.renaming.connect(self._rename)
        self._table.deleting.connect(self._ask_to_delete)
        self._table.announcing.connect(self._announce)
        self._foreseen = Foreseen(theme)
        self._empty = Empty("no_topics")
        self._empty.pressed.connect(self._first_step)
        self._notice = Notice(theme)
        self._notice.changed.connect(self.undo_changed)
        self._deleted = ""
        self._search = SearchField(theme, "search_topics", _("Search topics"))
        self._search.textChanged.connect(self._show)
        self._lay_out()
        WhileShown(self, REFRESH_MILLISECONDS, self._topics.refresh)
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self._search.setFocus)

    def put_beside(self, title: str, card: QWidget) -> None:
        """Other contents of the Page, behind a tab of their own."""
        room = QWidget()
        column = QVBoxLayout(room)
        column.setContentsMargins(0, 8, 0, 0)
        column.addWidget(card)
        column.addStretch(1)
        self._tabs.addTab(title)
        self._tabs.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._contents.addWidget(room)

    def undo_words(self) -> Words | None:
        """What there is to take back."""
        if not self._notice.can_take_back:
            return None
        return Words("Delete topic “{name}”", name=self._deleted)

    def undo(self) -> None:
        self._notice.take_back()

    def _lay_out(self) -> None:
        new = QPushButton(_("+ New Topic"))
        new.setObjectName("new_topic")
        new.setAccessibleName(_("New Topic"))
        look(new, "primary")
        new.clicked.connect(self._new)
        self.head.addWidget(self._search)
        self.head.addWidget(new)
        self._tabs = QTabBar()
        self._tabs.setObjectName("contents")
        self._tabs.setFont(font(strong=True))
        self._tabs.addTab(_("OTN Topics"))
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(False)
        self._tabs.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._tabs.currentChanged.connect(lambda tab: self._contents.setCurrentIndex(tab))
        self._rooms = QStackedWidget()
        self._full = QWidget()
        column = QVBoxLayout(self._full)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(32)  # what is wrong with a name stands between
        column.addWidget(self._table)
        column.addWidget(self._foreseen)
        column.addStretch()
        self._rooms.addWidget(self._full)
        self._rooms.addWidget(self._empty)
        self.column.addSpacing(16)
        self.column.addWidget(self._tabs)
        self.column.addWidget(line())
        self.column.addSpacing(8)
        self._contents = QStackedWidget()
        self._contents.addWidget(self._rooms)
        self.column.addWidget(self._contents, 1)
        self.column.addWidget(self._notice)

    def _show(self) -> None:
        """The topics that fit what is searched for, or why there are none."""
        sought = topic_words.tidied(self._search.text()).casefold()
        rows = [row for row in self._topics.rows if sought in row.name.casefold()]
        self._table.show_topics(rows)
        self._foreseen.say(topic_words.asked_again(rows, self._now()))
        if self._wanted is not None and self._table.go_to_topic(self._wanted):
            self._wanted = None
        if not self._topics.is_known and not self._topics.problem:
            return
        self._say_why_empty(sought)
        self._rooms.setCurrentWidget(self._full if rows else self._empty)

    def _say_why_empty(self, sought: str) -> None:
        if self._topics.problem and not self._topics.rows:
            self._empty.say(self._topics.problem, _("Try again"))
        elif sought and self._topics.rows:
            words = _("No topic has “{words}” in its name.", words=self._search.text().strip())
            self._empty.say(words, _("Show all topics"))
        else:
            words = _(
                "Here you will see every topic that people can ask to be told about, and how many"
                " are waiting for it."
            )
            self._empty.say(words, _("Make the first topic"))

    def _first_step(self) -> None:
        if self._topics.problem:
            self._topics.refresh()
        elif self._search.text():
            self._search.clear()
        else:
            self._new()

    def _new(self) -> None:
        window = NewTopicWindow(self._topics, self._theme, self)
        window.added.connect(self._added)
        window.open()

    def _added(self, id: str) -> None:
        """Show the new topic, selected, as soon as it is heard of."""
        self._search.clear()
        self._table.show_as_new(id)
        self._wanted = id
        self._table.setFocus()

    def _rename(self, id: str, name: str) -> None:
        self._topics.rename(
            id,
            name,
            then=lambda _: self.renamed.emit(id, name),
            failed=partial(self._not_renamed, id, name),
        )

    def _not_renamed(self, id: str, name: str, problem: str) -> None:
        if not self._table.correct_name(id, name, problem):
            self._notice.complain(problem)

    def _ask_to_delete(self, id: str) -> None:
        topic = self._topics.topic(id)
        if topic is None:
            return
        if topic_words.costs_nothing(topic):
            self._delete(topic)
            return
        window = DeleteTopicWindow(topic, self)
        window.accepted.connect(lambda: self._delete(topic))
        window.open()

    def _delete(self, topic: TopicRow) -> None:
        def deleted(_done: object) -> None:
            self._deleted = topic.name
            self._notice.say(
                _("“{name}” is deleted.", name=topic.name), lambda: self._restore(topic)
            )

        self._topics.delete(topic.id, deleted, self._notice.complain)

    def _restore(self, topic: TopicRow) -> None:
        self._wanted = topic.id
        self._topics.restore(
            topic.id,
            lambda _done: self._notice.say(_("“{name}” is back.", name=topic.name)),
            self._notice.complain,
        )

    def _announce(self, id: str) -> None:
        topic = self._topics.topic(id)
        if topic is None:
            return
        window = AnnounceWindow(topic, self._topics, self)
        window.announced.connect(
            lambda people: self._notice.say(topic_words.sent_to(topic.name, people))
        )
        window.open()
