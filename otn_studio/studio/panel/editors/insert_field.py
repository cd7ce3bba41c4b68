"""The small menu that puts one of a person's fields into a text."""

from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from otn_studio.blocks.field import Field
from otn_studio.blocks.words import Words
from otn_studio.flow.changes import Change, SetField
from otn_studio.studio.panel.editors.insert_secret import InsertSecret
from otn_studio.studio.panel.fields import existing, fields_of, fresh
from otn_studio.studio.panel.names import for_menu
from otn_studio.studio.panel.place import Place
from otn_studio.studio.widgets.controls import IconButton
from otn_studio.studio.widgets.menu import Menu
from otn_studio.studio.words import _


class Insertable(Protocol):
    """A text that takes a field, or a secret by its name."""

    def insert(self, key: str, *first: Change, words: Words | None = None) -> None: ...

    def insert_text(self, text: str) -> None: ...


class InsertField(QWidget):
    """``button`` opens the menu. This widget is the line for a new field's name, mostly hidden."""

    def __init__(self, place: Place, text: Insertable) -> None:
        super().__init__()
        self._place, self._text = place, text
        takes_secrets = place.option.secrets
        self._secret = InsertSecret(place.tools, text, self) if takes_secrets else None
        words = _("Insert a field or a secret") if takes_secrets else _("Insert a field")
        self.button = IconButton(place.tools.theme, "braces", words)
        self.button.setObjectName(f"{place.path} insert")
        self.button.clicked.connect(self.open_menu)
        self._stops: tuple[QWidget, ...] = (self.button,)
        self.hide()

    @cached_property
    def _name(self) -> QLineEdit:
        """Made with the button behind it when it is first needed: most texts never get a new field."""
        name = QLineEdit(placeholderText=_("Name of the new field"))
        name.setAccessibleName(_("Name of the new field"))
        name.setObjectName(f"{self._place.path} new field")
        name.installEventFilter(self)
        add = QPushButton(_("Add"))
        add.clicked.connect(self._create)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(name, 1)
        line.addWidget(add)
        self._stops += (name, add)
        for before, after in pairwise(self._stops):
            QWidget.setTabOrder(before, after)
        return name

    def stops(self) -> Iterator[QWidget]:
        yield from self._stops

    def open_menu(self) -> None:
        menu = Menu(self.button)
        menu.setObjectName("insert menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for key, name in fields_of(self._place.tools.document.flow).items():
            action = menu.addAction(for_menu(name))
            action.triggered.connect(lambda _checked=False, key=key: self._text.insert(key))
        menu.addSeparator()
        menu.addAction(_("New field…")).triggered.connect(self._ask)
        if self._secret is not None:
            self._secret.add_to(menu)
        menu.open_below(self.button)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._create()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self._end()
                return True
        return False

    def _ask(self) -> None:
        name = self._name
        self.show()
        name.setFocus()

    def _create(self) -> None:
        name = " ".join(self._name.text().split())
        flow = self._place.tools.document.flow
        if not name:
            return
        known = existing(flow, name)
        if known is not None:
            self._text.insert(known)
        else:
            key = fresh(flow, name)
            words = Words("Create field “{name}”", name=name)
            self._text.insert(key, SetField(key, Field(name)), words=words)
        self._end()

    def _end(self) -> None:
        self._name.clear()
        self.parentWidget().setFocus()
        self.hide()
