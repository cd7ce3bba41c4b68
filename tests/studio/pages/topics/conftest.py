import pytest
from PySide6.QtWidgets import QDialog

from tests.studio.pages.topics.hands import Desk


@pytest.fixture
def desk(qtbot, theme):
    desks: list[Desk] = []

    def made(*rows) -> Desk:
        desks.append(Desk(qtbot, theme, *rows))
        return desks[-1]

    yield made
    for it in desks:
        for window in it.page.findChildren(QDialog):
            window.close()
