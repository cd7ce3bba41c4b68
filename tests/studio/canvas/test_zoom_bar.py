"""The bar at the bottom left of the canvas."""

from PySide6.QtWidgets import QToolButton

from otn_studio.studio.canvas.zoom_bar import ZoomBar


def test_its_words_are_whole_and_it_stays_within_the_canvas(desk):
    bar = desk.window.findChild(ZoomBar)
    for button in bar.findChildren(QToolButton):
        assert button.width() >= button.sizeHint().width() or button.objectName() == "zoom_full"
    assert bar.width() >= bar.sizeHint().width()
    assert bar.geometry().bottom() <= bar.parentWidget().height()
