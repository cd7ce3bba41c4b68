"""Widgets beside each other, in as many rows as they need."""

from PySide6.QtWidgets import QLabel, QWidget

from otn_studio.studio.pages.wrapping_row import GAP, WrappingRow


def shown(qtbot, *widths: int, width: int = 320) -> list[QLabel]:
    inside = QWidget()
    qtbot.addWidget(inside)
    row = WrappingRow(inside)
    labels = [QLabel(str(number)) for number, _ in enumerate(widths)]
    for label, wide in zip(labels, widths, strict=True):
        label.setFixedSize(wide, 30)
        row.addWidget(label)
    inside.resize(width, 200)
    inside.show()
    return labels


def test_what_has_no_room_begins_another_row(qtbot):
    first, second, third = shown(qtbot, 100, 200, 100)
    assert (first.y(), second.y(), third.y()) == (0, 0, 30 + GAP)
    assert (second.x(), third.x()) == (100 + GAP, 0)


def test_what_just_fits_stays_in_its_row(qtbot):
    first, second = shown(qtbot, 100, 320 - GAP - 100)
    assert first.y() == second.y()


def test_hidden_ones_take_no_room(qtbot):
    first, second, third = shown(qtbot, 100, 200, 100)
    second.hide()
    third.parentWidget().layout().activate()
    assert (third.x(), third.y()) == (100 + GAP, 0)


def test_it_says_how_high_it_gets(qtbot):
    (first, *_others) = shown(qtbot, 100, 200, 100)
    layout = first.parentWidget().layout()
    assert [layout.heightForWidth(width) for width in (1_000, 320, 200)] == [30, 68, 106]
