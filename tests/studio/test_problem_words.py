"""What is said of a file runs the way of the sentence, whatever the file is called."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from otn_studio.studio.problem_words import of_file
from otn_studio.studio.widgets.look import text

SENTENCES = {
    Qt.LayoutDirection.LeftToRight: "The file is damaged.",
    Qt.LayoutDirection.RightToLeft: "הקובץ פגום.",
}


@pytest.mark.usefixtures("theme")
def test_its_name_does_not_turn_the_sentence(qtbot, direction):
    label = text(of_file(Path("order.json"), SENTENCES[direction]))
    qtbot.addWidget(label)
    assert _ends_at_left(label) is (direction is Qt.LayoutDirection.RightToLeft)


def _ends_at_left(label: QLabel) -> bool:
    """Whether the first sign from the left is the full stop: only that lies in the lower half."""
    label.adjustSize()
    picture = label.grab().toImage()
    ground, down = picture.pixel(0, 0), range(picture.height())
    inked = ([y for y in down if picture.pixel(x, y) != ground] for x in range(picture.width()))
    return min(next(filter(None, inked))) > picture.height() / 2
