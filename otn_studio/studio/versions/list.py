"""The versions of a flow below each other, the drawing first; names are typed in place."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from otn_studio.studio.pages import figures
from otn_studio.studio.services.services import VersionRow
from otn_studio.studio.theme import icons
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.widgets.look import look
from otn_studio.studio.widgets.signed_lines import SignedLines
from otn_studio.studio.words import _

WIDTH = 264
ABOVE = 8
DRAWING = 0
"""The number of what is no version yet."""
NUMBER = Qt.ItemDataRole.UserRole
TITLE_AT_MOST = 60


class VersionList(QListWidget):
    """``picked``: look at this one. ``entitled``: this one is to be called so."""

    picked = Signal(int)
    entitled = Signal(int, str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("versions")
        self.setAccessibleName(_("Versions"))
        self.setFixedWidth(WIDTH)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setSpacing(2)
        self.setViewportMargins(0, ABOVE, 0, ABOVE)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListWidget.EditTrigger.NoEditTriggers)
        look(self, "lines")
        self._theme = theme
        self._rows: dict[int, VersionRow] = {}
        self._titles = _Titles(self, theme)
        self._titles.named.connect(self.entitled)
        self.setItemDelegate(self._titles)
        self.currentRowChanged.connect(self._pick)
        theme.changed.connect(self._color)

    @property
    def number(self) -> int:
        """The one that is looked at."""
        item = self.currentItem()
        return DRAWING if item is None else item.data(NUMBER)

    def show_versions(self, rows: Sequence[VersionRow], now: datetime) -> None:
        """What there is; the one that was looked at stays so."""
        before = self.number
        self._rows = {row.number: row for row in rows}
        self.blockSignals(True)
        self.clear()
        self._add(DRAWING, _("The drawing, as it is now"))
        for row in rows:
            self._add(row.number, _words(row, now))
        self._color()
        self.setCurrentRow(self._place(before))
        self.blockSignals(False)
        self._pick()

    def title(self, number: int) -> str:
        """What people call it."""
        row = self._rows.get(number)
        return row.title if row is not None else ""

    def rename(self) -> None:
        """Let the name of the one that is looked at be typed."""
        if self.number != DRAWING:
            self.edit(self.currentIndex())

    def mouseDoubleClickEvent(self, event) -> None:
        self.rename()

    def keyPressEvent(self, event) -> None:
        if event.key() == Qt.Key.Key_F2:
            self.rename()
        else:
            super().keyPressEvent(event)

    def _add(self, number: int, words: str) -> None:
        item = QListWidgetItem(words)
        item.setData(NUMBER, number)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
        self.addItem(item)

    def _place(self, number: int) -> int:
        numbers = [self.item(place).data(NUMBER) for place in range(self.count())]
        return numbers.index(number) if number in numbers else 0

    def _pick(self) -> None:
        self.picked.emit(self.number)

    def _color(self) -> None:
        for place in range(self.count()):
            row = self._rows.get(self.item(place).data(NUMBER))
            is_live = row is not None and row.live
            name, role = ("zap", "accent") if is_live else ("history", "quiet")
            name = "pencil" if row is None else name
            self.item(place).setIcon(icons.icon(name, getattr(self._theme.roles, role)))


class _Titles(SignedLines):
    """Edits the name alone, whatever else stands in the line."""

    named = Signal(int, str)

    def __init__(self, versions: VersionList, theme: Theme) -> None:
        super().__init__(versions, theme)
        self._versions = versions

    def setEditorData(self, editor: QWidget, index: QModelIndex) -> None:
        editor.setMaxLength(TITLE_AT_MOST)
        editor.setPlaceholderText(_("Name of this version"))
        editor.setText(self._versions.title(index.data(NUMBER)))

    def setModelData(self, editor: QWidget, model, index: QModelIndex) -> None:
        self.named.emit(index.data(NUMBER), editor.text().strip())


def _words(row: VersionRow, now: datetime) -> str:
    name = _("Version {number}", number=row.number)
    if row.title:
        name = _("{name} · {title}", name=name, title=row.title)
    when = figures.past(row.at, now)
    about = _("{when}, {who}", when=when, who=row.by) if row.by else when
    if row.live:
        about = _("live · {about}", about=about)
    return f"{name}\n{about}"
