"""All that the studio is handed, on the database that is open."""

from collections.abc import Callable
from dataclasses import dataclass

from otn_studio.cli import chosen_page, page_name
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


@dataclass(frozen=True, slots=True)
class Opened:
    """``close`` lets go of everything; the engine goes on."""

    services: Services
    close: Callable[[], None]


def opened() -> Opened:
    """The services of the Page that the studio works for.

    Raises:
        Problem: a setting or the database can't be used.
    """
    said = settings()
    database = Database.open(said.database_url)
    chosen = chosen_page.chosen(database, said)
    name = chosen_page.name(database, chosen.page_id, page_name.NAMELESS)
    page_name.remember(name)
    with database.writing() as connection:
        pages.ensure(connection, chosen.page_id)
    engine: LocalEngine | ServerEngine = ServerEngine(database, chosen.page_id)
    if database.file is not None:
        engine = LocalEngine(database, chosen, name)
    clock = PracticeClock(engine, SystemClock())
    topics = PageTopics(database, chosen.page_id, clock, chosen.rules)
    practice = EmulatedPractice(engine, topics.names)
    services = Services(
        topics=topics,
        publishing=PagePublishing(database, chosen.page_id, clock, engine.published, chosen.rules),
        engine=engine,
        practice=practice,
        page_name=name,
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

    def close() -> None:
        practice.close()
        engine.close()
        database.close()

    return Opened(services, close)
