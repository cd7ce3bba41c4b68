"""Have the system keep the engine running, from the moment you log in.

It does so with systemd on Linux, launchd on macOS, and the Task Scheduler on Windows, for your own
account.
"""

import json
import os
import sys
from argparse import ArgumentParser, Namespace
from contextlib import closing
from pathlib import Path

from otn_studio.blocks.words import Problem, Words
from otn_studio.cli import connected, engine, logs
from otn_studio.cli.background import keepers
from otn_studio.cli.background.service import State
from otn_studio.cli.connect import open_database
from otn_studio.cli.local_engine import LocalEngine
from otn_studio.cli.server_engine import ServerEngine
from otn_studio.cli.services.service import EngineAsService
from otn_studio.cli.settings import Settings, settings
from otn_studio.cli.words import say
from otn_studio.storage.database import Database


def add_arguments(parser: ArgumentParser) -> None:
    jobs = parser.add_subparsers(dest="job", metavar="JOB", required=True)
    for name, help in (
        ("install", "have the engine begin by itself, and begin it now"),
        ("remove", "stop it, and no longer have it begin; the data stay"),
        ("status", "say whether it begins by itself, and runs"),
        ("run", "be the service, as the Task Scheduler begins it"),
    ):
        jobs.add_parser(name, help=help, description=help)


def run(given: Namespace) -> int:
    if given.job == "run":
        return _be_the_service()
    if given.job == "status":
        say(_status(keepers.keeper().state()))
        return 0
    said = settings()
    with open_database(said) as database, closing(_engine(database, said)) as running:
        service = EngineAsService(running, said)
        if given.job == "install":
            service.install()
            say("The engine runs, and begins by itself when you log in.")
        else:
            service.remove()
            say("The engine no longer begins by itself. Your data are where they were.")
    return 0


def _engine(database: Database, said: Settings) -> LocalEngine | ServerEngine:
    """The one that would run for these settings."""
    if database.file is None:
        return ServerEngine(database, said.page_id)
    return LocalEngine(database, connected.to_serve(database, said)[0], "")


def _status(kept: State) -> Words:
    if not kept.installed:
        return Words(
            "The engine does not begin by itself. To have it do so: otn-studio service install"
        )
    if kept.running:
        return Words("The engine begins by itself, and runs.")
    return Words("The engine begins by itself, and does not run now.")


def _be_the_service() -> int:
    """With the settings and the log that installing it has written down."""
    file = keepers.settings_file()
    try:
        kept = json.loads(file.read_text("utf-8"))
    except OSError as error:
        raise Problem("The service is not installed: there is no {file}.", file=file) from error
    os.environ.update(kept["settings"])
    log = Path(kept["log"])
    log.parent.mkdir(parents=True, exist_ok=True)
    sys.stdout = sys.stderr = log.open("a", encoding="utf-8", buffering=1)
    logs.set_up()
    parser = ArgumentParser()
    engine.add_arguments(parser)
    return engine.run(parser.parse_args([]))
