"""Making keys, and telling whether one is good."""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from otn_studio.blocks.words import Problem
from otn_studio.storage import api_keys
from otn_studio.storage.api_keys import ApiKey
from otn_studio.storage.database import Database

LONGEST_NAME: Final = 65
_FORM: Final = re.compile(r"otn_([0-9]{1,15})_([A-Za-z0-9_-]{43})")
_NO_DIGEST: Final = "0" * 64


@dataclass(frozen=True, slots=True)
class Made:
    """A key just made. ``key`` is seen here once, and never again."""

    id: int
    key: str


def make(database: Database, page_id: str, name: str, now: datetime) -> Made:
    """A new key, kept as its digest.

    Raises:
        Problem: the name can't be used.
    """
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise Problem("A key needs a name of at most {limit} characters.", limit=LONGEST_NAME)
    secret = secrets.token_urlsafe(32)
    with database.writing() as connection:
        id = api_keys.add(connection, page_id, name, _digest(secret), now)
    return Made(id, f"otn_{id}_{secret}")


def known(database: Database, page_id: str, key: str) -> ApiKey | None:
    """Which key it is, if it is good. It takes as long for one that is not."""
    form = _FORM.fullmatch(key)
    number, secret = (int(form[1]), form[2]) if form else (0, "")
    with database.reading() as connection:
        row = api_keys.numbered(connection, page_id, number)
    same = hmac.compare_digest(_digest(secret), row.digest if row else _NO_DIGEST)
    return row if same else None


def page_of(database: Database, key: str) -> str | None:
    """For which Page the key would be, good or not."""
    form = _FORM.fullmatch(key)
    with database.reading() as connection:
        return form and api_keys.page_of(connection, int(form[1]))


def listed(database: Database, page_id: str) -> list[ApiKey]:
    """Those that are good, the oldest first."""
    with database.reading() as connection:
        return api_keys.all_keys(connection, page_id)


def withdraw(database: Database, page_id: str, id: int, now: datetime) -> None:
    """From now on it is good for nothing."""
    with database.writing() as connection:
        api_keys.withdraw(connection, page_id, id, now)


def _digest(secret: str) -> str:
    """A plain one will do: nobody guesses 256 bits, however quickly they try."""
    return hashlib.sha256(secret.encode()).hexdigest()
