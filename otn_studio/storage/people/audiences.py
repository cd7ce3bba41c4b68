"""Who is meant by an audience: as a query, and page by page, the newest first."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Text,
    and_,
    cast,
    func,
    not_,
    or_,
    select,
)

from otn_studio.flow.audience import About, Audience, How, Rule
from otn_studio.policy import window
from otn_studio.storage.people import searching
from otn_studio.storage.tables import contact, permission

LANGUAGE: Final = "locale"
"""The field in which a person's language is."""
FIRST_PAGE: Final = 200
PAGE: Final = 200_000


def matching(page_id: str, audience: Audience, now: datetime) -> Select:
    """The ids of the contacts who are meant, as of now."""
    rules = [_holds(page_id, rule, now) for rule in audience.rules]
    found = [contact.c.page_id == page_id]
    if rules:
        found.append(and_(*rules) if audience.all else or_(*rules))
    if audience.words.strip():
        found.append(searching.found_by(page_id, audience.words))
    return select(contact.c.id).where(*found)


def ids(
    connection: Connection, page_id: str, audience: Audience, now: datetime
) -> Iterator[Sequence[int]]:
    """All of them, the newest first: a screenful at first, then many at once."""
    query = matching(page_id, audience, now).order_by(contact.c.id.desc())
    found = _fetched(connection, query.limit(FIRST_PAGE))
    yield found
    size = FIRST_PAGE
    while len(found) == size:
        size = PAGE
        found = _fetched(connection, query.where(contact.c.id < found[-1]).limit(size))
        yield found


def _fetched(connection: Connection, ids: Select) -> list[int]:
    """As one long text: of many thousand rows each would stop whoever else runs in this program."""
    found = ids.subquery().c.id
    text = connection.scalar(select(func.aggregate_strings(cast(found, Text), ",")))
    return sorted(json.loads(f"[{text or ''}]"), reverse=True)


def count(connection: Connection, page_id: str, audience: Audience, now: datetime) -> int:
    """How many they are."""
    counted = select(func.count()).select_from(matching(page_id, audience, now).subquery())
    return connection.scalar(counted) or 0


Test = Callable[[str, Rule, datetime], ColumnElement[bool]]


def _holds(page_id: str, rule: Rule, now: datetime) -> ColumnElement[bool]:
    is_so = _TESTS[rule.about](page_id, rule, now)
    return not_(is_so) if rule.how in (How.NO, How.IS_NOT, How.BEFORE) else is_so


def _tag(page_id: str, rule: Rule, now: datetime) -> ColumnElement[bool]:
    return searching.has_tag(page_id, rule.key)


def _field(page_id: str, rule: Rule, now: datetime) -> ColumnElement[bool]:
    match rule.how:
        case How.YES | How.NO:
            return searching.has_any_value(page_id, rule.key)
        case How.MORE:
            return searching.has_more(page_id, rule.key, rule.value)
        case How.LESS:
            return searching.has_less(page_id, rule.key, rule.value)
    return searching.has_value(page_id, rule.key, rule.value)


def _topic(page_id: str, rule: Rule, now: datetime) -> ColumnElement[bool]:
    """A lasting permission is held while a message has it, too."""
    held = select(permission.c.contact_id).where(
        permission.c.page_id == page_id,
        permission.c.topic_id == rule.key,
        or_(permission.c.frequency.is_not(None), permission.c.next_allowed_at.is_not(None)),
        or_(permission.c.expires_at.is_(None), permission.c.expires_at > now),
        permission.c.stopped_at.is_(None),
    )
    return contact.c.id.in_(held)


def _window(page_id: str, rule: Rule, now: datetime) -> ColumnElement[bool]:
    return _since(contact.c.last_action_at, now - window.LENGTH)


def _answered(page_id: str, rule: Rule, now: datetime) -> ColumnElement[bool]:
    return _since(contact.c.last_action_at, now - _days(rule))


def _seen(page_id: str, rule: Rule, now: datetime) -> ColumnElement[bool]:
    return _since(contact.c.first_seen_at, now - _days(rule))


def _since(column: ColumnElement, instant: datetime) -> ColumnElement[bool]:
    """False, rather than nothing at all, where there is no instant."""
    return and_(column.is_not(None), column > instant)


def _days(rule: Rule) -> timedelta:
    return timedelta(days=int(rule.value))


def _language(page_id: str, rule: Rule, now: datetime) -> ColumnElement[bool]:
    """*de* is that of *de_AT*, too."""
    known = func.coalesce(contact.c.fields[LANGUAGE].as_string(), "")
    return or_(known == rule.value, known.startswith(f"{rule.value}_", autoescape=True))


def _reachable(page_id: str, rule: Rule, now: datetime) -> ColumnElement[bool]:
    return contact.c.unreachable_at.is_(None)


_TESTS: Mapping[About, Test] = {
    About.TAG: _tag,
    About.FIELD: _field,
    About.TOPIC: _topic,
    About.WINDOW: _window,
    About.ANSWERED: _answered,
    About.SEEN: _seen,
    About.LANGUAGE: _language,
    About.REACHABLE: _reachable,
}
