"""The mail server on the Engine page: by which colleagues are notified."""

from collections.abc import Callable

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
)

from otn_studio.studio.background import Background
from otn_studio.studio.problem_words import sentence
from otn_studio.studio.services.mailing import Mail, MailSettings, WrongSetting
from otn_studio.studio.widgets.controls import NumberLine
from otn_studio.studio.widgets.look import look, mark, text
from otn_studio.studio.words import _

WIDTH = 560
PORT = 72
MOST = 65_535


class MailCard(QFrame):
    """A form that is kept as a whole; a test keeps it first, and sends an e-mail to oneself."""

    def __init__(self, mail: Mail) -> None:
        super().__init__()
        self.setObjectName("mail")
        look(self, "card")
        self.setMaximumWidth(WIDTH)
        self._mail = mail
        self._background = Background(self)
        self._kept = MailSettings()
        self._server = _line("mail_server", _("Server"), _("smtp.shop.example"))
        self._port = NumberLine(1, MOST)
        self._port.setObjectName("mail_port")
        self._port.setAccessibleName(_("Port"))
        self._port.setFixedWidth(PORT)
        self._sender = _line("mail_sender", _("From"), _("bot@shop.example"))
        self._user = _line("mail_user", _("User"), _("The same as From"))
        self._password = _line("mail_password", _("Password"), "")
        self._password.setEchoMode(QLineEdit.EchoMode.Password)
        self._keep = _button("keep_mail", _("Save"), lambda: self._keep_then(self._is_kept))
        self._test = _button("test_mail", _("Send a test"), lambda: self._keep_then(self._try))
        self._lines = {
            "server": self._server,
            "port": self._port,
            "sender": self._sender,
            "user": self._user,
        }
        for line in self._lines.values():
            line.textEdited.connect(lambda _text: self._point_out())
        self._grid = QGridLayout()
        self._wrong = text("", "error", wraps=True)
        self._wrong.setObjectName("mail_wrong")
        self._about = text("", "quiet", wraps=True)
        self._about.setObjectName("mail_about")
        self._lay_out()
        self._show(self._kept)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._say("")
        self._point_out()
        self._background.run(self._mail.settings, self._show, self._failed)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addWidget(text(_("E-mail to colleagues"), "heading"))
        about = _("By this mail server, “Notify a colleague” sends its e-mail.")
        column.addWidget(text(about, "quiet", wraps=True))
        self._lay_out_form()
        column.addLayout(self._grid)
        column.addWidget(self._about)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self._test)
        buttons.addWidget(self._keep)
        column.addLayout(buttons)

    def _lay_out_form(self) -> None:
        """Every other row is for what is wrong with the one above."""
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 1)
        for row, lines in enumerate(
            ((self._server, self._port), (self._sender,), (self._user,), (self._password,))
        ):
            for number, line in enumerate(lines):
                label = text(line.accessibleName())
                label.setBuddy(line)
                self._grid.addWidget(label, 2 * row, 2 * number)
                self._grid.addWidget(line, 2 * row, 2 * number + 1, 1, 5 - 2 * len(lines))
        self._grid.addWidget(self._wrong, 1, 1, 1, 3)

    def _show(self, settings: MailSettings) -> None:
        self._kept = settings
        for line, value in (
            (self._server, settings.server),
            (self._sender, settings.sender),
            (self._user, settings.user),
            (self._port, str(settings.port)),
        ):
            if not line.isModified():
                line.setText(value)
            line.setReadOnly(settings.handed_over)
        self._password.setReadOnly(settings.handed_over)
        is_set = _("Set. Type to replace it.") if settings.has_password else _("Not set")
        self._password.setPlaceholderText(is_set)
        self._keep.setVisible(not settings.handed_over)
        if settings.handed_over:
            self._say(_("Set on the server, and changed there."))

    def _keep_then(self, then: Callable[[], None]) -> None:
        if self._kept.handed_over:
            then()
            return
        settings, password = self._written(), self._password.text()
        self._wait(True)
        self._point_out()
        self._background.run(
            lambda: self._mail.keep(settings, password), lambda _done: then(), self._failed
        )

    def _written(self) -> MailSettings:
        port = int(self._port.text()) if self._port.text().isdecimal() else 0
        return MailSettings(self._server.text(), port, self._sender.text(), self._user.text())

    def _is_kept(self) -> None:
        self._forget_what_was_typed()
        self._wait(False)
        self._say(_("Saved."))

    def _try(self) -> None:
        self._forget_what_was_typed()
        self._wait(True)
        self._say(_("A test is being sent…"))
        self._background.run(self._mail.test, self._is_sent, self._failed)

    def _is_sent(self, to: str) -> None:
        self._wait(False)
        self._say(_("The server took it. Look into the mailbox of {to}.", to=to))

    def _forget_what_was_typed(self) -> None:
        """It is kept; the password is nowhere in the window any more."""
        self._password.clear()
        for line in self._lines.values():
            line.setModified(False)
        self._background.run(self._mail.settings, self._show, self._failed)

    def _failed(self, error: Exception) -> None:
        self._wait(False)
        if isinstance(error, WrongSetting):
            self._say("")
            self._point_out(error.setting, sentence(error))
            self._lines[error.setting].setFocus()
        else:
            self._say(sentence(error), "error")

    def _point_out(self, setting: str = "", words: str = "") -> None:
        """Say below its line what is wrong with a setting; without one, nothing is any more."""
        for name, line in self._lines.items():
            mark(line, name == setting)
        if setting:
            row = self._grid.getItemPosition(self._grid.indexOf(self._lines[setting]))[0]
            self._grid.addWidget(self._wrong, row + 1, 1, 1, 3)
        self._wrong.setText(words)
        self._wrong.setVisible(bool(words))

    def _wait(self, waits: bool) -> None:
        for button in (self._keep, self._test):
            button.setEnabled(not waits)

    def _say(self, words: str, kind: str = "quiet") -> None:
        look(self._about, kind)
        self._about.setText(words)
        self._about.setVisible(bool(words))


def _line(name: str, words: str, placeholder: str) -> QLineEdit:
    line = QLineEdit()
    line.setObjectName(name)
    line.setAccessibleName(words)
    line.setPlaceholderText(placeholder)
    return line


def _button(name: str, words: str, press: Callable[[], None]) -> QPushButton:
    button = QPushButton(words)
    button.setObjectName(name)
    button.clicked.connect(press)
    return button
