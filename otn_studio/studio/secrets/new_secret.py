"""The small window in which a secret gets its value, which nobody sees from then on."""

import re
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from otn_studio.blocks import secret
from otn_studio.studio.secrets.known import KnownSecrets
from otn_studio.studio.widgets.dialog import SmallDialog
from otn_studio.studio.widgets.look import look, mark, text
from otn_studio.studio.words import _

_BETWEEN: Final = re.compile(r"[^a-z0-9]+")


class NewSecret(SmallDialog):
    """Asks for a name and a value; with a ``name``, for a new value only. ``kept``: it is there."""

    kept = Signal(str)

    def __init__(self, known: KnownSecrets, parent: QWidget, name: str = "") -> None:
        replaces = name in known.names
        title = _("A new value for “{name}”", name=name) if replaces else name or _("New secret")
        super().__init__(parent, "new_secret_window", title)
        self._known, self._fixed = known, name
        self._name = self._line("secret_name", _("Name"), _("shop_key"))
        self._name.setMaxLength(40)
        self._name.textChanged.connect(self._explain)
        self._value = self._line("secret_value", _("Value"), "")
        self._value.setEchoMode(QLineEdit.EchoMode.Password)
        self._explained = text("", "quiet", wraps=True)
        self._explained.setObjectName("secret_explained")
        self._lay_out()
        self.add_button("cancel_secret", _("Cancel")).clicked.connect(self.reject)
        words = _("Replace") if replaces else _("Save secret")
        self._keep = self.add_button("keep_secret", words, "primary", default=True)
        self._keep.clicked.connect(self._try)
        self._explain()
        (self._value if name else self._name).setFocus()

    def _line(self, name: str, words: str, placeholder: str) -> QLineEdit:
        line = QLineEdit()
        line.setObjectName(name)
        line.setAccessibleName(words)
        line.setPlaceholderText(placeholder)
        return line

    def _lay_out(self) -> None:
        about = _("It stays locked away on this computer. Nobody is shown it again.")
        self.column.addWidget(text(about, "quiet", wraps=True))
        self.column.addSpacing(12)
        parts = [text(_("Name"), "label"), self._name, self._explained]
        for part in parts:
            self.column.addWidget(part)
            part.setVisible(not self._fixed)
        self.column.addSpacing(0 if self._fixed else 8)
        self.column.addWidget(text(_("Value"), "label"))
        self.column.addWidget(self._value)
        self.add_problem("secret_problem")

    def _explain(self) -> None:
        """How a text asks for it, and that it would take the place of another."""
        name = self._fixed or name_of(self._name.text())
        words = _("In texts: {{{{ secret.{name} }}}}", name=name or "shop_key")
        self._complain("")
        look(self._explained, "quiet")
        self._explained.setText(words)

    def _try(self) -> None:
        name, value = self._fixed or name_of(self._name.text()), self._value.text().strip()
        if wrong := self._wrong_name(name):
            self._complain("", self._name)
            look(self._explained, "error")
            self._explained.setText(wrong)
            self.grow()
        elif not value:
            self._complain(_("The secret is empty. Give it a value."), self._value)
        else:
            self._keep.setEnabled(False)
            self._known.set(name, value, lambda: self._is_kept(name), self._refused)

    def _wrong_name(self, name: str) -> str:
        if not secret.NAME.fullmatch(name):
            return _("Give it a name that begins with a letter, such as shop_key.")
        if not self._fixed and name in self._known.names:
            return _("There is a secret “{name}” already. Choose another name.", name=name)
        return ""

    def _is_kept(self, name: str) -> None:
        self._value.clear()
        self.kept.emit(name)
        self.accept()

    def _refused(self, words: str) -> None:
        self._keep.setEnabled(True)
        self._complain(words)

    def _complain(self, words: str, at: QLineEdit | None = None) -> None:
        for line in (self._name, self._value):
            mark(line, line is at)
        self.complain(words)
        if at is not None:
            at.setFocus()


def name_of(typed: str) -> str:
    """What was typed, as flows write the name.

    >>> name_of(" Shop Key")
    'shop_key'
    """
    return _BETWEEN.sub("_", typed.lower()).strip("_")
