"""What the commands say of a flow's way from or to another program."""

from collections.abc import Iterable

from otn_studio.blocks.words import Words
from otn_studio.cli.words import say
from otn_studio.exchange.report import FATE_WORDS, Fate, Item, counted


def say_items(items: Iterable[Item]) -> None:
    """A line for each that is not quite what it was, and how many there are of each fate."""
    items = tuple(items)
    for item in items:
        if item.fate in (Fate.CHANGED, Fate.LOST):
            say(
                "  {fate}: {kind} “{name}” ({where}): {why}",
                fate=FATE_WORDS[item.fate],
                kind=item.kind,
                name=item.name,
                where=item.where,
                why=item.why or Words(""),
            )
    if items:
        count = counted(items)
        say(
            "{created} created, {matched} matched, {changed} changed, {lost} lost.",
            created=count[Fate.CREATED],
            matched=count[Fate.MATCHED],
            changed=count[Fate.CHANGED],
            lost=count[Fate.LOST],
        )
