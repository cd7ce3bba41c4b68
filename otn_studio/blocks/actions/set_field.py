from typing import Annotated

from otn_studio.blocks.block import Block, Group, Kind, Option
from otn_studio.blocks.effect import Fact, Passes, field_subject
from otn_studio.blocks.liquid import VALUE_LIMIT, has_parts
from otn_studio.blocks.start.keyword import folded
from otn_studio.blocks.turn import SetField as SetFieldEffect
from otn_studio.blocks.turn import Step, Turn
from otn_studio.blocks.words import Words


class SetField(Block):
    """Notes something about the person, in one of your fields.

    An empty value clears the field.

    >>> str(SetField(field="size", value="42").summary())
    'Set “size” to “42”'
    """

    kind = Kind("set_field", title="Set field", group=Group.ACTION, icon="pencil")

    field: Annotated[str, Option("Field", required=True, refers_to="field")] = ""
    value: Annotated[str, Option("Value", limit=VALUE_LIMIT, liquid=True)] = ""

    def step(self, turn: Turn) -> Step:
        value = turn.render(self.value, VALUE_LIMIT)
        return turn.go("next", SetFieldEffect(self.field, value or None))

    def effect(self) -> Passes:
        subject, value = field_subject(self.field), folded(self.value)
        is_plain = not has_parts(self.value) and len(self.value) <= VALUE_LIMIT
        is_known = is_plain and bool(value or not self.value)
        fact = Fact(subject, value, True) if is_known else None
        return Passes(("next",), sets=subject, sets_to=fact)

    def summary(self) -> Words:
        if not self.value:
            return Words("Clear “{field}”", field=self.field)
        return Words("Set “{field}” to “{value}”", field=self.field, value=self.value)
