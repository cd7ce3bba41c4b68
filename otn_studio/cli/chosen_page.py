"""The Page that the studio works for: chosen on its Engine page, kept until another one is."""

from pathlib import Path

from platformdirs import user_data_path

from otn_studio.cli import connected
from otn_studio.cli.settings import Settings
from otn_studio.storage import connections
from otn_studio.storage.database import Database


def chosen(database: Database, settings: Settings) -> Settings:
    """The settings of that Page; for practice, where it is not connected any more."""
    page_id = settings.page_id if connected.names_page(settings) else _kept()
    found = connected.of_page(database, settings, page_id or settings.page_id)
    if connected.names_page(settings) or connected.can_serve(found):
        return found
    return connected.of_page(database, settings, settings.page_id)


def choose(page_id: str) -> None:
    """Work for it from the next start on."""
    _file().parent.mkdir(parents=True, exist_ok=True)
    _file().write_text(page_id, "ascii")


def name(database: Database, page_id: str, otherwise: str) -> str:
    """What the Page is called."""
    with database.reading() as connection:
        kept = connections.of(connection, page_id)
    return kept.name if kept is not None and kept.name else otherwise


def _kept() -> str:
    return _file().read_text("ascii").strip() if _file().is_file() else ""


def _file() -> Path:
    return user_data_path("otn-studio", appauthor=False) / "page"
