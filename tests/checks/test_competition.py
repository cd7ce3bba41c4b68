import pytest

from otn_studio.blocks.block import Block
from otn_studio.blocks.start.announced import Announced
from otn_studio.blocks.start.default_reply import DefaultReply
from otn_studio.blocks.start.get_started import GetStarted
from otn_studio.blocks.start.keyword import Keyword
from otn_studio.blocks.start.me_link import MeLink
from otn_studio.checks.check import check
from otn_studio.flow.document import Flow
from otn_studio.flow.project import Project
from tests.builders import a_flow, say
from tests.checks.cases import found, warning


def starting(*starts: Block, id: str = "shop") -> Flow:
    names = [f"s{number}" for number in range(len(starts))]
    blocks = {**dict(zip(names, starts, strict=True)), "say": say()}
    return a_flow(blocks, *(f"{name} > say" for name in names), id=id)


HELLO = Keyword(keywords=("hello", "hi"))
WITH_STOCK = Keyword(match="contains", keywords=("stock",))
STOCK_FIRST = Keyword(match="starts_with", keywords=("stock",))
CASES = [
    warning(
        "same_start",
        starting(HELLO, Keyword(keywords=("bye", " HELLO"))),
        starting(HELLO, Keyword(keywords=("bye", "hell"))),
        "s1",
    ),
    warning("same_start", starting(GetStarted(), GetStarted()), starting(GetStarted()), "s0"),
    warning(
        "same_start",
        starting(MeLink(ref="poster"), MeLink(ref="poster")),
        starting(MeLink(ref="poster"), MeLink(ref="Poster"), MeLink(), MeLink()),
        "s1",
    ),
]


@pytest.mark.parametrize(
    ("one", "other", "competes"),
    [
        (HELLO, Keyword(keywords=("HI",)), True),
        (HELLO, Keyword(keywords=("bye",)), False),
        (WITH_STOCK, Keyword(keywords=("back in stock",)), True),
        (WITH_STOCK, Keyword(keywords=("restock",)), False),
        (WITH_STOCK, Keyword(match="contains", keywords=("in stock",)), True),
        (WITH_STOCK, Keyword(match="contains", keywords=("size",)), False),
        (WITH_STOCK, Keyword(match="contains", keywords=("Stock",)), True),
        (WITH_STOCK, Keyword(match="starts_with", keywords=("stock level",)), True),
        (STOCK_FIRST, Keyword(match="starts_with", keywords=("stock level",)), True),
        (STOCK_FIRST, Keyword(keywords=("in stock",)), False),
        (STOCK_FIRST, Keyword(keywords=("stock",)), True),
        (GetStarted(), GetStarted(), True),
        (DefaultReply(), DefaultReply(), True),
        (MeLink(ref="poster"), MeLink(ref="poster"), True),
        (MeLink(ref="hello"), HELLO, False),
        (GetStarted(), DefaultReply(), False),
        (Announced(topic="shoes"), Announced(topic="shoes"), False),
        (Keyword(keywords=("",)), Keyword(keywords=(" ",)), False),
    ],
)
def test_starts_of_two_flows_compete_where_both_answer_the_same(one, other, competes):
    findings = check(Project.of(starting(one), starting(other, id="other")))
    for id in ("shop", "other"):
        codes = [(f.code, f.block) for f in findings[id] if f.code == "same_start"]
        assert codes == ([("same_start", "s0")] if competes else [])


def test_each_flow_is_told_of_the_other():
    findings = check(Project.of(starting(HELLO), starting(Keyword(keywords=("Hi",)), id="other")))
    assert [str(finding.words) for finding in (*findings["shop"], *findings["other"])] == [
        "“hi” starts the flow “Other” too. Only one of them will run.",
        "“hi” starts the flow “Shop” too. Only one of them will run.",
    ]


def test_two_that_match_otherwise_are_told_what_both_catch():
    rival = Keyword(keywords=("out of stock", "back in stock", "bye"))
    findings = check(Project.of(starting(WITH_STOCK), starting(rival, id="other")))
    assert [str(finding.words) for finding in (*findings["shop"], *findings["other"])] == [
        "“back in stock” starts the flow “Other” too. Only one of them will run.",
        "“back in stock” starts the flow “Shop” too. Only one of them will run.",
    ]


def test_a_start_that_is_no_word_is_named_by_its_flow():
    findings = check(Project.of(starting(GetStarted()), starting(GetStarted(), id="other")))
    [finding] = findings["shop"]
    assert str(finding.words) == (
        "The flow “Other” starts with the same. Only one of them will run."
    )


def test_a_keyword_that_stands_twice_in_one_start_competes_with_nothing():
    flow = starting(Keyword(keywords=("hello", "Hello ")))
    assert check(Project.of(flow)) == {"shop": ()}


def test_an_announcement_names_its_flow_so_only_two_starts_of_one_flow_compete():
    announced = {"a": Announced(topic="shoes"), "b": Announced(topic="shoes"), "say": say()}
    both = a_flow(announced, "a > say", "b > say")
    assert [f.block for f in found(both, "same_start")] == ["a", "b"]
    one = {"a": Announced(topic="shoes"), "say": say()}
    apart = Project.of(a_flow(one, "a > say", id="one"), a_flow(one, "a > say", id="two"))
    assert not any(f.code == "same_start" for of_flow in check(apart).values() for f in of_flow)
