from collections.abc import Iterator
from datetime import UTC
from typing import Annotated

from otn_studio.blocks import liquid
from otn_studio.blocks.block import Block, Group, Kind, Option
from otn_studio.blocks.comparing import is_the_same_for_all_types
from otn_studio.blocks.effect import Fact, Passes, field_subject
from otn_studio.blocks.field import TYPE_WORDS, kept
from otn_studio.blocks.finding import Finding, error
from otn_studio.blocks.folding import folded
from otn_studio.blocks.liquid import VALUE_LIMIT
from otn_studio.blocks.lookup import Lookup
from otn_studio.blocks.turn import SetField as SetFieldEffect
from otn_studio.blocks.turn import Step, Turn
from otn_studio.blocks.words import Words


class SetField(Block):
    """Notes something about the person, in one of your fields.

    The value may count with what is known: {{ contact.points | plus: 10 }}, or
    {{ today | plus_days: 3 }}. An empty value clears the field. One that the field can't hold, such
    as a word in a field for numbers, leaves it as it is.

    >>> str(SetField(field="size", value="42").summary())
    'Set “size” to “42”'
    """

    kind = Kind("set_field", title="Set field", group=Group.ACTION, icon="pencil")

    field: Annotated[str, Option("Field", required=True, refers_to="field")] = ""
    value: Annotated[str, Option("Value", limit=VALUE_LIMIT, liquid=True)] = ""

    def step(self, turn: Turn) -> Step:
        value = turn.fitting(self.field, self.value)
        return turn.go(
            "next", *([] if value is None else [SetFieldEffect(self.field, value or None)])
        )

    def effect(self) -> Passes:
        subject, value = field_subject(self.field), folded(self.value)
        is_plain = not liquid.has_parts(self.value) and len(self.value) <= VALUE_LIMIT
        is_known = is_plain and bool(value or not self.value)
        certain = is_known and (not value or is_the_same_for_all_types(self.value))
        fact = Fact(subject, value, True) if certain else None
        return Passes(("next",), sets=subject, sets_to=fact)

    def summary(self) -> Words:
        if not self.value:
            return Words("Clear “{field}”", field=self.field)
        return Words("Set “{field}” to “{value}”", field=self.field, value=self.value)

    def findings(self, lookup: Lookup) -> Iterator[Finding]:
        return misfits(self.field, self.value, lookup)


def misfits(field: str, value: str, lookup: Lookup) -> Iterator[Finding]:
    """Whether a value that is the same for everybody can't be kept in a field."""
    type = lookup.type_of(field)
    if value and not liquid.has_parts(value) and kept(value, type, UTC) is None:
        sentence = Words(
            "“{value}” can't be kept in this field. Write {type}.",
            value=value,
            type=TYPE_WORDS[type],
        )
        yield error("value_of_another_type", sentence, "value")
