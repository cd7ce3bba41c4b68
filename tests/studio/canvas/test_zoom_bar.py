"""The bar at the bottom left of the canvas."""

from PySide6.QtWidgets import QApplication, QToolButton

from otn_studio.studio.canvas.zoom_bar import ZoomBar


def test_its_words_are_whole_and_it_stays_within_the_canvas(desk):
    (bar,) = desk.canvas.findChildren(ZoomBar)
    buttons = bar.findChildren(QToolButton)
    assert [b.objectName() for b in buttons if b.width() < b.sizeHint().width()] == []
    assert bar.geometry().bottom() <= desk.canvas.height()


def test_it_is_as_wide_however_near_one_looks(desk):
    (bar,) = desk.canvas.findChildren(ZoomBar)
    level = desk.canvas.findChild(QToolButton, "zoom_full")
    widths = set()
    for zoom in (0.11, 0.33, 1.0, 2.0):
        desk.canvas.view.zoom_to(zoom)
        QApplication.processEvents()
        bar.adjustSize()
        widths.add((bar.width(), level.width()))
    assert len(widths) == 1, widths
