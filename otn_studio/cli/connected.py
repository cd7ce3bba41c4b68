"""The settings as they apply to a Page: what the environment says, and what the studio kept when the
Page was connected.

On servers the environment mostly names its Page. Where it names none, an engine serves all that are
connected.
"""

from collections.abc import Collection, Mapping
from typing import Any

from pydantic import SecretStr

from otn_studio.cli.page_keys import NAMES, PageKeys
from otn_studio.cli.settings import Settings
from otn_studio.storage import connections
from otn_studio.storage.connections import Connection
from otn_studio.storage.database import Database


def names_page(settings: Settings) -> bool:
    """Whether the environment says which Page it is for."""
    return bool({"page_id", *NAMES} & settings.model_fields_set)


def of_page(database: Database, settings: Settings, page_id: str) -> Settings:
    """The settings of one Page. What the environment says of it counts more."""
    with database.reading() as connection:
        kept = connections.of(connection, page_id)
    if kept is None:
        return settings.model_copy(update={"page_id": page_id})
    return _with(settings, page_id, kept)


def to_serve(
    database: Database, settings: Settings, needs: Collection[str] = NAMES
) -> list[Settings]:
    """The Pages that an engine serves: the one that the environment names, else all that have what it
    needs; where there is none, the one for practice.
    """
    if not names_page(settings):
        with database.reading() as connection:
            known = connections.all_of(connection)
        found = [_with(settings, page_id, kept) for page_id, kept in known.items()]
        if ready := [one for one in found if can_serve(one, needs)]:
            return ready
    return [of_page(database, settings, settings.page_id)]


def can_serve(settings: Settings, needs: Collection[str] = NAMES) -> bool:
    """Whether all is known that an engine needs for the Page."""
    return all(getattr(settings, name) is not None for name in needs)


def _with(settings: Settings, page_id: str, kept: Connection) -> Settings:
    said = settings.model_fields_set if names_page(settings) else frozenset()
    values = {**_rules(kept), **_secrets(page_id)}
    left = {name: value for name, value in values.items() if name not in said}
    return settings.model_copy(update={"page_id": page_id, **left})


def _rules(kept: Connection) -> Mapping[str, Any]:
    found = {"time_zone": kept.zone, "profile": kept.profile, "country": kept.country}
    return {name: value for name, value in found.items() if value}


def _secrets(page_id: str) -> Mapping[str, Any]:
    return {name: SecretStr(value) for name, value in PageKeys(page_id).all().items()}
