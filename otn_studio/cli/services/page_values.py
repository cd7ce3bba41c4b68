"""The values that hold for everybody, from the Page's database."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from otn_studio.blocks import known
from otn_studio.blocks.field import TYPE_WORDS, Field, kept
from otn_studio.blocks.words import Problem
from otn_studio.runtime.publishing import Published as LivePrograms
from otn_studio.storage import pages
from otn_studio.storage.database import Database
from otn_studio.studio.services.page_values import ValueRow


class StoredPageValues:
    """The studio's `PageValues`: those of the live flows, and whatever else was set before."""

    def __init__(self, database: Database, page_id: str, zone: ZoneInfo) -> None:
        self._database = database
        self._page_id = page_id
        self._zone = zone

    def all(self) -> Sequence[ValueRow]:
        fields, flows = self._fields()
        with self._database.reading() as connection:
            values = pages.fields(connection, self._page_id)
        fields = {key: Field(key) for key in values} | fields
        rows = [
            ValueRow(
                key,
                field.name,
                field.type,
                str(known.as_counted(values.get(key, ""), field.type, self._zone)),
                tuple(flows[key]),
            )
            for key, field in fields.items()
        ]
        return sorted(rows, key=lambda row: row.name.casefold())

    def set(self, key: str, text: str) -> None:
        fields, _ = self._fields()
        field = fields.get(key, Field(key))
        value = kept(text, field.type, self._zone) if text.strip() else None
        if value is None and text.strip():
            raise Problem(
                "“{value}” can’t be kept in “{field}”. Write {type}.",
                value=text,
                field=field.name,
                type=TYPE_WORDS[field.type],
            )
        with self._database.writing() as connection:
            pages.set_fields(connection, self._page_id, {key: value})

    def _fields(self) -> tuple[Mapping[str, Field], Mapping[str, list[str]]]:
        """The live flows' values of the Page, and the names of the flows that know of each."""
        programs = LivePrograms(self._database, self._page_id)
        programs.refresh()
        fields: dict[str, Field] = {}
        flows: dict[str, list[str]] = defaultdict(list)
        for program in programs.all_live():
            for key, field in program.flow.fields.items():
                if field.of_page:
                    fields[key] = field
                    flows[key].append(program.flow.name)
        return fields, flows
