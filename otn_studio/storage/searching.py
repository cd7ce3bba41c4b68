"""By what people are found: the words of their fields, the fields' values, and the tags.

All of them stand in one table, in the order of the alphabet, so that a search takes as long as what
it finds and not as long as the list of people. Whoever changes a contact's fields or tags calls
`learn` in the same transaction.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    delete,
    insert,
    or_,
    select,
)

from otn_studio.blocks.folding import folded
from otn_studio.storage.tables import contact, contact_word

LONGEST_WORD: Final = 40
LONGEST_VALUE: Final = 120
AT_ONCE: Final = 5_000
WORDS_AT_MOST: Final = 60
"""Of one contact: of somebody's long letter in a field, its beginning is found."""
_WORD: Final = re.compile(r"\w+")
_TAG, _VALUE = "#", "="
_AFTER_ALL: Final = chr(0x10FFFF)


def words_of(fields: Mapping[str, Any], tags: Iterable[str]) -> set[str]:
    """By what a contact is found.

    >>> sorted(words_of({"first_name": "Ann-Marie"}, ["vip"]))
    ['#vip', 'ann', 'first_name=ann-marie', 'marie']
    """
    found: dict[str, None] = {}
    for value in fields.values():
        found |= dict.fromkeys(_words(str(value)))
    words = set(list(found)[:WORDS_AT_MOST])
    return words | {_value(key, str(v)) for key, v in fields.items()} | {_tag(t) for t in tags}


def learn(
    connection: Connection,
    page_id: str,
    people: Mapping[int, tuple[Mapping[str, Any], Iterable[str]]],
) -> None:
    """These contacts have these fields and tags now."""
    if not people:
        return
    forget(connection, people)
    rows = [
        {"page_id": page_id, "contact_id": id, "word": word}
        for id, (fields, tags) in people.items()
        for word in sorted(words_of(fields, tags))
    ]
    if rows:
        connection.execute(insert(contact_word), rows)


def learn_all(connection: Connection) -> None:
    """The same for everybody who is there, in a database that did not know it."""
    columns = select(contact.c.id, contact.c.page_id, contact.c.fields, contact.c.tags)
    some = columns.where(contact.c.id > bindparam("last")).order_by(contact.c.id).limit(AT_ONCE)
    last = 0
    while rows := connection.execute(some, {"last": last}).all():
        last = rows[-1].id
        for page_id in {row.page_id for row in rows}:
            of_page = (row for row in rows if row.page_id == page_id)
            learn(connection, page_id, {row.id: (row.fields, row.tags) for row in of_page})


def forget(connection: Connection, contact_ids: Iterable[int]) -> None:
    """Let nobody find them by anything any more."""
    connection.execute(delete(contact_word).where(contact_word.c.contact_id.in_(list(contact_ids))))


def found_by(page_id: str, words: str) -> ColumnElement[bool]:
    """Whether a contact has all of these words, or the beginnings of them; or is of that id."""
    is_id = contact.c.person_id == words.strip()
    has_all = [contact.c.id.in_(_beginning_with(page_id, word)) for word in _words(words)]
    return or_(is_id, and_(*has_all)) if has_all else is_id


def has_tag(page_id: str, tag: str) -> ColumnElement[bool]:
    return contact.c.id.in_(_with(page_id, _tag(tag)))


def has_value(page_id: str, field: str, value: str) -> ColumnElement[bool]:
    """Whether a field has this value, without regard to case."""
    return contact.c.id.in_(_with(page_id, _value(field, value)))


def tags(connection: Connection, page_id: str, at_most: int) -> list[str]:
    """The tags that are in use, in the order of the alphabet.

    One by one: to jump from tag to tag is quicker than to go through everybody who has one.
    """
    after = _TAG
    found: list[str] = []
    while len(found) < at_most:
        after = connection.scalar(_NEXT_TAG, {"page": page_id, "after": after})
        if after is None:
            break
        found.append(after.removeprefix(_TAG))
    return found


_NEXT_TAG = (
    select(contact_word.c.word)
    .where(
        contact_word.c.page_id == bindparam("page"),
        contact_word.c.word > bindparam("after"),
        contact_word.c.word < chr(ord(_TAG) + 1),
    )
    .order_by(contact_word.c.word)
    .limit(1)
)


def _beginning_with(page_id: str, word: str) -> Select:
    return _ids(page_id).where(contact_word.c.word >= word, contact_word.c.word < word + _AFTER_ALL)


def _with(page_id: str, word: str) -> Select:
    return _ids(page_id).where(contact_word.c.word == word)


def _ids(page_id: str) -> Select:
    return select(contact_word.c.contact_id).where(contact_word.c.page_id == page_id)


def _words(text: str) -> Iterator[str]:
    for match in _WORD.finditer(folded(text)):
        yield match[0][:LONGEST_WORD]


def _tag(tag: str) -> str:
    return _TAG + tag


def _value(key: str, value: str) -> str:
    return f"{key}{_VALUE}{folded(value)[:LONGEST_VALUE]}"
