"""Work off the GUI thread, and when it begins."""

from PySide6.QtWidgets import QApplication, QWidget

from otn_studio.studio.background import Background, WorkAfterPaint


def test_work_waits_for_the_window_and_for_what_comes_first(qtbot):
    done: list[str] = []
    window = QWidget()
    qtbot.addWidget(window)
    WorkAfterPaint(window, lambda: done.append("first"))
    Background(window).run(lambda: done.append("work"), lambda _nothing: done.append("told"))
    QApplication.processEvents()
    assert done == []
    window.show()
    qtbot.waitUntil(lambda: done == ["first", "work", "told"])
