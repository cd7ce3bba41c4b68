from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from otn_studio.blocks.block import Part
from otn_studio.studio.panel.card import Card
from otn_studio.studio.panel.target import PartForm
from otn_studio.studio.theme import sides
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.widgets.look import text
from otn_studio.studio.words import _


class PartCard(Card):
    """A small part among several. One with a single option needs no frame around its row."""

    def __init__(self, theme: Theme, path: str, name: str, form: PartForm) -> None:
        super().__init__(theme, path, name)
        self._name = name
        self._shown = ""
        self.form = form
        column = QVBoxLayout(self)
        rows = list(form.targets())
        self._title = text(name, "label")
        if len(rows) == 1 and rows[0].editor.shows_label:
            column.setContentsMargins(0, 0, 0, 0)
            rows[0].corner.addWidget(self.actions)
            rows[0].layout().setSpacing(0)
            self._title = rows[0].label
        else:
            self.setProperty("look", "card")
            column.setContentsMargins(sides.margins(12, 8, 8, 12))
            column.setSpacing(4)
            head = QHBoxLayout()
            head.addWidget(self._title, 1)
            head.addWidget(self.actions)
            column.addLayout(head)
            form.layout().setContentsMargins(sides.margins(0, 0, 4, 0))
        column.addWidget(form)

    def show_part(self, part: Part) -> None:
        """Show a part; of another one, nothing is remarked on yet."""
        if getattr(part, "id", "") != self._shown:
            self._shown = getattr(part, "id", "")
            for row in self.form.targets():
                row.editor.remarked.emit("")
        self.form.show_part(part)

    def reach(self, field: str) -> None:
        self.form.reach(field)

    def stand_at(self, index: int, count: int) -> None:
        """Be the one of that number among so many."""
        self.actions.stand_at(index, count)
        self._title.setToolTip(_("Drag to move") if count > 1 else "")
        self._title.setCursor(
            Qt.CursorShape.OpenHandCursor if count > 1 else Qt.CursorShape.ArrowCursor
        )
        self._title.setText(f"{self._name} {index + 1}" if count > 1 else self._name)

    def stops(self) -> Iterator[QWidget]:
        for row in self.form.targets():
            yield from row.stops()
        yield from self.actions.stops()
