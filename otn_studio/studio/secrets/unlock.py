"""The small window that asks, once a session, for the password of the file with the secrets."""

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QWidget

from otn_studio.studio.secrets.known import KnownSecrets
from otn_studio.studio.secrets.store import Lock
from otn_studio.studio.widgets.dialog import SmallDialog
from otn_studio.studio.widgets.look import mark, text
from otn_studio.studio.words import _


def when_open(known: KnownSecrets, parent: QWidget, then: Callable[[], None]) -> None:
    """Go on, after the password where one is needed."""
    if known.lock is Lock.OPEN:
        then()
        return
    window = Unlock(known, parent)
    window.accepted.connect(then)
    window.open()


class Unlock(SmallDialog):
    """Where there is no such file yet, the password is chosen here. ``accepted``: it is open."""

    def __init__(self, known: KnownSecrets, parent: QWidget) -> None:
        is_new = known.lock is Lock.NEW
        title = _("Choose a password for your secrets") if is_new else _("Open your secrets")
        super().__init__(parent, "unlock_secrets_window", title)
        self._known = known
        self._password = _line("secrets_password", _("Password"))
        self._again = _line("secrets_password_again", _("Once more")) if is_new else None
        self._lay_out(is_new)
        self.add_button("cancel_unlock", _("Cancel")).clicked.connect(self.reject)
        verb = _("Save password") if is_new else _("Open")
        self._open = self.add_button("unlock_secrets", verb, "primary", default=True)
        self._open.clicked.connect(self._try)
        self._password.setFocus()

    def _lay_out(self, is_new: bool) -> None:
        about = _("This computer has no keyring. Secrets are in a file that only a password opens.")
        new = _("Nobody can bring it back for you: write it down.") if is_new else ""
        engine = _("If the engine is running, start it again: only then does it know the password.")
        self.column.addWidget(
            text(f"{about} {new} {engine}".replace("  ", " "), "quiet", wraps=True)
        )
        for line in filter(None, (self._password, self._again)):
            self.column.addSpacing(8)
            self.column.addWidget(text(line.accessibleName(), "label"))
            self.column.addWidget(line)
        self.add_problem("unlock_problem")

    def _try(self) -> None:
        password = self._password.text()
        if self._again is not None and self._again.text() != password:
            self._complain(_("The two are not the same. Type them once more."))
            return
        self._open.setEnabled(False)
        self._known.unlock(password, self.accept, self._complain)

    def _complain(self, words: str) -> None:
        self._open.setEnabled(True)
        mark(self._password, bool(words))
        self.complain(words)
        self._password.setFocus()
        self._password.selectAll()


def _line(name: str, words: str) -> QLineEdit:
    line = QLineEdit()
    line.setObjectName(name)
    line.setAccessibleName(words)
    line.setEchoMode(QLineEdit.EchoMode.Password)
    return line
