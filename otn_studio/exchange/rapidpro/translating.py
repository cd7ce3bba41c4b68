"""RapidPro's expressions as Liquid, as far as Liquid goes."""

import textwrap
from dataclasses import dataclass, field

from otn_studio.blocks.words import Words
from otn_studio.exchange.rapidpro.excellent import Broken, parsed, pieces
from otn_studio.exchange.rapidpro.functions import Untranslatable
from otn_studio.exchange.rapidpro.liquid_writer import Finder, Writer, literal


@dataclass
class Translation:
    """A template in Liquid, and what of it could not be said."""

    text: str
    lost: list[str] = field(default_factory=list)

    def why(self) -> Words | None:
        """What to know of it, if there is anything."""
        if not self.lost:
            return None
        return Words(
            "What {expression} says can’t be said in a text here, so nothing stands in its place.",
            expression=", ".join(f"@({shortened(lost)})" for lost in self.lost),
        )


def translated(template: str, find: Finder) -> Translation:
    """A template of RapidPro as Liquid.

    >>> translated("Hi @fields.nick!", lambda path: "contact.nick").text
    'Hi {{ contact.nick }}!'
    """
    made = Translation("")
    for kind, piece in pieces(template):
        if not kind:
            made.text += literal(piece)
            continue
        try:
            made.text += Writer(find).text(parsed(piece))
        except (Untranslatable, Broken):
            made.lost.append(piece)
    return made


def shortened(expression: str) -> str:
    """An expression on one line, as far as a sentence has room for it."""
    return textwrap.shorten(expression, 60, placeholder=" …")
