"""The texts of a flow beside their translations: as rows to work through, and as a file for others."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from otn_studio.blocks.languages import said
from otn_studio.blocks.words import Problem
from otn_studio.flow.changes import Several
from otn_studio.flow.document import Flow
from otn_studio.flow.translating import Translate

SIZE_LIMIT: Final = 32 * 1024 * 1024
HEADING: Final = ("block", "place", "original", "translation")
DELIMITERS: Final = ",;\t"


@dataclass(frozen=True, slots=True)
class Row:
    """One text. ``way`` leads to it within its block by ids, ``field`` as things stand."""

    block: str
    way: str
    field: str
    label: str
    limit: int | None
    original: str
    translation: str

    @property
    def is_missing(self) -> bool:
        return not self.translation.strip()


def rows(flow: Flow, language: str) -> list[Row]:
    """All that people read, in the order in which the blocks stand on the canvas."""
    return [row for id in _in_order(flow) for row in _of_block(flow, id, language)]


def _in_order(flow: Flow) -> list[str]:
    """From left to right and from top to bottom; what has no place of its own comes last."""

    def place(id: str) -> tuple[bool, float, float, str]:
        at = flow.layout.get(id)
        return (at is None, at.x if at else 0, at.y if at else 0, id)

    return sorted(flow.blocks, key=place)


def _of_block(flow: Flow, id: str, language: str) -> Iterator[Row]:
    texts = flow.translations.get(language, {}).get(id, {})
    for text in said(flow.blocks[id]):
        if text.needs_words:
            option = text.option
            yield Row(
                *(id, text.way, text.field, option.label, option.limit),
                text.text,
                texts.get(text.way, ""),
            )


def to_csv(flow: Flow, language: str) -> str:
    """A table for whoever translates, which spreadsheets open."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(HEADING)
    writer.writerows((r.block, r.way, r.original, r.translation) for r in rows(flow, language))
    return file.getvalue()


@dataclass(frozen=True, slots=True)
class Imported:
    """What a table brings: the changes, how many texts they are, and how many found no place."""

    change: Several
    count: int
    unknown: int


def from_csv(flow: Flow, language: str, text: str) -> Imported:
    """Read a table again. An empty translation leaves the text as it is.

    Raises:
        Problem: it is no such table.
    """
    if len(text) > SIZE_LIMIT:
        raise Problem("The table is too large to be one of a flow.")
    known = {(row.block, row.way): row for row in rows(flow, language)}
    changes, unknown = [], 0
    for block, way, translation in _read(text.removeprefix("\ufeff")):
        row = known.get((block, way))
        if row is None:
            unknown += 1
        elif translation.strip() and translation != row.translation:
            changes.append(Translate(language, block, way, translation))
    return Imported(Several(tuple(changes)), len(changes), unknown)


def _read(text: str) -> Iterator[tuple[str, str, str]]:
    """The block, the place and the translation of each line."""
    heading = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=heading.count)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise Problem("The table can’t be read: {problem}.", problem=str(error)) from error
    columns = _columns(lines[0] if lines else [])
    for line in lines[1:]:
        if any(cell.strip() for cell in line):
            block, place, translation = (
                line[column] if column < len(line) else "" for column in columns
            )
            yield block, place, translation


def _columns(heading: Sequence[str]) -> tuple[int, int, int]:
    """Where the block, the place and the translation stand; the order may have changed."""
    names = [name.strip().lower() for name in heading]
    wanted = ("block", "place", "translation")
    for name in wanted:
        if name not in names:
            raise Problem("The table has no column “{column}”. Export one to see how.", column=name)
    first, second, third = (names.index(name) for name in wanted)
    return first, second, third
