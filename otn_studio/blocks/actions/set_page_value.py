from collections.abc import Iterator
from typing import Annotated

from otn_studio.blocks.actions.set_field import misfits
from otn_studio.blocks.block import Block, Group, Kind, Option
from otn_studio.blocks.effect import Passes, field_subject
from otn_studio.blocks.finding import Finding
from otn_studio.blocks.liquid import VALUE_LIMIT
from otn_studio.blocks.lookup import Lookup
from otn_studio.blocks.turn import SetPageValue as SetPageValueEffect
from otn_studio.blocks.turn import Step, Turn
from otn_studio.blocks.words import Words


class SetPageValue(Block):
    """Notes something that holds for everybody, such as how many are left.

    Texts ask for it as {{ page.left }}, and may count with it: {{ page.left | minus: 1 }}. An empty
    value clears it.

    >>> str(SetPageValue(field="left", value="12").summary())
    'Set “left” to “12” for everybody'
    """

    kind = Kind("set_page_value", title="Set Page value", group=Group.ACTION, icon="store")

    field: Annotated[str, Option("Value of the Page", required=True, refers_to="page_field")] = ""
    value: Annotated[str, Option("Value", limit=VALUE_LIMIT, liquid=True)] = ""

    def step(self, turn: Turn) -> Step:
        value = turn.fitting(self.field, self.value)
        effects = [] if value is None else [SetPageValueEffect(self.field, value or None)]
        return turn.go("next", *effects)

    def effect(self) -> Passes:
        return Passes(("next",), sets=field_subject(self.field))

    def summary(self) -> Words:
        if not self.value:
            return Words("Clear “{field}” for everybody", field=self.field)
        return Words("Set “{field}” to “{value}” for everybody", field=self.field, value=self.value)

    def findings(self, lookup: Lookup) -> Iterator[Finding]:
        return misfits(self.field, self.value, lookup)
