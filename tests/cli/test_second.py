"""A second start of the studio, as a process of its own beside the first."""

import subprocess
import sys
from multiprocessing.connection import Listener

import pytest

from otn_studio.cli.settings import PREFIX
from otn_studio.studio import calling
from tests.cli.conftest import SAMPLE

FIRST = """
import sys
from threading import Thread
from PySide6.QtCore import QMetaObject, Qt
from PySide6.QtWidgets import QApplication
from otn_studio.cli.main import main
from otn_studio.studio import callers
from otn_studio.studio.window.window import Window

class Told(callers.Callers):
    def __init__(self, *given):
        super().__init__(*given)
        print("listens", flush=True)

def come(window, flows):
    found(window, flows)
    names = [flow.document.path and flow.document.path.name for flow in window.flows.all()]
    print(*names, window.isActiveWindow(), flush=True)

found, Window.come, callers.Callers = Window.come, come, Told
def end():
    sys.stdin.readline()
    QMetaObject.invokeMethod(QApplication.instance(), "quit", Qt.ConnectionType.QueuedConnection)

Thread(target=end, daemon=True).start()
sys.exit(main(sys.argv[1:]))
"""
SECOND = """
import runpy, sys
sys.argv[0] = "otn-studio"
try:
    runpy.run_module("otn_studio", run_name="__main__", alter_sys=False)
finally:
    print(*sys.modules, flush=True)
"""


@pytest.fixture
def folder(monkeypatch, tmp_path):
    """That of the program's data."""
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    for kind in ("DATA", "CONFIG"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path))
    folder = tmp_path / "otn-studio"
    folder.mkdir()
    return folder


@pytest.fixture
def first(folder):
    """The studio with a sample, listening."""
    command = [sys.executable, "-c", FIRST, str(SAMPLE)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, **pipes) as process:
        assert process.stdout.readline() == "listens\n"
        yield process
        process.kill()


def second(*flows: str, **more) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", SECOND, *flows]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, **more)


def test_its_flows_open_in_the_first_window_and_nothing_heavy_is_loaded(first, folder):
    ended = second(SAMPLE.with_name("appointment.json").name, cwd=SAMPLE.parent)
    assert ended.returncode == 0
    assert {"PySide6", "pydantic", "otn_studio.blocks"} & set(ended.stdout.split()) == set()
    assert first.stdout.readline() == "back-in-stock.json appointment.json True\n"
    assert second().returncode == 0
    assert first.stdout.readline() == "back-in-stock.json appointment.json True\n"
    first.communicate("end\n", timeout=60)
    assert first.returncode == 0
    assert [file.name for file in folder.glob("*.open")] == []


def test_one_in_another_environment_is_not_called(first, folder, monkeypatch):
    monkeypatch.setenv(PREFIX + "DATABASE_URL", "sqlite:///another.db")
    assert not calling.call(folder, [])


def test_one_that_has_broken_off_or_does_not_answer_is_let_alone(tmp_path, monkeypatch):
    assert not calling.call(tmp_path, [])
    calling.card(tmp_path).write_text(str(tmp_path / "nobody"))
    assert not calling.call(tmp_path, [])
    monkeypatch.setattr(calling, "PATIENCE", 0)
    with Listener() as silent:
        calling.card(tmp_path).write_text(silent.address)
        assert not calling.call(tmp_path, [])
