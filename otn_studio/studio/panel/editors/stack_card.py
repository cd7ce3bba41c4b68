from collections.abc import Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from otn_studio.blocks.block import Declared
from otn_studio.blocks.finding import Finding
from otn_studio.studio.panel.card import Card
from otn_studio.studio.panel.names import first_words, part_name
from otn_studio.studio.panel.problems import Problems
from otn_studio.studio.panel.target import Target
from otn_studio.studio.theme import sides
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.widgets.controls import ElidedLabel, IconLabel
from otn_studio.studio.widgets.look import text
from otn_studio.studio.words import _


class StackCard(Card):
    """One element, small: what it is and how it begins. Press to open it, drag to move it."""

    opened = Signal()

    def __init__(self, theme: Theme, path: str, part: Declared) -> None:
        name = part_name(type(part))
        super().__init__(theme, path, name)
        self.path = path
        self._name = name
        self.clicked.connect(self.opened)
        self.setObjectName(path)
        self.setProperty("look", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(_("Press to open, drag to move"))
        self._words = ElidedLabel("quiet")
        self._problems = Problems(theme, most=1)
        self._lay_out(IconLabel(theme, part.kind.icon, part.kind.group.value))

    def stand_at(self, index: int, count: int) -> None:
        """Be the one of that number among so many."""
        self.actions.stand_at(index, count)

    def reach(self, field: str) -> None:
        """It has no form of its own."""

    def show_part(self, part: Declared) -> None:
        words = first_words(part)
        self._words.show_text(words or _("Nothing written yet"))
        self.setAccessibleName(f"{self._name}: {self._words.whole}")

    def show_findings(self, findings: list[Finding]) -> None:
        self._problems.show_findings(findings)

    @property
    def problems(self) -> list[str]:
        return self._problems.texts

    def targets(self) -> Iterator[Target]:
        return iter(())

    def stops(self) -> Iterator[QWidget]:
        yield self
        yield from self.actions.stops()

    def take_focus(self, field: str) -> None:
        self.setFocus()

    def keyPressEvent(self, event) -> None:
        plain = not event.modifiers()
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit()
        elif plain and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.actions.removed.emit()
        else:
            super().keyPressEvent(event)

    def _lay_out(self, icon: IconLabel) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(sides.margins(12, 4, 4, 8))
        column.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(icon)
        head.addWidget(text(self._name, "label"), 1)
        head.addWidget(self.actions)
        column.addLayout(head)
        for widget in (self._words, self._problems):
            line = QHBoxLayout()
            line.setContentsMargins(sides.margins(24, 0, 8, 0))
            line.addWidget(widget)
            column.addLayout(line)
