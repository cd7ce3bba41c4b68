"""What keeps the studio's other tests honest, proved on tests that have to fail."""

from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

HERE = Path(__file__).parent
PROJECT = HERE.parents[1] / "pyproject.toml"


@pytest.fixture
def outcome(pytester):
    """How a test ends that is made of these lines, under our own settings and fixtures."""

    def run(*lines: str) -> dict[str, int]:
        pytester.makepyprojecttoml(PROJECT.read_text("utf-8"))
        pytester.makeconftest((HERE / "conftest.py").read_text("utf-8"))
        body = "\n".join(f"    {line}" for line in lines)
        made = pytester.makepyfile(f"{IMPORTS}\ndef test_it(qapp):\n{body}\n")
        return pytester.runpytest_subprocess("-p", "no:cacheprovider", made).parseoutcomes()

    return run


IMPORTS = """
from PySide6.QtCore import QTimer, qWarning
from PySide6.QtWidgets import QWidget
KEPT = []
"""


def test_a_quiet_test_passes(outcome):
    assert outcome("QWidget().show()") == {"passed": 1}


def test_a_warning_of_qt_fails(outcome):
    assert outcome('qWarning("Something is wrong")') == {"failed": 1}


def test_what_goes_wrong_in_a_slot_fails(outcome):
    assert outcome("QTimer.singleShot(0, lambda: 1 / 0)", "qapp.processEvents()") == {"failed": 1}


@pytest.mark.parametrize("shown", ["KEPT[0].show()", ""])
def test_a_widget_that_outlives_its_test_is_found_shown_or_hidden(outcome, shown):
    assert outcome("KEPT.append(QWidget())", shown) == {"passed": 1, "errors": 1}
