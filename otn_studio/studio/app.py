"""The studio as a program."""

import logging
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from otn_studio.studio.background import Background, WorkAfterPaint
from otn_studio.studio.document.files import say
from otn_studio.studio.preferences import speech
from otn_studio.studio.preferences.kept import SCALES, Preferences
from otn_studio.studio.problem_words import sentence
from otn_studio.studio.services.services import Services
from otn_studio.studio.sweeping import Sweeping
from otn_studio.studio.theme.icons import icon
from otn_studio.studio.theme.theme import Choice, Theme
from otn_studio.studio.window.window import Window
from otn_studio.studio.words import _

log = logging.getLogger(__name__)

APPEARANCE = "appearance"
AGAIN = 100
"""The exit code of a studio that is to open anew, for a preference that counts from the start on."""


def show(
    services: Services, folder: Path, flows: Sequence[Path], page_name: Callable[[], str]
) -> int:
    """Show the window, with these flows, until it is closed; ``folder`` keeps settings and what was
    not saved. ``page_name`` tells, as soon as the services are there, for which Page they are.

    Raises:
        Problem: there are no services; the person has read so.
    """
    settings = QSettings(str(folder / "studio.ini"), QSettings.Format.IniFormat)
    preferences = Preferences(settings)
    application = _scaled(preferences.scale)
    application.setApplicationName("OTN Studio")
    application.setDesktopFileName("otn-studio")
    application.setWindowIcon(icon("otn-studio"))
    speech.speak(application, preferences.language)
    theme = Theme(application, Choice(settings.value(APPEARANCE, Choice.SYSTEM, str)))
    theme.changed.connect(lambda: settings.setValue(APPEARANCE, theme.choice.value))
    window = Window(services, theme, settings, folder)
    window.again.connect(lambda: application.exit(AGAIN))
    WorkAfterPaint(window, load_for_clicks)
    Background(window).run(load_for_later, lambda _done: None)
    Sweeping(window)
    window.open_first(flows)
    window.show()
    missing: list[Exception] = []

    def begin(name: str) -> None:
        if name == services.page_name:
            _listen(folder, window)
            window.updates.look()
        else:
            window.begin_again()

    def end(problem: Exception) -> None:
        missing.append(problem)
        say(window, _("OTN Studio can’t be used"), sentence(problem))
        window.close()

    Background(window).run(page_name, begin, end)
    code = application.exec()
    if missing:
        raise missing[0]
    return code


def load_for_clicks() -> None:
    """What a click wants, and the first painting did not: a block's form, its message, what to add."""
    from otn_studio.blocks import templates  # noqa: F401
    from otn_studio.studio.canvas import quick_add  # noqa: F401
    from otn_studio.studio.panel import block_view  # noqa: F401
    from otn_studio.studio.phone import kinds, preview_bubbles  # noqa: F401


def load_for_later() -> None:
    """What most people come to, and would else wait for at the first time."""
    from otn_studio.studio.help import window  # noqa: F401
    from otn_studio.studio.panel import frame_view, several_view  # noqa: F401
    from otn_studio.studio.panel.emoji import chooser  # noqa: F401
    from otn_studio.studio.problems import repairs, table  # noqa: F401


def _listen(folder: Path, window: Window) -> None:
    """From now on a second studio opens its flows here; where it can't call, it opens by itself."""
    from otn_studio.studio.callers import Callers

    try:
        callers = Callers(folder, window)
    except OSError as problem:
        log.warning("a second studio would not find this one: %s", problem)
        return
    callers.called.connect(window.come)
    QApplication.instance().aboutToQuit.connect(callers.close)


def _scaled(percent: int) -> QApplication:
    """The application in its size, which Qt reads from the environment, and only now. Its style is
    asked for on the way: to be handed one, Python would have to load everything that styles know.
    """
    before = os.environ.get("QT_SCALE_FACTOR")
    if percent != SCALES[0]:
        os.environ["QT_SCALE_FACTOR"] = str(percent / 100)
    application = QApplication([*sys.argv[:1], "-style", "Fusion"])
    if before is None:
        os.environ.pop("QT_SCALE_FACTOR", None)
    else:
        os.environ["QT_SCALE_FACTOR"] = before
    return application
