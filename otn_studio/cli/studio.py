"""Open the studio: draw flows, create topics, see the phone, publish."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from platformdirs import user_data_path

from otn_studio.blocks.words import Problem
from otn_studio.cli import chosen_page, processes
from otn_studio.cli.loading import quickly
from otn_studio.cli.local_engine import LocalEngine
from otn_studio.cli.server_engine import ServerEngine
from otn_studio.cli.services.access import PageApiKeys
from otn_studio.cli.services.broadcasts import PageBroadcasts
from otn_studio.cli.services.connecting.pages import PageConnections
from otn_studio.cli.services.connecting.serving import ConnectedEngine
from otn_studio.cli.services.contacts import PageContacts
from otn_studio.cli.services.insights import PageInsights
from otn_studio.cli.services.mail import PageMail
from otn_studio.cli.services.page_values import StoredPageValues
from otn_studio.cli.services.practice import EmulatedPractice, PracticeClock
from otn_studio.cli.services.publishing import PagePublishing
from otn_studio.cli.services.secrets import PageSecrets
from otn_studio.cli.services.sequences import PageSequences
from otn_studio.cli.services.service import EngineAsService
from otn_studio.cli.services.topics import PageTopics
from otn_studio.cli.services.updates import HomePage
from otn_studio.cli.settings import settings
from otn_studio.runtime.clock import SystemClock
from otn_studio.storage import pages
from otn_studio.storage.database import Database
from otn_studio.studio.services.services import Services

PAGE_NAME = "Your Page"


def run(flows: Sequence[Path] = ()) -> int:
    """Show the window, with these flows, until it is closed.

    Raises:
        Problem: there is no display, or the database can't be used.
    """
    _refuse_without_display()
    said = settings()
    database = Database.open(said.database_url)
    chosen = chosen_page.chosen(database, said)
    page_name = chosen_page.name(database, chosen.page_id, PAGE_NAME)
    with database.writing() as connection:
        pages.ensure(connection, chosen.page_id)
    engine: LocalEngine | ServerEngine = ServerEngine(database, chosen.page_id)
    if database.file is not None:
        engine = LocalEngine(database, chosen, page_name)
    clock = PracticeClock(engine, SystemClock())
    topics = PageTopics(database, chosen.page_id, clock, chosen.rules)
    practice = EmulatedPractice(engine, topics.names)
    services = Services(
        topics=topics,
        publishing=PagePublishing(database, chosen.page_id, clock, engine.published, chosen.rules),
        engine=engine,
        practice=practice,
        page_name=page_name,
        contacts=PageContacts(database, chosen.page, clock),
        api_keys=PageApiKeys(database, chosen.page_id, clock),
        broadcasts=PageBroadcasts(database, chosen.page_id, clock, chosen.rules),
        sequences=PageSequences(database, chosen.page_id, clock),
        secrets=PageSecrets(database, chosen.page_id),
        mail=PageMail(database, chosen),
        insights=PageInsights(database, chosen.page_id, clock),
        page_values=StoredPageValues(database, chosen.page_id, chosen.rules.zone),
        service=EngineAsService(engine, chosen),
        updates=HomePage(chosen),
        pages=PageConnections(
            database,
            said,
            clock,
            ConnectedEngine(database, said),
            chosen.page_id,
            chosen_page.choose,
        ),
    )
    with quickly():
        from otn_studio.studio.app import AGAIN, show  # Qt ends the process where it can't show

    try:
        code = show(services, _data_folder(), flows)
    finally:
        practice.close()
        engine.close()
        database.close()
    if code == AGAIN:
        again = processes.command(*sys.argv[1:], window=True)
        os.execv(again[0], again)
    return code


def _data_folder() -> Path:
    return user_data_path("otn-studio", appauthor=False)


def _refuse_without_display() -> None:
    """Qt would end the whole process where there is none."""
    has_display = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"} & os.environ.keys()
    if sys.platform.startswith("linux") and not has_display:
        raise Problem("There is no screen to open the studio on. To see it work: otn-studio demo")
