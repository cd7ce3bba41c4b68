"""The simulator, as a person comes by it."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QListWidget, QPushButton

from otn_studio import shipped
from otn_studio.blocks.words import Words
from otn_studio.checks.conversations.script import Advance, Me, TapOn
from otn_studio.checks.conversations.tapping import Address
from otn_studio.flow.changes import EditBlock
from otn_studio.studio.document import files
from otn_studio.studio.document.document import Document
from otn_studio.studio.simulator.view import SimulatorView
from otn_studio.studio.window.window import Window

SECONDS_AT_MOST = 20
AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SAMPLE = shipped.path("flows/back-in-stock.json")


def shoot(window: Window, folder: Path, take: Callable[[str], None]) -> None:
    """Take them all. ``take`` waits until nothing is under way."""
    (folder / "simulator").mkdir()
    tests = folder / "simulator/back-in-stock.test.yaml"
    tests.write_text(SAMPLE.with_name(tests.name).read_text())
    document = files.sample()
    document.save(folder / "simulator/back-in-stock.json")
    window.open(document)
    assert window.builder is not None
    simulator = window.builder.simulator
    simulator.simulation.now = lambda: AT
    window.builder.show_simulator(True)
    window.builder.canvas.view.fit()
    take("simulator")
    for deed in (Me(1, "restock"), TapOn(1, Address("42"))):
        simulator.simulation.do(deed)
    take("simulator-asked")
    _press(simulator, "notify_me.0")
    simulator.simulation.do(Advance(1, timedelta(days=2)))
    take("simulator-later")
    simulator.simulation.look_at(4)
    take("simulator-back")
    _press(simulator, "simulator.later")
    take("simulator-times")
    QApplication.activePopupWidget().close()
    _press(simulator, "simulator.keep")
    take("simulator-keep")
    window.findChild(QPushButton, "keep_test.cancel").click()
    _tests(simulator, document, take)


def _tests(simulator: SimulatorView, document: Document, take: Callable[[str], None]) -> None:
    _press(simulator, "simulator_1")
    take("simulator-tests-none")
    _press(simulator, "tests.run")
    take("simulator-tests")
    light = simulator.tests.findChild(QCheckBox, "tests.light")
    light.setChecked(True)
    take("simulator-tests-passed")
    light.setChecked(False)
    late = document.flow.blocks["which-size"]
    text = late.elements[0].model_copy(update={"text": "Your size?"})
    changed = late.model_copy(update={"elements": (text, *late.elements[1:])})
    document.do(EditBlock("which-size", changed), Words("Edit"))
    _press(simulator, "tests.run")
    simulator.tests.findChild(QListWidget, "tests.list").setCurrentRow(0)
    take("simulator-tests-failed")


def _press(simulator: SimulatorView, name: str) -> None:
    """Once it is there: on a busy computer it comes later than the picture is taken."""
    until = time.monotonic() + SECONDS_AT_MOST
    while not (found := _seen(simulator, name)) and time.monotonic() < until:
        QApplication.processEvents()
        time.sleep(0.01)
    found[0].click()


def _seen(simulator: SimulatorView, name: str) -> list[QAbstractButton]:
    return [b for b in simulator.findChildren(QAbstractButton, name) if b.isVisible()]
