"""The values of the Page, in memory."""

from collections.abc import Sequence
from dataclasses import replace

from otn_studio.blocks.field import FieldType
from otn_studio.blocks.words import Problem
from otn_studio.studio.services.page_values import ValueRow


class FakePageValues:
    """As the real ones; a number has to be one."""

    def __init__(self, *rows: ValueRow) -> None:
        self.rows = {row.key: row for row in rows}

    def all(self) -> Sequence[ValueRow]:
        return tuple(self.rows.values())

    def set(self, key: str, text: str) -> None:
        if self.rows[key].type is FieldType.NUMBER and not text.isdecimal():
            raise Problem("That is no number.")
        self.rows[key] = replace(self.rows[key], value=text)
