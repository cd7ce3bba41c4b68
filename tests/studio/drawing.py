"""A studio that draws by itself, to be killed in the middle: ``python -m tests.studio.drawing DIR``."""

import sys
import time
from pathlib import Path

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication

from otn_studio.blocks.logic.wait import Wait
from otn_studio.blocks.words import Words
from otn_studio.flow.changes import AddBlock
from otn_studio.flow.document import Position
from otn_studio.studio.services.services import Services
from otn_studio.studio.theme.theme import Choice, Theme
from otn_studio.studio.window.window import Window
from tests.studio.connecting.fakes import FakePages
from tests.studio.desk import FakePublishing
from tests.studio.pages.broadcasts.broadcasting import FakeBroadcasts
from tests.studio.pages.contacts.people import FakeContacts
from tests.studio.pages.engine.access import FakeApiKeys
from tests.studio.pages.engine.mailing import FakeMail
from tests.studio.pages.engine.serving import FakeService, FakeUpdates
from tests.studio.pages.engine.valuing import FakePageValues
from tests.studio.pages.fakes import FakeEngine, FakeTopics
from tests.studio.pages.insights.insights_fake import FakeInsights
from tests.studio.pages.sequences.sequencing import FakeSequences
from tests.studio.practice.fakes import FakePractice
from tests.studio.secrets.keeping import FakeSecrets

EVERY_MILLISECONDS = 50


def main(folder: Path) -> None:
    application = QApplication([])
    theme = Theme(application, Choice.LIGHT)
    known = FakeTopics(), FakePublishing(), FakeEngine(), FakePractice(), "Kicks & Co"
    services = Services(
        *known,
        FakeContacts(),
        FakeBroadcasts(),
        FakeApiKeys(),
        FakeSequences(),
        FakePageValues(),
        FakeSecrets(),
        FakeMail(),
        FakeInsights(),
        service=FakeService(),
        updates=FakeUpdates(),
        pages=FakePages(),
    )
    settings = QSettings(str(folder / "studio.ini"), QSettings.Format.IniFormat)
    window = Window(services, theme, settings, folder)
    window.flows.open_new()
    window.show()
    document = window.builder.document

    def draw() -> None:
        count = len(document.flow.blocks)
        document.do(AddBlock(f"wait-{count}", Wait(), Position(count * 10, 0)), Words("Add “{n}”"))
        print(count + 1, time.time(), flush=True)

    timer = QTimer(window, interval=EVERY_MILLISECONDS)
    timer.timeout.connect(draw)
    timer.start()
    application.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
