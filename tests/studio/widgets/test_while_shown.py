"""What is looked at anew while somebody sees it, and only then."""

from PySide6.QtWidgets import QWidget

from otn_studio.studio.widgets.while_shown import WhileShown


def test_it_looks_when_shown_and_rests_when_hidden(qtbot):
    done = []
    widget = QWidget()
    qtbot.addWidget(widget)
    timer = WhileShown(widget, 4_000, lambda: done.append("again"), lambda: done.append("first"))
    assert not timer.isActive()
    widget.show()
    timer.timeout.emit()
    assert (done, timer.isActive()) == (["first", "again"], True)
    widget.hide()
    assert not timer.isActive()
    widget.show()
    assert done[-1] == "first"


def test_without_a_first_look_of_its_own_it_looks_as_always(qtbot):
    done = []
    widget = QWidget()
    qtbot.addWidget(widget)
    WhileShown(widget, 4_000, lambda: done.append("again"))
    widget.show()
    assert done == ["again"]
