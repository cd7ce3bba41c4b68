"""What is known of a person: one line for each field, typed over in place."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QLineEdit, QVBoxLayout, QWidget

from otn_studio.blocks.liquid import VALUE_LIMIT
from otn_studio.studio.pages.contacts import words
from otn_studio.studio.services.people import Known
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.widgets.look import BESIDE_WORDS, ThemedIcon, mark, text
from otn_studio.studio.widgets.menu import Menu
from otn_studio.studio.widgets.menu_button import MenuButton
from otn_studio.studio.words import _

LABEL = 112


class FieldsView(QWidget):
    """``typed``: a field has another value now, or none any more. ``complained``: what was typed does
    not fit it.
    """

    typed = Signal(str, str)
    complained = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._known = Known()
        self._fields: dict[str, QLineEdit] = {}
        self._kept: dict[str, str] = {}
        self._form = QFormLayout()
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setVerticalSpacing(8)
        self._menu = Menu()
        self._menu.setObjectName("new_fields")
        self._add = MenuButton(theme, "quiet", self._menu)
        self._add.setText(_("Field"))
        self._add.setObjectName("add_field")
        self._add.setAccessibleName(_("Add a field"))
        ThemedIcon(self._add, theme, "plus", "quiet")
        self._add.setIconSize(BESIDE_WORDS)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._form)
        column.addWidget(self._add)

    def offer(self, known: Known) -> None:
        """The fields that there are."""
        self._known = known
        self._fill_menu()

    def show_fields(self, fields: tuple[tuple[str, str, str], ...]) -> None:
        """A value that is being typed stays as it is."""
        values = {key: value for key, _name, value in fields}
        if values.keys() != self._kept.keys() or not self._kept:
            self._rebuild(fields)
        for key, value in values.items():
            field = self._fields[key]
            if not field.isModified():
                mark(field, False)
                field.setText(value)
        self._kept = values

    def _rebuild(self, fields: tuple[tuple[str, str, str], ...]) -> None:
        while self._form.rowCount():
            self._form.removeRow(0)
        self._fields.clear()
        for key, name, _value in fields:
            self._add_row(key, name)
        self._fill_menu()

    def _add_row(self, key: str, name: str) -> QLineEdit:
        field = QLineEdit()
        field.setObjectName(f"field_{key}")
        field.setAccessibleName(name)
        field.setMaxLength(VALUE_LIMIT)
        field.editingFinished.connect(lambda: self._typed(key, field))
        label = text(name, "quiet", wraps=True)
        label.setFixedWidth(LABEL)
        label.setMinimumHeight(field.sizeHint().height())
        self._form.addRow(label, field)
        self._fields[key] = field
        return field

    def _typed(self, key: str, field: QLineEdit) -> None:
        typed = field.text().strip()
        if not field.isModified() or typed == self._kept.get(key, ""):
            return
        value = words.fitting(typed, key, self._known) if typed else ""
        mark(field, value is None)
        if value is None:
            self.complained.emit(words.has_to_be(key, self._known))
            return
        field.setModified(False)
        self.typed.emit(key, value)

    def _fill_menu(self) -> None:
        self._menu.clear()
        fields = self._known.fields.items()
        missing = {key: field.name for key, field in fields if key not in self._fields}
        for key, name in missing.items():
            shown = name.replace("&", "&&")
            self._menu.addAction(shown, lambda key=key, name=name: self._begin(key, name))
        self._add.setVisible(bool(missing))

    def _begin(self, key: str, name: str) -> None:
        self._add_row(key, name).setFocus()
        self._fill_menu()
