"""Looking for words in everything on the canvas, and replacing them in all texts at once."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QPushButton, QToolButton, QWidget

from otn_studio.studio.canvas.floating import Floating
from otn_studio.studio.canvas.gestures.gesture import Tools
from otn_studio.studio.canvas.searching import Hit, Searching
from otn_studio.studio.theme import sides
from otn_studio.studio.theme.icons import icon
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.widgets.search import SearchField
from otn_studio.studio.words import _

TARGET = 28
FIELD = 224
EDGE = 8
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FindBar(Floating):
    """Enter goes to the next one that has the words, Shift+Enter to the one before, Esc ends it."""

    def __init__(self, parent: QWidget, tools: Tools, searching: Searching, theme: Theme) -> None:
        super().__init__(parent, theme)
        self.setObjectName("find_bar")
        self._tools = tools
        self._searching = searching
        self._hits: list[Hit] = []
        self._at = -1
        self.field = SearchField(theme, "find", _("Find in the flow"))
        self.field.setFixedWidth(FIELD)
        self.field.textChanged.connect(self._look)
        self.field.installEventFilter(self)
        self.by = QLineEdit()
        self.by.setObjectName("replace_by")
        self.by.setPlaceholderText(_("Replace with"))
        self.by.setAccessibleName(_("Replace with"))
        self.by.setFixedWidth(FIELD)
        self.by.installEventFilter(self)
        self._count = QLabel()
        self._count.setObjectName("find_count")
        self._count.setProperty("look", "quiet")
        self._count.setMinimumWidth(76)
        self._count.setContentsMargins(sides.margins(6, 0, 0, 0))
        self._icons: list[tuple[QToolButton, str]] = []
        self._replace = QPushButton(_("Replace in all texts"))
        self._replace.setObjectName("replace_all")
        self._replace.clicked.connect(self._replace_all)
        self._lay_out()
        theme.changed.connect(self._recolor)
        self._recolor()
        self.hide()

    def place(self) -> None:
        """At the top of the parent, where its lines end."""
        self.adjustSize()
        room = self.parentWidget().rect()
        place = QRect(QPoint(room.width() - self.width() - EDGE, EDGE), self.size())
        self.move(sides.swapped(place, room).topLeft())

    def open(self) -> None:
        """Ready to type; what was looked for last stands there."""
        self.place()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()
        self._look()

    @property
    def hits(self) -> list[Hit]:
        """What has the words."""
        return self._hits

    def close_again(self) -> None:
        if self.isVisible():
            self.hide()
            self._tools.scene.show_found(())
            self._tools.view.setFocus()

    def refresh(self) -> None:
        """The flow has changed."""
        if self.isVisible():
            self._look()

    def eventFilter(self, watched, event) -> bool:
        if event.type() == QEvent.Type.KeyPress:
            return self._press(watched, event)
        return False

    def _press(self, watched: QWidget, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape:
            self.close_again()
        elif event.key() in _ENTER and watched is self.by:
            self._replace_all()
        elif event.key() in _ENTER:
            self._step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        else:
            return False
        return True

    def _lay_out(self) -> None:
        grid = QGridLayout(self.body)
        grid.setContentsMargins(5, 5, 5, 5)
        grid.setHorizontalSpacing(4)
        grid.setVerticalSpacing(6)
        self._steps = (
            self._button("find_previous", "chevron-up", _("Previous"), lambda: self._step(-1)),
            self._button("find_next", "chevron-down", _("Next"), lambda: self._step(1)),
        )
        end = self._button("find_close", "x", _("Close"), self.close_again)
        for column, widget in enumerate((self.field, self._count, *self._steps, end)):
            grid.addWidget(widget, 0, column)
        grid.addWidget(self.by, 1, 0)
        grid.addWidget(self._replace, 1, 1, 1, 4)

    def _button(
        self, name: str, icon_name: str, words: str, do: Callable[[], object]
    ) -> QToolButton:
        button = QToolButton()
        button.setObjectName(name)
        button.setToolTip(words)
        button.setAccessibleName(words)
        button.setFixedSize(TARGET, TARGET)
        button.clicked.connect(lambda: do())
        self._icons.append((button, icon_name))
        return button

    def _recolor(self) -> None:
        for button, name in self._icons:
            button.setIcon(icon(name, self.theme.roles.text))

    def _look(self) -> None:
        self._hits = self._searching.hits(self.field.text())
        self._at = min(self._at, len(self._hits) - 1)
        blocks, frames = {hit.block for hit in self._hits}, {hit.frame for hit in self._hits}
        self._tools.scene.show_found(blocks, frames)
        self._tell()

    def _step(self, by: int) -> None:
        if self._hits:
            beginning = -1 if by > 0 else 0
            self._at = ((self._at if self._at >= 0 else beginning) + by) % len(self._hits)
            self._show(self._hits[self._at])
        self._tell()

    def _show(self, hit: Hit) -> None:
        if hit.block:
            self._tools.selection.show(hit.block)
        else:
            self._tools.selection.select([], frames=[hit.frame])
            self._tools.view.show_box(self._tools.plan.frames.boxes[hit.frame])

    def _replace_all(self) -> None:
        words, count = self.field.text(), self._searching.replace(self.field.text(), self.by.text())
        if count:
            self.field.setText(self.by.text() or words)
            self._count.setText(_("{n} replaced", n=count))
        else:
            self._count.setText(_("No text"))

    def _tell(self) -> None:
        total = len(self._hits)
        for button in (*self._steps, self._replace):
            button.setEnabled(total > 0)
        if not self.field.text():
            self._count.clear()
        elif not total:
            self._count.setText(_("Nothing"))
        elif self._at < 0:
            self._count.setText(_("{total} found", total=total))
        else:
            self._count.setText(_("{at} of {total}", at=self._at + 1, total=total))
