"""The keys of the shop's own systems, on the Engine page: made, shown once, withdrawn."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from otn_studio.studio.background import Background
from otn_studio.studio.pages import figures
from otn_studio.studio.problem_words import sentence
from otn_studio.studio.services.access import ApiKeys, KeyRow
from otn_studio.studio.widgets.controls import discard
from otn_studio.studio.widgets.look import look, text
from otn_studio.studio.words import _

WIDTH = 560


def _utc_now() -> datetime:
    return datetime.now(UTC)


class ApiKeysCard(QFrame):
    """The keys that are good, and a field for a new one's name."""

    def __init__(self, keys: ApiKeys, now: Callable[[], datetime] = _utc_now) -> None:
        super().__init__()
        self.setObjectName("api_keys")
        look(self, "card")
        self.setMaximumWidth(WIDTH)
        self._keys, self._now = keys, now
        self._background = Background(self)
        self._name = QLineEdit()
        self._name.setObjectName("api_key_name")
        self._name.setAccessibleName(_("Name of the system"))
        self._name.setPlaceholderText(_("Stock system"))
        self._make = QPushButton(_("Make a key"))
        self._make.setObjectName("make_api_key")
        self._made = QLineEdit(readOnly=True)
        self._made.setObjectName("made_api_key")
        self._made.setAccessibleName(_("The new key"))
        self._copy = QPushButton(_("Copy"))
        self._copy.setObjectName("copy_api_key")
        self._once = text(_("Copy it now: it is shown this once."), "warning", wraps=True)
        self._problem = text("", "error", wraps=True)
        self._problem.setObjectName("api_key_problem")
        self._rows = QVBoxLayout()
        self._lay_out()
        self._make.clicked.connect(self._make_one)
        self._name.returnPressed.connect(self._make_one)
        self._copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._made.text()))
        self._show_key("")

    def showEvent(self, event: QShowEvent) -> None:
        """A key that was made is shown no longer than the page."""
        super().showEvent(event)
        self._show_key("")
        self._look()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addWidget(text(_("Your own systems"), "heading"))
        about = _(
            "With a key, they can announce something on a topic. Whoever programs them finds how"
            " under “For administrators” in the help."
        )
        column.addWidget(text(about, "quiet", wraps=True))
        column.addLayout(self._rows)
        for parts in ((self._name, self._make), (self._made, self._copy)):
            row = QHBoxLayout()
            row.setSpacing(8)
            row.addWidget(parts[0], 1)
            row.addWidget(parts[1])
            column.addLayout(row)
        column.addWidget(self._once)
        column.addWidget(self._problem)

    def _look(self) -> None:
        self._background.run(self._keys.all, self._show, self._failed)

    def _show(self, rows: Sequence[KeyRow]) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            discard(item.widget())
        for row in rows:
            self._rows.addWidget(self._row(row))

    def _row(self, key: KeyRow) -> QWidget:
        made = QWidget()
        used = (
            _("never used")
            if key.used_at is None
            else _("used {when}", when=figures.past(key.used_at, self._now()))
        )
        withdraw = QPushButton(_("Withdraw"))
        withdraw.setObjectName(f"withdraw_api_key_{key.id}")
        withdraw.setAccessibleDescription(key.name)
        withdraw.clicked.connect(lambda: self._withdraw(key.id))
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(text(key.name))
        row.addWidget(text(used, "quiet"))
        row.addStretch(1)
        row.addWidget(withdraw)
        return made

    def _make_one(self) -> None:
        name = self._name.text()
        self._background.run(lambda: self._keys.make(name), self._is_made, self._failed)

    def _is_made(self, key: str) -> None:
        self._name.clear()
        self._problem.clear()
        self._show_key(key)
        self._look()

    def _show_key(self, key: str) -> None:
        self._made.setText(key)
        for part in (self._made, self._copy, self._once):
            part.setVisible(bool(key))
        self._problem.setVisible(bool(self._problem.text()))

    def _withdraw(self, id: int) -> None:
        self._show_key("")
        self._background.run(
            lambda: self._keys.withdraw(id), lambda _done: self._look(), self._failed
        )

    def _failed(self, error: Exception) -> None:
        self._problem.setText(sentence(error))
        self._problem.show()
