"""Reading what a request of the control API says."""

import json
import re
from datetime import datetime, timedelta

from starlette.requests import Request

from otn_studio.emulator.clock import MovableClock
from otn_studio.emulator.durations import parse_duration
from otn_studio.emulator.errors import Problem

_LOCALE = re.compile("[a-z]{2,3}_[A-Z]{2}")
_ENDLESS = 1e12
"""Seconds: more than any clock can be advanced by."""


async def read_object(request: Request) -> dict:
    """The body, which may be left out where nothing has to be said."""
    try:
        body = json.loads(await request.body() or b"{}")
    except (ValueError, RecursionError):
        raise Problem("The body is not valid JSON.") from None
    if not isinstance(body, dict):
        raise Problem("The body must be a JSON object.")
    return body


def text(body: dict, name: str) -> str:
    """The words that have to stand at ``name``."""
    value = body.get(name)
    if not isinstance(value, str) or not value.strip():
        raise Problem(f'"{name}" must be a text that is not empty.')
    return value


def length_of_time(by: object) -> timedelta:
    """``"3 days"``, or a number of seconds."""
    if isinstance(by, str):
        return parse_duration(by)
    if isinstance(by, bool) or not isinstance(by, int | float) or not abs(by) < _ENDLESS:
        raise Problem('"advance" must be a number of seconds or a text such as "3 days".')
    return timedelta(seconds=by)


def instant(written: str) -> datetime:
    """An instant as ISO 8601 writes it."""
    try:
        return datetime.fromisoformat(written)
    except ValueError:
        raise Problem(f"{written!r} is not an instant such as '2030-01-31T12:00:00Z'.") from None


def move(clock: MovableClock, body: dict) -> None:
    """Move the clock as the body says: on by a length of time, or to an instant."""
    match body:
        case {"advance": by, **others} if not others:
            clock.advance(length_of_time(by))
        case {"now": str(written), **others} if not others:
            clock.move_to(instant(written))
        case _:
            raise Problem('The clock takes either "advance" or "now".')


def new_person(body: dict) -> dict:
    """Who comes: a name, and if it is said a language, and by how many hours the clock is ahead."""
    locale, hours = body.get("locale", "en_US"), body.get("timezone", 0)
    if not isinstance(locale, str) or not _LOCALE.fullmatch(locale):
        raise Problem('"locale" must be of the form en_US.')
    if isinstance(hours, bool) or not isinstance(hours, int | float) or not -12 <= hours <= 14:
        raise Problem('"timezone" must be a number of hours from -12 to 14.')
    return {"name": text(body, "name"), "locale": locale, "hours_ahead": hours}
