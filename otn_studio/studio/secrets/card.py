"""The secrets on the Engine page: how many there are, and the way to them."""

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from otn_studio.studio.secrets.dialog import OpenFlow, SecretsDialog
from otn_studio.studio.secrets.known import KnownSecrets
from otn_studio.studio.secrets.store import Secrets
from otn_studio.studio.secrets.unlock import when_open
from otn_studio.studio.widgets.look import look, text
from otn_studio.studio.words import _

WIDTH = 560


class SecretsCard(QFrame):
    """One sentence and a button."""

    def __init__(self, secrets: Secrets, open_flow: OpenFlow) -> None:
        super().__init__()
        self.setObjectName("secrets_card")
        look(self, "card")
        self.setMaximumWidth(WIDTH)
        self._known = KnownSecrets(secrets, self)
        self._open_flow = open_flow
        self._count = text("", "quiet", wraps=True)
        self._count.setObjectName("secrets_count")
        button = QPushButton(_("Secrets…"))
        button.setObjectName("open_secrets")
        button.clicked.connect(self._open)
        head = QHBoxLayout()
        head.addWidget(text(_("Secrets"), "heading"), 1)
        head.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(text(_("Keys and passwords that flows use by name."), "quiet", wraps=True))
        column.addWidget(self._count)
        self._known.changed.connect(self._show)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._known.refresh()
        self._show()

    def _open(self) -> None:
        when_open(self._known, self.window(), self._show_all)

    def _show_all(self) -> None:
        SecretsDialog(self._known, self._open_flow, self.window()).open()

    def _show(self) -> None:
        missing = [row.name for row in self._known.rows if not row.is_set]
        words = _("Not set yet: {names}.", names=", ".join(missing)) if missing else ""
        self._count.setText(words)
        self._count.setVisible(bool(words))
