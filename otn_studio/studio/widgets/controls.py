"""Small controls that all forms use: quiet, and with their icon in the colours of the theme."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QIntValidator, QPainter
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from otn_studio.studio.theme import icons, sides
from otn_studio.studio.theme.theme import Theme

BESIDE_CHOSEN = 44
"""What a choice needs beside its words: its edges, and the arrow."""


def set_look(widget: QWidget, name: str, value: str | bool) -> None:
    """Set a property that the style sheet reads, and let it be read again."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
            widget.style().unpolish(widget)
            widget.style().polish(widget)


def discard(widget: QWidget) -> None:
    """Take a widget off the screen for good. Hidden first: a layout would show it once more."""
    widget.hide()
    widget.setParent(None)
    widget.deleteLater()


class IconLabel(QLabel):
    """An icon that only shows something."""

    def __init__(self, theme: Theme, icon: str, role: str, size: int = 16) -> None:
        super().__init__()
        self._theme, self._icon, self._role, self._size = theme, icon, role, size
        self.setFixedSize(size, size)
        theme.changed.connect(self._repaint)
        self._repaint()

    def _repaint(self) -> None:
        color = getattr(self._theme.roles, self._role)
        size, ratio = QSize(self._size, self._size), self.devicePixelRatioF()
        self.setPixmap(icons.icon(self._icon, color).pixmap(size, ratio))


class IconButton(QToolButton):
    """A button that is an icon. Its words are its tooltip and its accessible name."""

    def __init__(self, theme: Theme, icon: str, words: str, role: str = "quiet") -> None:
        super().__init__()
        self._theme, self._icon, self._role = theme, icon, role
        self._shows = True
        self.setToolTip(words)
        self.setAccessibleName(words)
        self.setFixedSize(28, 28)
        self.setIconSize(QSize(16, 16))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.changed.connect(self._repaint)
        self._repaint()

    def show_icon(self, shows: bool) -> None:
        """Let the icon be seen or not; the button keeps its place and can always be used."""
        self._shows = shows
        self._repaint()

    def _repaint(self) -> None:
        color = getattr(self._theme.roles, self._role)
        self.setIcon(icons.icon(self._icon, color) if self._shows else QIcon())


class ElidedLabel(QLabel):
    """One line, cut with … where there is no room."""

    def __init__(self, look: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        sides.begin_at_start(self)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._whole = ""
        if look:
            self.setProperty("look", look)

    def show_text(self, text: str) -> None:
        self._whole = " ".join(text.split())
        self._cut()

    @property
    def whole(self) -> str:
        return self._whole

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self._cut()

    def changeEvent(self, event) -> None:
        super().changeEvent(event)
        if event.type() in (event.Type.FontChange, event.Type.StyleChange):
            self._cut()

    def _cut(self) -> None:
        cut = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width())
        if cut != self.text():
            self.setText(cut)


class NumberLine(QLineEdit):
    """A whole number. The arrow keys count up and down; the wheel only scrolls the form.

    ``changed`` tells the numbers that a person makes; what is no number yet is not told.
    """

    changed = Signal(int)

    def __init__(self, least: int, most: int) -> None:
        super().__init__()
        self._least, self._most = least, most
        self.setValidator(QIntValidator(least, most, self))
        self.textEdited.connect(self._tell)

    def show_number(self, number: int) -> None:
        if self.text() != str(number):
            self.setText(str(number))

    def keyPressEvent(self, event) -> None:
        steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
        if event.key() in steps and self.hasAcceptableInput():
            number = int(self.text()) + steps[event.key()]
            self.setText(str(min(max(number, self._least), self._most)))
            self._tell()
        else:
            super().keyPressEvent(event)

    def _tell(self) -> None:
        if self.hasAcceptableInput():
            self.changed.emit(int(self.text()))


class CalmCombo(QComboBox):
    """A choice that the wheel leaves alone, with the chevron of our icons."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        theme.changed.connect(self.update)

    def wheelEvent(self, event) -> None:
        event.ignore()

    def initStyleOption(self, option) -> None:
        """Words that have no room end with …; the style would cut them off. What a choice is as
        wide as was rounded down: those words still have room.
        """
        super().initStyleOption(option)
        room, end = self.width() - BESIDE_CHOSEN + 1, Qt.TextElideMode.ElideRight
        option.currentText = self.fontMetrics().elidedText(option.currentText, end, room)

    def paintEvent(self, event) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        place = self.rect().adjusted(self.width() - 24, (self.height() - 16) // 2, -8, 0).toRectF()
        place.setHeight(16)
        place = sides.swapped(place, self.rect().toRectF())
        icons.paint(painter, "chevron-down", self._theme.roles.quiet, place)
        painter.end()


class CheckBox(QCheckBox):
    """Yes or no, ticked with the tick of our icons."""

    def __init__(self, theme: Theme, text: str) -> None:
        super().__init__(text)
        self._theme = theme
        self.setMinimumHeight(28)
        theme.changed.connect(self.update)

    def paintEvent(self, event) -> None:
        super().paintEvent(event)
        if self.isChecked():
            from PySide6.QtWidgets import QStyle, QStyleOptionButton

            option = QStyleOptionButton()
            self.initStyleOption(option)
            part = QStyle.SubElement.SE_CheckBoxIndicator
            place = self.style().subElementRect(part, option, self)
            painter = QPainter(self)
            icons.paint(painter, "check", self._theme.roles.on_accent, place.toRectF())
            painter.end()
