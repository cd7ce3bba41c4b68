from collections.abc import Iterator
from datetime import UTC
from typing import Annotated, Final

from otn_studio.blocks import liquid
from otn_studio.blocks.block import NEXT, Block, Group, Kind, Option, Port, Role
from otn_studio.blocks.comparing import is_the_same_for_all_types
from otn_studio.blocks.effect import Fact, Passes, Person, field_subject
from otn_studio.blocks.field import TYPE_WORDS, FieldType, kept
from otn_studio.blocks.finding import Finding, error
from otn_studio.blocks.folding import folded
from otn_studio.blocks.liquid import VALUE_LIMIT, BrokenText
from otn_studio.blocks.lookup import Lookup
from otn_studio.blocks.turn import SetField as SetFieldEffect
from otn_studio.blocks.turn import Step, Turn
from otn_studio.blocks.words import Words

DOES_NOT_FIT: Final = Port("doesnt_fit", Words("Doesn’t fit"), Role.RESCUE)
_FITTING: Final = ("1", "2026-01-01", "2026-01-01T09:30:00Z", "09:30", "yes")
_MISFIT: Final = "?"


class SetField(Block):
    """Notes something about the person, in one of your fields.

    The value may count with what is known: {{ contact.points | plus: 10 }}, or
    {{ today | plus_days: 3 }}. An empty value clears the field. One that the field can’t hold, such
    as a word in a field for numbers, leaves it as it is: the conversation goes on by *Doesn’t fit*, if
    that leads anywhere, else by *Next*.

    >>> str(SetField(field="size", value="42").summary())
    'Set “size” to “42”'
    """

    kind = Kind(
        "set_field",
        title="Set field",
        group=Group.ACTION,
        icon="pencil",
        ports=(NEXT, DOES_NOT_FIT),
    )

    field: Annotated[str, Option("Field", required=True, refers_to="field")] = ""
    value: Annotated[str, Option("Value", limit=VALUE_LIMIT, liquid=True)] = ""

    def step(self, turn: Turn) -> Step:
        value = turn.fitting(self.field, self.value)
        if value is None:
            return turn.rescue(DOES_NOT_FIT.id)
        return turn.go(NEXT.id, SetFieldEffect(self.field, value or None))

    def rescues(self, lookup: Lookup) -> frozenset[str]:
        may_differ = (
            liquid.has_parts(self.value) and lookup.type_of(self.field) is not FieldType.TEXT
        )
        return frozenset({DOES_NOT_FIT.id}) if may_differ else frozenset()

    def effect(self) -> Passes:
        subject, value = field_subject(self.field), folded(self.value)
        is_plain = not liquid.has_parts(self.value) and len(self.value) <= VALUE_LIMIT
        is_known = is_plain and bool(value or not self.value)
        certain = is_known and (not value or is_the_same_for_all_types(self.value))
        fact = Fact(subject, value, True) if certain else None
        if certain:
            return Passes((NEXT.id,), sets=subject, sets_to=fact)
        ports = NEXT.id, DOES_NOT_FIT.id
        return Passes(ports, self._people(), sets=subject, rescue=DOES_NOT_FIT.id)

    def _people(self) -> tuple[Person, ...]:
        """For whom the value fits one type or another, and one for whom it fits none."""
        try:
            keys = liquid.contact_fields(self.value)
        except BrokenText:
            return ()
        return tuple(Person(dict.fromkeys(keys, value)) for value in (*_FITTING, _MISFIT))

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
            "“{value}” can’t be kept in this field. Write {type}.",
            value=value,
            type=TYPE_WORDS[type],
        )
        yield error("value_of_another_type", sentence, "value")
