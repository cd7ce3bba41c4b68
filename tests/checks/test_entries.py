"""The menu and the questions of a Page are for all of its flows together."""

from otn_studio.blocks.block import Start
from otn_studio.blocks.start.ice_breaker import IceBreaker
from otn_studio.blocks.start.menu_entry import MenuEntry
from otn_studio.checks.check import check
from otn_studio.flow.document import Flow
from otn_studio.flow.project import Project
from tests.builders import a_flow, say
from tests.checks.cases import error


def starting(kind: type[Start], count: int, id: str = "shop") -> Flow:
    text = "text" if kind is MenuEntry else "question"
    starts = {f"s{number}": kind(**{text: f"Entry {number}"}) for number in range(count)}
    return a_flow({**starts, "say": say()}, *(f"{start} > say" for start in starts), id=id)


CASES = [
    error("too_many_entries", starting(MenuEntry, 21), starting(MenuEntry, 20), "s20"),
    error("too_many_entries", starting(IceBreaker, 5), starting(IceBreaker, 4), "s0"),
]


def test_the_entries_of_all_flows_are_counted_together():
    flows = starting(IceBreaker, 3), starting(IceBreaker, 2, id="other")
    found = check(Project.of(*flows))
    sentence = "Messenger offers 4 questions at most, and all flows together have 5. Remove some."
    assert [str(finding.words) for finding in found["shop"]] == [sentence] * 3
    assert [finding.block for finding in found["other"]] == ["s0", "s1"]
    assert check(Project.of(starting(IceBreaker, 3), starting(MenuEntry, 2, id="other"))) == {
        "shop": (),
        "other": (),
    }
