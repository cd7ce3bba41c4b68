"""The studio starts anew where a preference counts only from the start on."""

import os
import sys

import pytest

from otn_studio.cli import studio
from otn_studio.studio import app


@pytest.fixture
def started(monkeypatch):
    """What takes the place of this process, and what the window ends with."""
    begun: list[list[str]] = []
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setattr(sys, "argv", ["otn-studio", "shop.json"])
    monkeypatch.setattr(os, "execv", lambda program, arguments: begun.append(arguments))

    def end_with(code: int) -> list[list[str]]:
        monkeypatch.setattr(app, "show", lambda *_: code)
        return begun

    return end_with


def test_it_starts_anew_with_the_same_arguments(started):
    begun = started(app.AGAIN)
    studio.run()
    assert begun == [[sys.executable, "-m", "otn_studio", "shop.json"]]


def test_it_ends_otherwise(started):
    begun = started(0)
    assert studio.run() == 0
    assert begun == []
