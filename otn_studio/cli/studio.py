"""Open the studio: draw flows, create topics, see the phone, publish."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_data_path

from otn_studio.blocks.words import Problem
from otn_studio.cli import page_name
from otn_studio.cli.loading import load_qt, quickly
from otn_studio.cli.services.soon import Once, soon

if TYPE_CHECKING:
    from otn_studio.cli.services.opened import Opened

load_qt()


def run(flows: Sequence[Path] = ()) -> int:
    """Show the window, with these flows, until it is closed.

    Raises:
        Problem: there is no display, or a setting or the database can't be used.
    """
    _refuse_without_display()
    opened = Once(_opened)
    name = page_name.remembered()
    services = opened().services if name is None else soon(lambda: opened().services, name)
    with quickly():
        from otn_studio.studio.app import AGAIN, show  # Qt ends the process where it can't show

    try:
        code = show(services, _data_folder(), flows, lambda: opened().services.page_name)
    finally:
        if (there := opened.if_made()) is not None:
            there.close()
    if code == AGAIN:
        from otn_studio.cli import processes

        again = processes.command(window=True)  # the window keeps what was open, and nothing else
        os.execv(again[0], again)
    return code


def _opened() -> "Opened":
    """Settings, database and engine, whose modules take longer to load than the window."""
    with quickly():
        from otn_studio.cli.services.opened import opened

    return opened()


def _data_folder() -> Path:
    return user_data_path("otn-studio", appauthor=False)


def _refuse_without_display() -> None:
    """Qt would end the whole process where there is none."""
    has_display = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"} & os.environ.keys()
    if sys.platform.startswith("linux") and not has_display:
        raise Problem("There is no screen to open the studio on. To see it work: otn-studio demo")
