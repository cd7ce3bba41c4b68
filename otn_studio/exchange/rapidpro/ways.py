"""What the ways out of a split have in common."""

from typing import Final

from otn_studio.blocks.duration import Duration
from otn_studio.blocks.logic.end_flow import EndFlow
from otn_studio.blocks.testing_fields import FieldTest
from otn_studio.exchange.drawing import Label
from otn_studio.exchange.rapidpro.cases import Tests
from otn_studio.exchange.rapidpro.sheet import Sheet
from otn_studio.exchange.source import Part

EXPIRED: Final = "expired"
LONGEST_WAIT: Final = 366 * 24 * 60
"""Minutes that a person is waited for at most."""


def together(found: list[Tests]) -> list[tuple[str, tuple[FieldTest, ...]]]:
    """Tests that lead the same way in as few conditions as they fit in."""
    made: list[tuple[str, tuple[FieldTest, ...]]] = []
    for tests in found:
        is_all = tests.all and len(tests.tests) > 1
        if made and not is_all and made[-1][0] == "any":
            made[-1] = ("any", tuple(dict.fromkeys((*made[-1][1], *tests.tests))))
        else:
            made.append(("all" if is_all else "any", tests.tests))
    return made


def time_of(timeout: Part, minutes: int) -> Duration:
    seconds = timeout.number("seconds")
    minutes = -(-seconds // 60) if seconds else minutes
    minutes = min(max(minutes, 1), LONGEST_WAIT)
    for unit, length in (("day", 1440), ("hour", 60)):
        if minutes % length == 0:
            return Duration(minutes // length, unit)
    return Duration(minutes, "minute")


def expired(sheet: Sheet) -> Label:
    """Where a run ends in which nobody answers."""
    label = ("end", EXPIRED)
    if not sheet.drawing.is_known(label):
        sheet.drawing.place(label, sheet.drawing.add(EndFlow(result=EXPIRED)))
    return label


def part_id(uuid: str) -> str:
    return "".join(c for c in uuid.lower() if c.isascii() and c.isalnum())[:40] or "x"


def asks_for_category(router: Part) -> bool:
    """Whether it looks at a whole result, of which the tests want the category."""
    is_whole = router.text("operand").lower().startswith("@results.")
    tests = {case.text("type") for case in router.parts("cases")}
    return is_whole and "has_category" in tests and router.text("operand").count(".") == 1
