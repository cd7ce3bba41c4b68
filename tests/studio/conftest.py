"""Screens in tests: offscreen, with our theme, and no widget outlives its test."""

import gc
import os

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QWidget

from otn_studio.studio.theme.theme import Choice, Theme


@pytest.fixture(scope="session")
def theme(qapp):
    """The theme of the test's application, light."""
    return Theme(qapp, Choice.LIGHT)


@pytest.fixture(autouse=True)
def _no_widget_outlives_its_test(qapp):
    """Hidden ones neither: they would go on listening, and be painted with a later test's theme."""
    before = set(QApplication.topLevelWidgets())
    yield
    if _new_since(before):
        gc.unfreeze()
        gc.collect()  # what only a circle of Python objects holds is nobody's any more
    left = _new_since(before)
    assert not left, f"these widgets outlived their test: {left}"


def _new_since(before: set[QWidget]) -> set[QWidget]:
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()
    return set(QApplication.topLevelWidgets()) - before


@pytest.fixture(autouse=True)
def _nothing_stays_on_the_clipboard(qapp):
    """The offscreen clipboard outlives Python; data of Python left on it would crash the end."""
    yield
    qapp.clipboard().clear()


@pytest.fixture(params=[Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def direction(qapp, request):
    """Both directions in which people read."""
    qapp.setLayoutDirection(request.param)
    yield request.param
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@pytest.fixture
def desk(qtbot, theme, tmp_path):
    """The whole window, with an empty flow open."""
    from tests.studio.desk import Desk

    desk = Desk(qtbot, theme, tmp_path)
    desk.window.flows.open_new()
    yield desk
    desk.window.close()
