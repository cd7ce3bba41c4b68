"""Gives a text that was made from Markdown the program's type, distances and colours."""

from collections.abc import Iterator
from typing import Final

from PySide6.QtGui import (
    QFontDatabase,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextList,
    QTextListFormat,
    QTextTable,
)

from otn_studio.studio.theme import type
from otn_studio.studio.theme.roles import Roles

MARGIN: Final = 32
LINE: Final = 140
"""Of the height that the letters need, in per cent."""
SIZES: Final = {1: type.TITLE, 2: type.HEADING, 3: type.TEXT}
ABOVE: Final = {1: 0, 2: 24, 3: 16}
BELOW: Final = {1: 8, 2: 6, 3: 4}
BELOW_PICTURE: Final = 16
CELL: Final = 6
INDENT: Final = 24
AFTER_BULLET: Final = 200
"""Of a space, in per cent."""
AFTER_NUMBER: Final = ".\N{FOUR-PER-EM SPACE}"
"""Together with the space that Qt leaves, as far from the words as a bullet is."""


def typeset(document: QTextDocument, roles: Roles, width: int) -> None:
    """``width`` is that of a column, which no picture is wider than."""
    document.setDefaultFont(type.font())
    document.setDocumentMargin(MARGIN)
    document.setIndentWidth(INDENT)
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    for block in _blocks(document):
        _set_block(QTextCursor(block), block, roles)
        for place, length, format in _fragments(block):
            picked = QTextCursor(document)
            picked.setPosition(place)
            picked.setPosition(place + length, QTextCursor.MoveMode.KeepAnchor)
            _set_words(picked, format, block, roles, width)
    for table in _tables(document):
        _set_table(table, roles)
    cursor.endEditBlock()


def _blocks(document: QTextDocument) -> Iterator[QTextBlock]:
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def _tables(document: QTextDocument) -> Iterator[QTextTable]:
    """Not from ``rootFrame``: what Python knows it by stays for good, and each text has another."""
    block = document.begin()
    while block.isValid():
        table = QTextCursor(block).currentTable()
        if table is not None:
            yield table
            block = document.findBlock(table.lastPosition())
        block = block.next()


def _fragments(block: QTextBlock) -> list[tuple[int, int, QTextCharFormat]]:
    found, at = [], block.begin()
    while not at.atEnd():
        fragment = at.fragment()
        found.append((fragment.position(), fragment.length(), fragment.charFormat()))
        at += 1
    return found


def _set_block(cursor: QTextCursor, block: QTextBlock, roles: Roles) -> None:
    format, level = block.blockFormat(), block.blockFormat().headingLevel()
    is_code = format.hasProperty(QTextFormat.Property.BlockCodeFence)
    has_picture = any(words.isImageFormat() for _, _, words in _fragments(block))
    in_table, in_list = cursor.currentTable() is not None, block.textList() is not None
    if not (has_picture or in_table):
        format.setLineHeight(LINE, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    format.setTopMargin(ABOVE.get(level, 0))
    is_within_list = in_list and block.next().textList() is not None
    below = BELOW.get(level, 4 if is_within_list else 10)
    below = BELOW_PICTURE if has_picture else below
    format.setBottomMargin(0 if in_table or is_code else below)
    if is_code:
        format.setBackground(roles.color("canvas"))
    if format.hasProperty(QTextFormat.Property.BlockQuoteLevel):
        format.setLeftMargin(INDENT)
        format.setRightMargin(INDENT)
    cursor.setBlockFormat(format)
    if in_list:
        _set_mark(cursor, block.textList(), roles)


def _set_words(
    cursor: QTextCursor, format: QTextCharFormat, block: QTextBlock, roles: Roles, width: int
) -> None:
    """What stands slanted in Markdown is what the screen says: it stands out as a name does."""
    if format.isImageFormat():
        _fit_picture(cursor, format, width)
        return
    level = block.blockFormat().headingLevel()
    is_code = format.fontFixedPitch() or block.blockFormat().hasProperty(
        QTextFormat.Property.BlockCodeFence
    )
    strong = bool(level) or format.fontItalic() or format.fontWeight() > 400
    wanted = QTextCharFormat()
    if is_code:
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        fixed.setPixelSize(type.LABEL)
        wanted.setFont(fixed)
        wanted.setBackground(roles.color("canvas"))
    else:
        wanted.setFont(type.font(SIZES.get(level, type.TEXT), strong=strong))
    wanted.setForeground(roles.color("accent" if format.isAnchor() else "text"))
    if format.isAnchor():
        wanted.setAnchor(True)
        wanted.setAnchorHref(format.anchorHref())
    cursor.setCharFormat(wanted)


def _set_mark(cursor: QTextCursor, items: QTextList, roles: Roles) -> None:
    """What stands before the words of a list. Its numbers are as wide as other figures are."""
    format = items.format()
    if format.style() != QTextListFormat.Style.ListDecimal:
        cursor.setBlockCharFormat(_bullet(roles))
    elif format.numberSuffix() != AFTER_NUMBER:
        format.setNumberSuffix(AFTER_NUMBER)
        items.setFormat(format)


def _bullet(roles: Roles) -> QTextCharFormat:
    """Of what stands before the words. Qt leaves a space of its font behind it: here a wide one."""
    wide = type.font()
    wide.setStretch(AFTER_BULLET)
    format = QTextCharFormat()
    format.setFont(wide)
    format.setForeground(roles.color("text"))
    return format


def _fit_picture(cursor: QTextCursor, format: QTextCharFormat, width: int) -> None:
    image = format.toImageFormat()
    picture = cursor.document().resource(QTextDocument.ResourceType.ImageResource, image.name())
    across = picture.width() / picture.devicePixelRatio() if picture is not None else 0
    if across:
        image.setWidth(min(across, width))
        cursor.setCharFormat(image)


def _set_table(table: QTextTable, roles: Roles) -> None:
    format = table.format()
    format.setBorder(1)
    format.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    format.setBorderBrush(roles.color("hairline"))
    format.setBorderCollapse(True)
    format.setCellPadding(CELL)
    format.setCellSpacing(0)
    format.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    format.setTopMargin(4)
    format.setBottomMargin(12)
    table.setFormat(format)
    for column in range(table.columns()):
        cell = table.cellAt(0, column)
        head = cell.format()
        head.setBackground(roles.color("canvas"))
        cell.setFormat(head)
