"""The question before a secret goes."""

from PySide6.QtWidgets import QWidget

from otn_studio.blocks.words import quoted
from otn_studio.studio.secrets.store import SecretRow
from otn_studio.studio.widgets.dialog import SmallDialog
from otn_studio.studio.widgets.look import text
from otn_studio.studio.words import _


class DeleteSecret(SmallDialog):
    """Says which flows use it. ``accepted``: delete it."""

    def __init__(self, secret: SecretRow, parent: QWidget) -> None:
        title = _("Delete the secret “{name}”?", name=secret.name)
        super().__init__(parent, "delete_secret_window", title)
        cost = text(_cost(secret), wraps=True)
        cost.setObjectName("delete_secret_cost")
        self.column.addWidget(cost)
        self.setAccessibleDescription(cost.text())
        delete = self.add_button("delete_secret", _("Delete secret"), "danger")
        delete.clicked.connect(self.accept)
        keep = self.add_button("keep_it", _("Keep it"), "primary", default=True)
        keep.clicked.connect(self.reject)
        keep.setFocus()


def _cost(secret: SecretRow) -> str:
    if not secret.flows:
        return _("No flow uses it. It can’t be brought back.")
    return _(
        "It can’t be brought back. What asks for it no longer works: {flows}",
        flows=quoted(secret.flows),
    )
