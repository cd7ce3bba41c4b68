"""Phones in tests: at a known place on earth, and with a window of their own."""

import time
from collections.abc import Callable, Sequence

import pytest
from PySide6.QtWidgets import QWidget

from otn_studio.studio.phone.bubbles import Bubble
from otn_studio.studio.phone.phone import Phone
from tests.studio.phone.screen import window_of


@pytest.fixture(autouse=True)
def _in_utc(monkeypatch):
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def on_screen(qtbot):
    """Shows a widget in a window, until the end of the test."""
    windows = []

    def show(widget: QWidget, width: int, height: int) -> QWidget:
        windows.append(window_of(widget, width, height))
        qtbot.addWidget(windows[-1])
        return widget

    return show


@pytest.fixture
def phone_with(on_screen, theme) -> Callable[..., Phone]:
    """A phone on the screen that shows these bubbles."""

    def make(bubbles: Sequence[Bubble], width: int = 375, height: int = 700, **more) -> Phone:
        phone = Phone(theme, "Kicks & Co", **more)
        phone.show_bubbles(bubbles)
        return on_screen(phone, width, height)

    return make
