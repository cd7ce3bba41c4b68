"""One person at the right side of the page: what happened, what is known, and a word to them."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from otn_studio.studio.pages.contacts.composer import Composer
from otn_studio.studio.pages.contacts.fields_view import FieldsView
from otn_studio.studio.pages.contacts.permissions_view import PermissionsView
from otn_studio.studio.pages.contacts.person_watch import PersonWatch
from otn_studio.studio.pages.contacts.tags_view import TagsView
from otn_studio.studio.pages.contacts.timeline_view import MARGIN, TimelineView
from otn_studio.studio.services.people import Contacts, Known
from otn_studio.studio.theme import sides
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.widgets.elided import Elided
from otn_studio.studio.widgets.look import ThemedIcon, line, look, text
from otn_studio.studio.widgets.scrolling import Scrolling
from otn_studio.studio.widgets.segments import Segments
from otn_studio.studio.words import _

WIDTH = 400


class PersonPanel(QFrame):
    """``closing``: it is wanted no more. ``forgetting``: the person is to be deleted for good.
    ``done``: something was done that the second value takes back; ``complained``: it can't be done.
    """

    closing = Signal()
    forgetting = Signal()
    done = Signal(str, object)
    complained = Signal(str)

    def __init__(
        self,
        contacts: Contacts,
        watch: PersonWatch,
        theme: Theme,
        now: Callable[[], datetime],
    ) -> None:
        super().__init__()
        self.setObjectName("person")
        self.setFixedWidth(WIDTH)
        look(self, "panel")
        self._contacts, self._watch = contacts, watch
        self._name = Elided("", "heading")
        self._name.setObjectName("person_name")
        self._id = Elided("", "quiet")
        self._close = self._close_button(theme)
        self._parts = Segments("person_part", [_("Timeline"), _("Details")])
        self._timeline = TimelineView(watch, theme, now)
        self.permissions = PermissionsView(theme, now)
        self.tags = TagsView(theme)
        self.fields = FieldsView(theme)
        self._rooms = QStackedWidget()
        self._rooms.addWidget(self._timeline)
        self._rooms.addWidget(self._details())
        self._parts.chosen.connect(self._rooms.setCurrentIndex)
        self._lay_out(Composer(contacts, watch, now))
        self.permissions.removing.connect(self._remove_permission)
        self.tags.adding.connect(self._add_tag)
        self.tags.removing.connect(self._remove_tag)
        self.fields.typed.connect(self._set_field)
        self.fields.complained.connect(self.complained)
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.activated.connect(self.closing)
        watch.changed.connect(self._show)
        self._show()

    def offer(self, known: Known) -> None:
        """The tags and fields that are in use."""
        self.tags.offer(known.tags)
        self.fields.offer(known)

    def _close_button(self, theme: Theme) -> QToolButton:
        button = QToolButton()
        button.setObjectName("close_person")
        button.setToolTip(_("Close"))
        button.setAccessibleName(_("Close"))
        ThemedIcon(button, theme, "x", "quiet")
        button.clicked.connect(self.closing)
        return button

    def _lay_out(self, composer: Composer) -> None:
        head = QHBoxLayout()
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self._name)
        names.addWidget(self._id)
        head.addLayout(names, 1)
        head.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        top = QVBoxLayout()
        top.setContentsMargins(MARGIN, 16, MARGIN, 12)
        top.setSpacing(12)
        top.addLayout(head)
        top.addWidget(self._parts)
        column = QVBoxLayout(self)
        column.setContentsMargins(sides.margins(1, 0, 0, 0))
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(line())
        column.addWidget(self._rooms, 1)
        column.addWidget(composer)

    def _details(self) -> Scrolling:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(sides.margins(MARGIN, 12, 0, 0))
        column.setSpacing(8)
        for title, view in (
            (_("Permissions"), self.permissions),
            (_("Tags"), self.tags),
            (_("Fields"), self.fields),
        ):
            column.addWidget(text(title, "label"))
            column.addWidget(view)
            column.addSpacing(12)
        forget = QPushButton(_("Delete for good…"))
        forget.setObjectName("forget_person")
        look(forget, "danger")
        forget.clicked.connect(self.forgetting)
        column.addWidget(forget, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        return Scrolling("person_details", inner, gutter=MARGIN)

    def _show(self) -> None:
        person = self._watch.person
        if person is None:
            self._name.say("")
            self._id.say("")
            self.fields.show_fields(())
            return
        self._name.say(person.row.name or _("No name"))
        self._id.say(_("Messenger’s id: {id}", id=person.row.person_id))
        self.permissions.show_permissions(person.permissions)
        self.tags.show_tags(person.row.tags)
        self.fields.show_fields(person.fields)

    def _add_tag(self, tag: str) -> None:
        if (id := self._watch.id) is not None:
            self._watch.do(lambda: self._contacts.add_tag(id, tag))

    def _remove_tag(self, tag: str) -> None:
        if (id := self._watch.id) is not None:
            self._take_back(
                lambda: self._contacts.remove_tag(id, tag),
                _("The tag “{tag}” is off.", tag=tag),
                lambda: self._contacts.add_tag(id, tag),
            )

    def _set_field(self, key: str, value: str) -> None:
        person = self._watch.person
        if person is None:
            return
        id = person.row.id
        names = {known: (name, before) for known, name, before in person.fields}
        name, before = names.get(key, (key, ""))
        said = _("{field} is “{value}” now.", field=name, value=value)
        self._take_back(
            lambda: self._contacts.set_field(id, key, value),
            said if value else _("{field} is empty now.", field=name),
            lambda: self._contacts.set_field(id, key, before),
        )

    def _remove_permission(self, permission: int) -> None:
        if (id := self._watch.id) is not None:
            self._watch.do(
                lambda: self._contacts.remove_permission(id, permission),
                lambda undo: self.done.emit(
                    _("The permission is removed: nothing is sent by it any more."),
                    lambda: self._watch.do(undo),
                ),
            )

    def _take_back(self, work: Callable[[], None], said: str, undo: Callable[[], None]) -> None:
        self._watch.do(work, lambda _done: self.done.emit(said, lambda: self._watch.do(undo)))
