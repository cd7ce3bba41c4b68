"""Contacts: everybody who ever came to the Page, found, filtered, and opened one by one."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QWidget

from otn_studio.studio.background import Background
from otn_studio.studio.pages.contacts import words
from otn_studio.studio.pages.contacts.export_people import ExportWindow, ask_where
from otn_studio.studio.pages.contacts.filter_bar import FilterBar
from otn_studio.studio.pages.contacts.finder import Finder
from otn_studio.studio.pages.contacts.forget_person import ForgetPersonWindow
from otn_studio.studio.pages.contacts.people_model import PeopleModel
from otn_studio.studio.pages.contacts.people_table import PeopleTable
from otn_studio.studio.pages.contacts.person_panel import PersonPanel
from otn_studio.studio.pages.contacts.person_watch import PersonWatch
from otn_studio.studio.pages.contacts.row_cache import RowCache
from otn_studio.studio.pages.page import Page
from otn_studio.studio.problem_words import sentence
from otn_studio.studio.services.people import Contacts, Known
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.widgets.empty import Empty
from otn_studio.studio.widgets.look import line, text
from otn_studio.studio.widgets.notice import Notice
from otn_studio.studio.widgets.search import SearchField
from otn_studio.studio.widgets.while_shown import WhileShown
from otn_studio.studio.words import _

REFRESH_MILLISECONDS = 4_000
TYPING_MILLISECONDS = 150


def _utc_now() -> datetime:
    return datetime.now(UTC)


class ContactsPage(QWidget):
    """The list, and the person who is open beside it. ``begun``: a person wants to draw a flow."""

    begun = Signal()

    def __init__(
        self, contacts: Contacts, theme: Theme, now: Callable[[], datetime] = _utc_now
    ) -> None:
        super().__init__()
        self._contacts, self._theme = contacts, theme
        self._clock, self._ahead = now, timedelta()
        now = self._now
        self._is_asked = False
        self._background = Background(self)
        self._finder = Finder(contacts, self)
        self._cache = RowCache(contacts, self)
        self._people = PeopleModel(self._finder, self._cache, now)
        self._table = PeopleTable(theme, self._people)
        self._watch = PersonWatch(contacts, self)
        self._panel = PersonPanel(contacts, self._watch, theme, now)
        self._filters = FilterBar(theme)
        self._notice = Notice(theme)
        self._count = text("", "quiet")
        self._count.setObjectName("people_count")
        self._empty = Empty("no_people")
        self._search = SearchField(theme, "search_people", _("Search people"))
        self._export = QPushButton(_("Export…"))
        self._export.setObjectName("export_people")
        self._lay_out()
        self._connect()
        self._typing = QTimer(self, singleShot=True, interval=TYPING_MILLISECONDS)
        self._typing.timeout.connect(lambda: self._filters.search(self._search.text().strip()))
        WhileShown(self, REFRESH_MILLISECONDS, self._look_anew, self._look_first)

    def _lay_out(self) -> None:
        page = Page(_("Contacts"))
        page.head.addWidget(self._search)
        page.head.addWidget(self._export)
        bar = QHBoxLayout()
        bar.addWidget(self._filters, 1)
        bar.addWidget(self._count, 0, Qt.AlignmentFlag.AlignTop)
        self._count.setFixedHeight(30)
        self._rooms = QStackedWidget()
        self._rooms.addWidget(self._table)
        self._rooms.addWidget(self._empty)
        page.column.addSpacing(16)
        page.column.addLayout(bar)
        page.column.addSpacing(12)
        page.column.addWidget(line())
        page.column.addWidget(self._rooms, 1)
        page.column.addWidget(self._notice)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(page, 1)
        whole.addWidget(self._panel)
        self._panel.hide()
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self._search.setFocus)

    def _connect(self) -> None:
        self._search.textChanged.connect(lambda: self._typing.start())
        self._filters.changed.connect(self._look_for_others)
        self._filters.keeping.connect(self._keep_segment)
        self._filters.removing.connect(self._remove_segment)
        for signal in (self._finder.began, self._finder.went_on, self._finder.newcomers):
            signal.connect(self._show)
        self._finder.ended.connect(self._show)
        self._finder.ended.connect(self._ask_once)
        self._cache.came.connect(self._ask_once)
        self._table.opened.connect(self._open)
        self._export.clicked.connect(self._ask_to_export)
        self._empty.pressed.connect(self._first_step)
        self._panel.closing.connect(self._close)
        self._panel.forgetting.connect(self._ask_to_forget)
        self._panel.done.connect(self._notice.say)
        self._panel.complained.connect(self._notice.complain)
        self._watch.failed.connect(self._notice.complain)
        self._watch.gone.connect(self._gone)
        self._watch.changed.connect(self._table.look_anew)

    def _look_for_others(self) -> None:
        if self._search.text().strip() != self._filters.audience.words:
            self._search.setText(self._filters.audience.words)
        self._typing.stop()
        self._finder.look_for(self._filters.audience)

    def _look_first(self) -> None:
        self._is_asked = False
        self._finder.look_for(self._filters.audience)
        self._watch.look()

    def _look_anew(self) -> None:
        self._finder.look_for_newcomers()
        self._table.look_anew()
        self._watch.look()

    def _ask_once(self) -> None:
        """People first: what they can be filtered by has time."""
        if not self._is_asked:
            self._is_asked = True
            self._ask_what_is_known()

    def _ask_what_is_known(self) -> None:
        self._background.run(self._contacts.known, self._known, lambda error: None)

    def _now(self) -> datetime:
        """The time where the Page is."""
        return self._clock() + self._ahead

    def _known(self, known: Known) -> None:
        self._ahead = known.now - self._clock() if known.now is not None else timedelta()
        self._filters.show_known(known)
        self._panel.offer(known)

    def _show(self) -> None:
        """How many there are so far, or why there is nobody."""
        count = len(self._people.ids)
        shown = words.people(count)
        self._count.setText(_("{people} so far…", people=shown) if self._finder.is_busy else shown)
        self._export.setEnabled(count > 0)
        if count or not self._finder.is_busy:
            self._rooms.setCurrentWidget(self._table if count else self._empty)
            self._say_why_empty()
        if self._watch.id is not None:
            self._table.mark_person(self._watch.id)

    def _say_why_empty(self) -> None:
        if self._finder.problem:
            self._empty.say(self._finder.problem, _("Try again"))
        elif not self._filters.audience.is_everybody:
            self._empty.say(_("Nobody fits what you are looking for."), _("Show everybody"))
        else:
            said = _("Here you will see everybody who writes to your Page, and all that happened.")
            self._empty.say(said, _("Draw a flow"))

    def _first_step(self) -> None:
        if self._finder.problem:
            self._finder.look_for(self._filters.audience)
        elif self._filters.audience.is_everybody:
            self.begun.emit()
        else:
            self._filters.show_everybody()

    def _open(self, id: int) -> None:
        self._watch.open(id)
        self._panel.show()
        self._table.mark_person(id)

    def _close(self) -> None:
        self._watch.close()
        self._panel.hide()
        self._table.setFocus()

    def _gone(self, id: int) -> None:
        self._people.remove(id)
        self._panel.hide()
        self._show()

    def _ask_to_forget(self) -> None:
        person = self._watch.person
        if person is None:
            return
        id, name = person.row.id, words.name(person.row)
        window = ForgetPersonWindow(person.row, self)
        window.accepted.connect(
            lambda: self._watch.do(
                lambda: self._contacts.forget(id),
                lambda _done: self._notice.say(_("{name} is deleted for good.", name=name)),
            )
        )
        window.open()

    def _keep_segment(self, name: str) -> None:
        audience = self._filters.audience
        self._do_with_segments(
            lambda: self._contacts.keep_segment(name, audience),
            _("The segment “{name}” is saved.", name=name),
        )

    def _remove_segment(self, id: int, name: str) -> None:
        audience = self._filters.audience
        self._do_with_segments(
            lambda: self._contacts.remove_segment(id),
            _("The segment “{name}” is removed. Its people stay.", name=name),
            lambda: self._do_with_segments(
                lambda: self._contacts.keep_segment(name, audience),
                _("The segment “{name}” is back.", name=name),
            ),
        )

    def _do_with_segments(
        self, work: Callable[[], object], said: str, undo: Callable[[], None] | None = None
    ) -> None:
        def done(_answer: object) -> None:
            self._notice.say(said, undo)
            self._ask_what_is_known()

        self._background.run(work, done, lambda e: self._notice.complain(sentence(e)))

    def _ask_to_export(self) -> None:
        if (file := ask_where(self)) is not None:
            window = ExportWindow(self._contacts, self._filters.audience, file, self)
            window.said.connect(self._notice.say)
            window.complained.connect(self._notice.complain)
            window.open()
