"""Widgets beside each other, in as many rows as they need."""

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from otn_studio.studio.widgets.wrapping_row import GAP, WrappingRow


@pytest.fixture
def inside(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


def shown(inside: QWidget, *widths: int) -> list[QLabel]:
    row = WrappingRow(inside)
    labels = [QLabel(str(wide)) for wide in widths]
    for label, wide in zip(labels, widths, strict=True):
        label.setFixedSize(wide, 30)
        row.addWidget(label)
    inside.resize(320, 200)
    inside.show()
    return labels


def test_what_has_no_room_begins_another_row(inside):
    first, second, third = shown(inside, 100, 200, 100)
    assert (first.y(), second.y(), third.y()) == (0, 0, 30 + GAP)
    assert (second.x(), third.x()) == (100 + GAP, 0)


def test_what_just_fits_stays_in_its_row(inside):
    first, second = shown(inside, 100, 320 - GAP - 100)
    assert first.y() == second.y()


def test_hidden_ones_take_no_room(inside):
    _first, second, third = shown(inside, 100, 200, 100)
    second.hide()
    inside.layout().activate()
    assert (third.x(), third.y()) == (100 + GAP, 0)


def test_it_says_how_high_it_gets(inside):
    shown(inside, 100, 200, 100)
    assert [inside.layout().heightForWidth(width) for width in (1_000, 320, 200)] == [30, 68, 106]
