"""What an input of Typebot asks more of an answer than a question of ours."""

from collections.abc import Iterator
from typing import Final

from otn_studio.blocks.words import Words
from otn_studio.exchange.typebot.bot import Block

BOUNDS: Final = ("min", "max", "step")
_BY_TYPE: Final = {
    "number input": Words("Any number is taken, whatever its bounds were."),
    "date input": Words("Any day is taken, whatever its bounds were."),
}
_WHERE_SET: Final = {
    ("date input", "hasTime"): Words("It asks for the day only, without a time."),
    ("date input", "isRange"): Words("It asks for one day, not for the first and the last."),
    ("file input", "isMultipleAllowed"): Words("It takes one file, not several."),
}
_NOT_A_NUMBER: Final = Words("Its first number was filled in; write the answers here.")
_MAY_SKIP: Final = Words(
    "It could be skipped there; here somebody who sends no file is asked again."
)


def narrowed(block: Block) -> Iterator[Words]:
    """A sentence for each."""
    options = block.options
    if block.type in _BY_TYPE and any(options.get(bound) not in (None, "") for bound in BOUNDS):
        yield _BY_TYPE[block.type]
    for (type, option), said in _WHERE_SET.items():
        if block.type == type and options.get(option) is True:
            yield said
    if block.type == "rating input" and isinstance(options.get("startsAt"), str):
        yield _NOT_A_NUMBER
    if block.type == "file input" and options.get("isRequired") is False:
        yield _MAY_SKIP
