"""The question before a person is deleted for good."""

from PySide6.QtWidgets import QWidget

from otn_studio.studio.pages.contacts import words
from otn_studio.studio.services.people import PersonRow
from otn_studio.studio.widgets.dialog import SmallDialog
from otn_studio.studio.widgets.look import text
from otn_studio.studio.words import _


class ForgetPersonWindow(SmallDialog):
    """Says what it costs. ``accepted``: delete them."""

    def __init__(self, row: PersonRow, parent: QWidget) -> None:
        super().__init__(parent, "forget_window", _("Delete this person for good?"))
        cost = text(
            _(
                "Everything about {name} is deleted, permissions and timeline included, and can’t be"
                " brought back. Backups of the last days still know them until they are gone.",
                name=words.name(row),
            ),
            wraps=True,
        )
        cost.setObjectName("forget_cost")
        self.column.addWidget(cost)
        self.setAccessibleDescription(cost.text())
        delete = self.add_button("forget_for_good", _("Delete for good"), "danger")
        delete.clicked.connect(self.accept)
        keep = self.add_button("keep_person", _("Keep them"), "primary", default=True)
        keep.clicked.connect(self.reject)
        keep.setFocus()
