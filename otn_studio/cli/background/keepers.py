"""Which system keeps services here, and what ours is."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from platformdirs import user_data_path, user_log_path

from otn_studio.blocks.words import Problem
from otn_studio.cli import processes
from otn_studio.cli.background.launchd import Launchd
from otn_studio.cli.background.service import Keeper, Service
from otn_studio.cli.background.systemd import Systemd
from otn_studio.cli.background.task_scheduler import TaskScheduler
from otn_studio.cli.environment import PREFIX
from otn_studio.cli.settings import Settings

SECRET_SETTINGS: Final = ("PAGE_TOKEN", "APP_SECRET", "VERIFY_TOKEN", "SECRETS_PASSWORD", "SECRET_")
"""How the names of settings begin, after our prefix, whose values are never written into a file."""


def keeper() -> Keeper:
    """That of this system."""
    if sys.platform == "win32":
        return TaskScheduler(settings_file())
    return Launchd() if sys.platform == "darwin" else Systemd()


def settings_file() -> Path:
    """What a service begins with where the system hands it no environment."""
    return user_data_path("otn-studio", appauthor=False) / "service.json"


def engine(settings: Settings, environment: Mapping[str, str] = os.environ) -> Service:
    """The engine as this person's environment has it.

    Raises:
        Problem: it knows a secret only from the environment, which a service does not have.
    """
    ours = {name: value for name, value in environment.items() if name.startswith(PREFIX)}
    for name in ours:
        if name.startswith(tuple(PREFIX + secret for secret in SECRET_SETTINGS)):
            raise Problem(
                "{setting} is a secret in the environment, which a service does not get. Connect the"
                " Page in the studio, which keeps it in the keyring, or put it as a file into a folder"
                " that OTN_STUDIO_SECRETS names, and take it out of the environment.",
                setting=name,
            )
    if sys.platform == "win32":
        command = processes.command("service", "run")
    else:
        command = processes.command("engine")
    carried = {**ours, f"{PREFIX}DATABASE_URL": settings.database_url}
    return Service(command, carried, user_log_path("otn-studio", appauthor=False) / "service.log")
