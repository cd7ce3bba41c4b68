"""The Page that the studio works for: chosen on its Engine page, kept until another one is."""

from otn_studio.blocks.words import Problem
from otn_studio.cli import connected, page_name
from otn_studio.cli.page_name import chosen_file
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


def meant(database: Database, settings: Settings, page: str | None) -> Settings:
    """The settings of the Page of that name or number; without one, of the one that is chosen.

    Raises:
        Problem: there is none, or several.
    """
    if page is None:
        return chosen(database, settings)
    with database.reading() as connection:
        known = connections.all_of(connection)
    named = [id for id, kept in known.items() if kept.name.casefold() == page.casefold()]
    found = [page] if page in {*known, settings.page_id} else named
    if len(found) > 1:
        raise Problem("Several Pages are called “{page}”. Give the Page’s number.", page=page)
    if not found:
        pages = ", ".join(f"{kept.name} ({id})" for id, kept in known.items()) or "–"
        raise Problem(
            "There is no Page “{page}”. These are connected: {pages}", page=page, pages=pages
        )
    return connected.of_page(database, settings, found[0])


def choose(page_id: str) -> None:
    """Work for it from the next start on."""
    chosen_file().parent.mkdir(parents=True, exist_ok=True)
    chosen_file().write_text(page_id, "ascii")
    page_name.forget()


def name(database: Database, page_id: str, otherwise: str) -> str:
    """What the Page is called."""
    with database.reading() as connection:
        kept = connections.of(connection, page_id)
    return kept.name if kept is not None and kept.name else otherwise


def _kept() -> str:
    return chosen_file().read_text("ascii").strip() if chosen_file().is_file() else ""
