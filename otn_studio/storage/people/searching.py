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
    FromClause,
    Select,
    and_,
    bindparam,
    delete,
    func,
    insert,
    select,
    union_all,
)

from otn_studio.blocks.folding import folded
from otn_studio.storage.people.numeric import as_number
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
    """Whether a contact has all of these words, or the beginnings of them; or is of that id.

    Few people have a long word: of those it is seen whether they have the others as well.
    """
    is_of_id = select(contact.c.id).where(
        contact.c.page_id == page_id, contact.c.person_id == words.strip()
    )
    in_order = sorted(_words(words), key=len, reverse=True)
    if not in_order:
        return contact.c.id.in_(is_of_id)
    longest, *others = in_order
    has_all = _ids(page_id).where(_begins(contact_word, longest), *map(_has_also, others))
    return contact.c.id.in_(union_all(has_all, is_of_id))


def has_tag(page_id: str, tag: str) -> ColumnElement[bool]:
    return contact.c.id.in_(_with(page_id, _tag(tag)))


def has_value(page_id: str, field: str, value: str) -> ColumnElement[bool]:
    """Whether a field has this value, without regard to case."""
    return contact.c.id.in_(_with(page_id, _value(field, value)))


def has_any_value(page_id: str, field: str) -> ColumnElement[bool]:
    return contact.c.id.in_(_with_field(page_id, field).where(_told(field) != ""))


def has_more(page_id: str, field: str, value: str) -> ColumnElement[bool]:
    """Whether a field is more than this: as numbers, or as dates and times are written."""
    here, there = _comparable(field, value)
    return contact.c.id.in_(_with_field(page_id, field).where(here > there))


def has_less(page_id: str, field: str, value: str) -> ColumnElement[bool]:
    here, there = _comparable(field, value)
    return contact.c.id.in_(_with_field(page_id, field).where(here < there, _told(field) != ""))


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


def _begins(table: FromClause, word: str) -> ColumnElement[bool]:
    return and_(table.c.word >= word, table.c.word < word + _AFTER_ALL)


def _has_also(word: str) -> ColumnElement[bool]:
    also = contact_word.alias()
    same = also.c.contact_id == contact_word.c.contact_id
    return select(also.c.word).where(same, _begins(also, word)).exists()


def _with_field(page_id: str, field: str) -> Select:
    """Who has that field, whatever its value."""
    word, after = contact_word.c.word, field + chr(ord(_VALUE) + 1)
    return _ids(page_id).where(word >= field + _VALUE, word < after)


def _told(field: str) -> ColumnElement[str]:
    """The value in a word of `_value`."""
    return func.substr(contact_word.c.word, len(field) + len(_VALUE) + 1)


def _comparable(field: str, value: str) -> tuple[ColumnElement, float | str]:
    try:
        return as_number(_told(field)), float(value)
    except ValueError:
        return _told(field), folded(value)


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
