"""Pictures of what comes from other programs and goes to them."""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPushButton

from otn_studio.exchange import twilio
from otn_studio.flow.project import Project
from otn_studio.studio.document import samples
from otn_studio.studio.pages.exporting import WhatIsDifferent
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.window.window import Window

BOOKING = Path(__file__).parents[1] / "exchange" / "twilio" / "booking.json"


def shoot_exchange(window: Window, theme: Theme, shoot: Callable[[str], None]) -> None:
    """Looking into a file, some of it, a broken one, and what another program has not."""
    folder = Path(tempfile.mkdtemp()) / "Kicks & Co"
    folder.mkdir()
    page = window.exchange.pages["import"].made
    window.go_to("import")
    page.show_file(BOOKING, folder)
    _until(lambda: window.findChild(QPushButton, "import_now").isEnabled())
    shoot("import")
    window.findChild(QPushButton, "import_fate_4").click()
    window.findChild(QLineEdit, "import_search").setText("begin")
    shoot("import-some")
    window.findChild(QLineEdit, "import_search").setText("sneakers")
    shoot("import-none")
    broken = folder / "export.json"
    broken.write_text("{}")
    page.show_file(broken, folder)
    shoot("import-trouble")
    page._begin("Reading export.json…")
    page._waiting.show_done(400)
    shoot("import-waiting")
    flow = samples.named("course")
    made = twilio.write(Project.of(flow))
    report: QDialog = WhatIsDifferent(flow, made.items, theme, window)
    report.open()
    shoot("export-report")
    report.accept()
    window.go_to("flows")


def _until(done: Callable[[], bool]) -> None:
    until = time.monotonic() + 5
    while not done() and time.monotonic() < until:
        QApplication.processEvents()
        time.sleep(0.01)
