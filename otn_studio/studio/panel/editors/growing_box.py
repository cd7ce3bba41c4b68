"""A text field that is as high as its text, and shows what is filled in for each person."""

from math import ceil

from PySide6.QtCore import QMimeData, QPoint, QRect, QRegularExpression, Qt
from PySide6.QtGui import QSyntaxHighlighter, QTextCharFormat
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from otn_studio.studio.theme import sides
from otn_studio.studio.theme.theme import Theme

LEAST_LINES, MOST_LINES = 2, 14
FRAME = 8
"""Border and padding of the style sheet, above and below together."""
MARGIN = 4
"""Of every document; the style sheet counts on it."""
_FILLED_IN = QRegularExpression(r"\{\{.*?\}\}|\{%.*?%\}")


class _Marks(QSyntaxHighlighter):
    """Lays a quiet ground behind the parts in braces."""

    def __init__(self, box: QPlainTextEdit, theme: Theme) -> None:
        super().__init__(box.document())
        self._theme = theme
        theme.changed.connect(self.rehighlight)

    def highlightBlock(self, text: str) -> None:
        look = QTextCharFormat()
        look.setBackground(self._theme.roles.color("bubble"))
        look.setForeground(self._theme.roles.color("quiet"))
        found = _FILLED_IN.globalMatch(text)
        while found.hasNext():
            match = found.next()
            self.setFormat(match.capturedStart(), match.capturedLength(), look)


class GrowingBox(QPlainTextEdit):
    """``paragraphs``: Enter begins a new line; else there is one, wrapped where it is long."""

    def __init__(self, theme: Theme, *, paragraphs: bool) -> None:
        super().__init__()
        self._paragraphs = paragraphs
        self._corner: tuple[QWidget, ...] = ()
        self._marks = _Marks(self, theme)
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.textChanged.connect(self.fit)

    def show_text(self, text: str) -> None:
        """Show a text without telling that it changed; the cursor stays near where it was."""
        if text == self.toPlainText():
            return
        before = self.textCursor().position() if self.hasFocus() else len(text)
        self.blockSignals(True)
        self.setPlainText(text)
        cursor = self.textCursor()
        cursor.setPosition(min(before, self.document().characterCount() - 1))
        self.setTextCursor(cursor)
        self.blockSignals(False)
        self.fit()

    def put_in_corner(self, *widgets: QWidget) -> None:
        """Keep small controls above at the end, beside the text."""
        for widget in widgets:
            widget.setParent(self)
        self._corner = widgets
        beside = sum(widget.width() for widget in widgets) - 4
        self.setViewportMargins(sides.margins(0, 0, beside, 0))

    def fit(self) -> None:
        """Take the height that the text needs."""
        lines = self.document().size().height()
        least = LEAST_LINES if self._paragraphs else 1
        shown = min(max(ceil(lines), least), MOST_LINES)
        self.setFixedHeight(ceil(shown * self.fontMetrics().lineSpacing()) + 2 * MARGIN + FRAME)
        policy = Qt.ScrollBarPolicy
        over = lines > MOST_LINES
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAsNeeded if over else policy.ScrollBarAlwaysOff
        )

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        across = self.width() - 2
        for widget in reversed(self._corner):
            across -= widget.width()
            place = QRect(QPoint(across, 2), widget.size())
            widget.move(sides.swapped(place, self.rect()).topLeft())
        if event.oldSize().width() != event.size().width():
            self.fit()

    def keyPressEvent(self, event) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self._paragraphs:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        if self._paragraphs:
            super().insertFromMimeData(source)
        else:
            self.insertPlainText(" ".join(source.text().split()))
