"""Cutting a text to a length without cutting a letter or an emoji in half."""

from PySide6.QtCore import QTextBoundaryFinder


def shortened(text: str, limit: int) -> str | None:
    """At most ``limit`` code points of the text; none where parts of it are filled in later.

    >>> shortened("Tell me when they are back ", 7)
    'Tell me'
    >>> shortened("Hi {{ contact.first_name }}", 5)
    """
    if "{{" in text or "{%" in text:
        return None
    text = text.strip()
    if len(text) <= limit:
        return text
    units = text.encode("utf-16-le")
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Grapheme, text)
    cut = ""
    while (end := finder.toNextBoundary()) != -1:
        longer = units[: 2 * end].decode("utf-16-le")
        if len(longer) > limit:
            break
        cut = longer
    return cut.rstrip()
