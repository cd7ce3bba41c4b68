"""People for whom a text can be seen: made-up ones, and those of the Page."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from otn_studio.blocks.actions.set_field import SetField
from otn_studio.blocks.actions.set_page_value import SetPageValue
from otn_studio.blocks.block import Block
from otn_studio.blocks.field import Field, FieldType, written
from otn_studio.blocks.words import Words
from otn_studio.flow.document import Flow
from otn_studio.studio.same import Same
from otn_studio.studio.services.people import Person
from otn_studio.studio.words import _, shown


@dataclass(frozen=True)
class MadeUp:
    """Somebody who could be there. No name: Messenger gave us none."""

    words: Words
    name: Mapping[str, str] = field(default_factory=dict)
    answers: str = "short"
    """How they fill in the flow's fields: with a short value, a long one, or not at all."""

    @property
    def label(self) -> str:
        return shown(self.words)

    @property
    def first_name(self) -> str:
        return self.name.get("first_name", "")

    def fields(self, flow: Flow) -> dict[str, str]:
        """What a flow would know of them."""
        if self.answers == "none":
            return dict(self.name)
        pick = min if self.answers == "short" else max
        return {
            **{
                key: pick(values, key=len)
                for key, values in _values(Same(flow.blocks), Same(flow.fields)).items()
            },
            **self.name,
        }


PEOPLE = (
    MadeUp(Words("Ann"), {"first_name": "Ann", "last_name": "Lee"}),
    MadeUp(
        Words("A very long name"),
        {
            "first_name": "Maximiliane-Alexandrina Konstantinopoulou",
            "last_name": "Featherstonehaugh-Wolfeschlegelsteinhausen",
        },
        answers="long",
    ),
    MadeUp(Words("No name"), answers="none"),
)


@dataclass(frozen=True)
class Real:
    """Somebody who is there. The values of the Page are made up for them, too."""

    person: Person

    @property
    def label(self) -> str:
        return self.person.row.name or _("No name")

    def fields(self, flow: Flow) -> dict[str, str]:
        row = self.person.row
        times = {"first_seen": row.first_seen, "last_answer": row.last_action}
        of_page = {key for key, field in flow.fields.items() if field.of_page}
        return {
            **{key: value for key, value in PEOPLE[0].fields(flow).items() if key in of_page},
            **{key: written(at) for key, at in times.items() if at is not None},
            **{key: value for key, _name, value in self.person.fields},
        }


EXAMPLES = {
    FieldType.NUMBER: ("42", "1234567.89"),
    FieldType.DATE: ("2026-12-24",),
    FieldType.TIME: ("09:30",),
    FieldType.DATE_TIME: ("2026-12-24T09:30:00Z",),
    FieldType.YES_NO: ("no", "yes"),
}
"""Values of fields that are no texts."""


@lru_cache(maxsize=1)
def _values(
    blocks: Same[Mapping[str, Block]], fields: Same[Mapping[str, Field]]
) -> Mapping[str, list[str]]:
    """What each field can hold: what the flow itself puts into it, else the field's own name."""
    values: dict[str, list[str]] = {key: [] for key in fields.value}
    for block in blocks.value.values():
        if isinstance(block, SetField | SetPageValue) and block.field in values:
            values[block.field] += [block.value] if block.value and "{" not in block.value else []
    return {
        key: found or list(EXAMPLES.get(fields.value[key].type, [fields.value[key].name]))
        for key, found in values.items()
    }
