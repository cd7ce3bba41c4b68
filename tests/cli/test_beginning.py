"""How the studio begins, as a process of its own: it is painted before what it does not need for that
is loaded, and says what is in the way.
"""

import subprocess
import sys

import pytest

from otn_studio.cli.settings import PREFIX
from tests.cli.conftest import SAMPLE

PAINTED = """
import linecache, os, sys
from otn_studio.cli.main import main, module
module("studio")
from otn_studio.studio.canvas.view import View

def painted(view, event):
    print(*{what}, flush=True)
    os._exit(0)

View.paintEvent = painted
sys.exit(main(sys.argv[1:]))
"""
PRESSED = """
import os, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QPushButton
from otn_studio.cli.main import main
from otn_studio.studio import app

def press():
    dialog = QApplication.activeModalWidget()
    if dialog is None:
        QTimer.singleShot(20, press)
    else:
        print(dialog.accessibleDescription(), flush=True)
        dialog.findChild(QPushButton, "close").click()

scaled = app._scaled
def watched(percent):
    application = scaled(percent)
    QTimer.singleShot(20, press)
    return application

app._scaled = watched
os.execv = lambda program, arguments: print("again", *arguments[3:], flush=True)
sys.exit(main(sys.argv[1:]))
"""
STYLED = """
from otn_studio.studio import app
print(app._scaled(100).style().name())
"""
LATER = {
    *("alembic", "babel", "cryptography", "email_validator"),
    *("jsonpath", "keyring", "liquid", "networkx", "phonenumbers", "pydantic_settings"),
    *("pyqtgraph", "re2", "requests", "sqlalchemy", "starlette", "urllib.request", "uvicorn"),
    *("yaml", "otn_studio.studio.canvas.find_bar", "otn_studio.studio.canvas.quick_add"),
    *("otn_studio.studio.phone.kinds", "otn_studio.studio.phone.preview_bubbles"),
    *("otn_studio.checks.check", "otn_studio.cli.settings", "otn_studio.storage.database"),
    *("otn_studio.studio.pages.engine.page", "otn_studio.studio.pages.topics.page"),
    *("otn_studio.studio.simulator.view", "otn_studio.studio.preferences.dialog"),
    *("otn_studio.studio.practice.chat", "otn_studio.studio.story.view"),
    *("otn_studio.studio.pages.start.page", "otn_studio.studio.pages.importing.page"),
    *("otn_studio.studio.help.window", "otn_studio.studio.pages.exporting"),
    *("otn_studio.studio.panel.block_view", "otn_studio.studio.problems.table"),
    *("otn_studio.interpreter.interpreter", "otn_studio.checks.proof.rehearsal"),
}
"""What no first painting needs."""


@pytest.fixture
def begin(monkeypatch, tmp_path):
    """Runs the studio in a process of its own."""
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    for folder in ("DATA", "CONFIG"):
        monkeypatch.setenv(f"XDG_{folder}_HOME", str(tmp_path))

    def run(program: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", program, str(SAMPLE)]
        return subprocess.run(command, capture_output=True, text=True, timeout=120)

    return run


def test_it_is_painted_before_what_it_does_not_need_is_loaded(begin):
    loaded = set(begin(PAINTED.format(what="sys.modules")).stdout.split())
    assert "otn_studio.studio.canvas.view" in loaded
    assert loaded & LATER == set()


def test_it_looks_the_same_whatever_style_the_system_has(begin, monkeypatch):
    monkeypatch.setenv("QT_STYLE_OVERRIDE", "Windows")
    assert begin(STYLED).stdout == "fusion\n"


def test_no_text_of_a_module_is_read_as_it_is_loaded(begin):
    painted = begin(PAINTED.format(what="linecache.cache"))
    assert painted.returncode == 0
    assert "otn_studio" not in painted.stdout


def test_a_database_that_cannot_be_used_is_said_in_the_window_and_to_the_shell(begin, monkeypatch):
    monkeypatch.setenv(PREFIX + "DATABASE_URL", "nonsense")
    ended = begin(PRESSED)
    assert ended.returncode == 2
    assert "nonsense" in ended.stdout
    assert ended.stderr.endswith(ended.stdout)


def test_it_begins_anew_where_it_thought_of_another_page(begin, tmp_path):
    kept = tmp_path / "otn-studio" / "page_name"
    kept.parent.mkdir()
    kept.write_text("The Page of yesterday")
    assert begin(PRESSED).stdout == "again\n"
    assert kept.read_text() == "Your Page"
