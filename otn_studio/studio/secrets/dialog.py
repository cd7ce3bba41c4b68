"""The secrets of flows in a small window: a line for each, by name."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from otn_studio.flow.document import Flow
from otn_studio.studio.secrets.delete_secret import DeleteSecret
from otn_studio.studio.secrets.known import KnownSecrets
from otn_studio.studio.secrets.new_secret import NewSecret
from otn_studio.studio.secrets.store import SecretRow, with_flow
from otn_studio.studio.theme import sides
from otn_studio.studio.widgets.controls import ElidedLabel, discard
from otn_studio.studio.widgets.dialog import SmallDialog
from otn_studio.studio.widgets.look import line, look, text
from otn_studio.studio.words import _

WIDTH = 520
ROW = 52
MOST_ROWS = 6

OpenFlow = Callable[[], Flow | None]


class SecretsDialog(SmallDialog):
    """What is set and what flows ask for. ``open_flow`` is drawn at the moment, if there is one."""

    def __init__(self, known: KnownSecrets, open_flow: OpenFlow, parent: QWidget) -> None:
        super().__init__(parent, "secrets_window", _("Secrets"), WIDTH)
        self._known, self._open_flow = known, open_flow
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(sides.margins(12, 0, 8, 0))
        self._rows.setSpacing(0)
        self._list = self._make_list()
        self._none = text(_("There is no secret yet."), wraps=True)
        self._none.setObjectName("no_secrets")
        about = _(
            "Keys and passwords that flows use by name. They stay locked away on this computer, and are"
            " never shown again."
        )
        self.column.addWidget(text(about, "quiet", wraps=True))
        self.column.addSpacing(8)
        self.column.addWidget(self._list)
        self.column.addWidget(self._none)
        self.add_problem("secrets_problem")
        new = self.add_button("new_secret", _("New secret"))
        new.clicked.connect(lambda: self._ask())
        done = self.add_button("close_secrets", _("Done"), "primary", default=True)
        done.clicked.connect(self.accept)
        known.changed.connect(self._show)
        known.refresh()
        self._show()

    def _make_list(self) -> QScrollArea:
        frame = QFrame()
        frame.setLayout(self._rows)
        area = QScrollArea()
        area.setObjectName("secrets")
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(frame)
        for ground in (area.viewport(), frame):
            ground.setAutoFillBackground(False)
        look(area, "list")
        return area

    def _show(self) -> None:
        rows = with_flow(self._known.rows, self._open_flow())
        while (item := self._rows.takeAt(0)) is not None:
            if item.widget() is not None:
                discard(item.widget())
        for number, row in enumerate(rows):
            if number:
                self._rows.addWidget(line())
            self._rows.addWidget(self._row(row))
        self._rows.addStretch(1)
        self._list.setVisible(bool(rows))
        self._list.setFixedHeight(min(len(rows), MOST_ROWS) * (ROW + 1) + 1)
        self._none.setVisible(not rows)
        self.complain(self._known.problem)

    def _row(self, row: SecretRow) -> QWidget:
        made = QWidget()
        made.setFixedHeight(ROW)
        name, about = ElidedLabel("strong"), ElidedLabel("quiet")
        name.show_text(row.name)
        about.show_text(_about(row))
        about.setToolTip(", ".join(row.flows))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(name)
        words.addWidget(about)
        words.addStretch(1)
        layout = QHBoxLayout(made)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(words, 1)
        for button in self._buttons_for(row):
            layout.addWidget(button)
        return made

    def _buttons_for(self, row: SecretRow) -> list[QPushButton]:
        if row.handed_over:
            return []
        set = QPushButton(_("Replace") if row.is_set else _("Set"))
        set.setObjectName(f"set_secret_{row.name}")
        set.clicked.connect(lambda: self._ask(row.name))
        if not row.is_set:
            set.setAccessibleDescription(row.name)
            return [set]
        delete = QPushButton(_("Delete"))
        delete.setObjectName(f"delete_secret_{row.name}")
        delete.clicked.connect(lambda: self._delete(row))
        for button in (set, delete):
            button.setAccessibleDescription(row.name)
            look(button, "quiet")
        return [set, delete]

    def _ask(self, name: str = "") -> None:
        NewSecret(self._known, self, name).open()

    def _delete(self, row: SecretRow) -> None:
        window = DeleteSecret(row, self)
        window.accepted.connect(lambda: self._known.delete(row.name, self.complain))
        window.open()


def _about(row: SecretRow) -> str:
    flows = ", ".join(row.flows)
    used = _("used by {flows}", flows=flows) if flows else _("no flow uses it")
    if not row.is_set:
        return _("not set · {used}", used=used)
    return _("set on the server · {used}", used=used) if row.handed_over else used
