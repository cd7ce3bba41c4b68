"""Which Page's access key ends next, where it is soon enough to be told."""

from datetime import datetime

from otn_studio.runtime.sending import access
from otn_studio.storage import connections
from otn_studio.storage.database import Database
from otn_studio.studio.services.services import Ending


def next_ending(database: Database, now: datetime) -> Ending | None:
    """Of all Pages that are connected to this database."""
    with database.reading() as connection:
        known = connections.all_of(connection).values()
    ends = [(one.ends_at, one.name) for one in known if one.ends_at and access.is_soon(one, now)]
    return min((Ending(name, at, at <= now) for at, name in ends), key=_when, default=None)


def _when(ending: Ending) -> datetime:
    return ending.at
