"""Where a page of help is read: Markdown in the program's type and colours, with its pictures."""

from math import ceil
from typing import Any, Final

from PySide6.QtCore import QRectF, Qt, QUrl, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPen, QPixmap, QTextCursor, QTextDocument
from PySide6.QtWidgets import QFrame, QTextBrowser, QTextEdit

from otn_studio.studio.help import blocks
from otn_studio.studio.help.block_picture import block_picture
from otn_studio.studio.help.examples import example_of, fresh
from otn_studio.studio.help.library import FOLDER, HelpPage, slug
from otn_studio.studio.help.typesetting import MARGIN, typeset
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.widgets.look import look

WIDTH: Final = 660
COLUMN: Final = WIDTH - 2 * MARGIN
CORNER: Final = 10
DIMMED: Final = 0.2
ALMOST: Final = 0.9
"""Of its width, at which a picture is still as good to look at."""
DRAWN: Final = "drawn:"
"""Of a block, instead of a picture's file."""
FEATURES: Final = QTextDocument.MarkdownFeature(
    QTextDocument.MarkdownFeature.MarkdownDialectGitHub.value
    | QTextDocument.MarkdownFeature.MarkdownNoHTML.value
)


class Paper(QTextBrowser):
    """``followed``: the person pressed a link, which leads there."""

    followed = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("help_page")
        look(self, "paper")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        self.setLineWrapColumnOrWidth(WIDTH)
        self._theme = theme
        self._page: HelpPage | None = None
        self.anchorClicked.connect(lambda url: self.followed.emit(url.toString()))
        theme.changed.connect(self._show)

    def read(self, page: HelpPage, part: str = "", words: str = "") -> None:
        """Open a page, at the part that a link names, or where it says the words."""
        self._page = page
        self._show()
        if part:
            self._go_to(part)
        elif words:
            self.find(words) or self.find(words.split()[0])

    def loadResource(self, kind: int, name: QUrl) -> Any:
        """Pictures are read from their folder; those of blocks are drawn."""
        wanted = name.toString()
        if wanted.startswith(DRAWN):
            return self._drawn(wanted.removeprefix(DRAWN))
        return self._fitting(QPixmap(str(FOLDER / wanted.removeprefix("../"))))

    def _fitting(self, picture: QPixmap) -> QPixmap:
        """As wide as there is room at most. Never blurred: if need be, it stays a little smaller, or
        each of its points becomes several.
        """
        ratio = self.devicePixelRatioF()
        wide = round(min(picture.width(), COLUMN) * ratio)
        if wide * ALMOST <= picture.width():
            wide = min(wide, picture.width())
        else:
            picture = picture.scaledToWidth(picture.width() * ceil(wide / picture.width()))
        fitting = picture.scaledToWidth(wide, Qt.TransformationMode.SmoothTransformation)
        fitting.setDevicePixelRatio(ratio)
        return self._framed(fitting)

    def _framed(self, picture: QPixmap) -> QPixmap:
        """With an edge, and where the page is dark, not shining."""
        roles, edge = self._theme.roles, QPainterPath()
        size = picture.deviceIndependentSize()
        edge.addRoundedRect(QRectF(0.5, 0.5, size.width() - 1, size.height() - 1), CORNER, CORNER)
        framed = QPixmap(picture.size())
        framed.setDevicePixelRatio(picture.devicePixelRatio())
        framed.fill(Qt.GlobalColor.transparent)
        painter = QPainter(framed)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipPath(edge)
        painter.drawPixmap(0, 0, picture)
        if self._theme.is_dark:
            painter.setOpacity(DIMMED)
            painter.fillPath(edge, roles.color("canvas"))
            painter.setOpacity(1)
        painter.setClipping(False)
        painter.strokePath(edge, QPen(roles.color("hairline"), 1))
        painter.end()
        return framed

    def _drawn(self, file: str) -> QPixmap:
        declared = blocks.by_file()[file]
        example = example_of(declared)
        flow = example.flow if example else fresh(declared)
        return block_picture(flow, self._theme, self.devicePixelRatioF())

    def _show(self) -> None:
        page = self._page
        if page is None:
            return
        text = page.text
        if page.name in blocks.by_file():
            heading, _, rest = text.partition("\n")
            text = f"{heading}\n\n![{page.title}]({DRAWN}{page.name})\n{rest}"
        document = self.document()
        document.setMarkdown(text, FEATURES)
        typeset(document, self._theme.roles, COLUMN)
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _go_to(self, part: str) -> None:
        block = self.document().begin()
        while block.isValid():
            if block.blockFormat().headingLevel() and slug(block.text()) == part:
                place = self.document().documentLayout().blockBoundingRect(block)
                self.verticalScrollBar().setValue(round(place.top()))
                return
            block = block.next()
