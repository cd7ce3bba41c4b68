"""The one typeface, its sizes in pixels and its two weights."""

from PySide6.QtGui import QFont, QFontDatabase

from otn_studio import shipped

FAMILY = "Inter"
SMALL, LABEL, TEXT, HEADING, TITLE = 11, 12, 13, 15, 20


def load() -> None:
    """Make the shipped typeface known. Needs the application to be there."""
    for weight in ("Regular", "SemiBold"):
        QFontDatabase.addApplicationFont(str(shipped.path(f"resources/fonts/Inter-{weight}.otf")))


def font(size: int = TEXT, *, strong: bool = False, tabular: bool = False) -> QFont:
    """The typeface in one of its sizes. ``tabular``: figures of one width, for columns."""
    made = QFont(FAMILY)
    made.setPixelSize(size)
    made.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    if tabular:
        made.setFeature(QFont.Tag("tnum"), 1)
    return made
