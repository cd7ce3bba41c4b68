"""The bar at the bottom left of the canvas."""

from PySide6.QtWidgets import QToolButton

from otn_studio.studio.canvas.zoom_bar import ZoomBar


def test_its_words_are_whole_and_it_stays_within_the_canvas(desk):
    (bar,) = desk.canvas.findChildren(ZoomBar)
    buttons = bar.findChildren(QToolButton)
    assert [b.objectName() for b in buttons if b.width() < b.sizeHint().width()] == []
    assert bar.geometry().bottom() <= desk.canvas.height()
