import pytest
from PySide6.QtWidgets import QDialog

from tests.studio.pages.contacts.hands import Desk
from tests.studio.pages.contacts.people import PEOPLE


@pytest.fixture
def desk(qtbot, theme):
    desks: list[Desk] = []

    def made(*people) -> Desk:
        desks.append(Desk(qtbot, theme, *(people or PEOPLE)))
        return desks[-1]

    yield made
    for it in desks:
        it.contacts.may_answer.set()
        for window in it.page.findChildren(QDialog):
            window.close()
