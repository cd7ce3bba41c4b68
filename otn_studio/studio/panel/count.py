"""How long a text is, as people see it beside its field."""

from collections.abc import Sized
from dataclasses import dataclass

from otn_studio.blocks import liquid
from otn_studio.blocks.block import Option
from otn_studio.blocks.liquid import BrokenText
from otn_studio.studio.words import _
from otn_studio.studio.written import number


@dataclass(frozen=True, slots=True)
class Count:
    """Code points against a limit. ``open``: people's own values make it longer."""

    number: int
    limit: int
    open: bool = False

    @classmethod
    def of(cls, value: Sized, option: Option) -> "Count":
        """
        >>> Count.of("Hi 😀", Option("Text", limit=65, liquid=True)).shown()
        '4 / 65'
        >>> Count.of("Hi {{ contact.first_name }}", Option("Text", limit=65, liquid=True)).shown()
        '3+ / 65'
        >>> Count.of("Hi", Option("Text", limit=2000)).shown()
        '2 / 2,000'
        """
        limit = option.limit or 0
        if not option.liquid:
            return cls(len(value), limit)
        try:
            length = liquid.length(str(value))
        except BrokenText:
            return cls(len(value), limit)
        return cls(length.least, limit, open=length.most != length.least)

    @property
    def is_over(self) -> bool:
        return self.number > self.limit

    def shown(self) -> str:
        if self.open:
            return _("{count}+ / {limit}", count=number(self.number), limit=number(self.limit))
        return _("{count} / {limit}", count=number(self.number), limit=number(self.limit))
