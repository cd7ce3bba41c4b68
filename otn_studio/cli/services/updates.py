"""Which version of the program is the newest, as its home page says in a small file of JSON.

It is a plain request for that file, with nothing in it about anybody.
"""

import json
import logging
from importlib.metadata import metadata
from threading import Thread
from typing import Any, Final
from urllib.parse import urlsplit

import requests

from otn_studio.cli.settings import Settings
from otn_studio.studio.updates.release import Release, is_version

log = logging.getLogger(__name__)

FILE: Final = "newest.json"
PATIENCE: Final = 5.0
AT_MOST: Final = 10_000
"""Bytes."""
_PROGRAM: Final = "otn-studio"


class HomePage:
    """The studio's `Updates`."""

    def __init__(self, settings: Settings) -> None:
        self._about = metadata(_PROGRAM)
        self.version = self._about["Version"]
        self._url = settings.updates_url

    def newest(self) -> Release | None:
        """Nobody waits for a network that is slow to say no: not even the end of the program."""
        found: list[Release | None] = []
        asking = Thread(target=lambda: found.append(self._ask()), name="updates", daemon=True)
        asking.start()
        asking.join(PATIENCE)
        return found[0] if found else None

    def _ask(self) -> Release | None:
        url = self._address() if self._url is None else self._url
        if not url:
            return None
        try:
            with requests.Session() as session:
                session.trust_env = False
                session.headers = {"User-Agent": _PROGRAM, "Accept": "application/json"}
                with session.get(url, timeout=PATIENCE, stream=True) as answer:
                    answer.raise_for_status()
                    return _release(json.loads(_beginning(answer)))
        except (requests.RequestException, ValueError, RecursionError) as problem:
            log.info("nobody says which version is the newest: %s", type(problem).__name__)
            return None

    def _address(self) -> str:
        links = [link.partition(", ") for link in self._about.get_all("Project-URL") or ()]
        homes = [url for name, _comma, url in links if name == "Homepage"]
        return f"{homes[0].rstrip('/')}/{FILE}" if homes else ""


def _beginning(answer: requests.Response) -> bytes:
    """So much as may be needed of what comes in pieces."""
    found = b""
    for piece in answer.iter_content(AT_MOST):
        found += piece
        if len(found) >= AT_MOST:
            break
    return found[:AT_MOST]


def _release(said: Any) -> Release | None:
    """What a file says, if it says it as it should."""
    if not isinstance(said, dict):
        return None
    version, page = said.get("version"), said.get("page")
    if not isinstance(version, str) or not isinstance(page, str):
        return None
    is_page = urlsplit(page).scheme == "https" and bool(urlsplit(page).hostname)
    return Release(version, page) if is_version(version) and is_page else None
