"""Every repair makes its finding go away, and can be undone."""

import pytest

from otn_studio.blocks.actions.set_field import SetField
from otn_studio.blocks.actions.set_page_value import SetPageValue
from otn_studio.blocks.elements.buttons import Button, Buttons
from otn_studio.blocks.elements.otn_request import OtnRequest
from otn_studio.blocks.elements.quick_replies import QuickReplies, QuickReply
from otn_studio.blocks.elements.text import Text
from otn_studio.blocks.finding import Finding
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.blocks.start.keyword import Keyword
from otn_studio.blocks.start.me_link import MeLink
from otn_studio.checks.check import check
from otn_studio.flow.document import Flow
from otn_studio.flow.project import Project
from otn_studio.studio.document.document import Document
from otn_studio.studio.problems.repairs import repair
from tests.builders import START, a_flow, ask, say, started

FACE = "👨‍👩‍👧‍👦"


def found(flow: Flow, code: str) -> list[Finding]:
    return [finding for finding in check(Project.of(flow))[flow.id] if finding.code == code]


def sending(*elements) -> SendMessage:
    return SendMessage(elements=elements)


def replies(count: int = 1, id: str = "answers") -> QuickReplies:
    answers = tuple(QuickReply(id=f"r{n}", title=f"Size {n}") for n in range(count))
    return QuickReplies(id=id, text="Which size?", replies=answers)


def buttons(count: int) -> Buttons:
    choices = tuple(Button(id=f"b{n}", title=f"Size {n}") for n in range(count))
    return Buttons(id="choice", text="Which size?", buttons=choices)


BROKEN = {
    "unreachable": (
        a_flow({"start": START, "it": say(), "lost": say()}, "start > it", "lost > it"),
        "Remove block",
    ),
    "too_long": (started(ask("Get told when they are back " * 3)), "Shorten"),
    "quick_replies_not_last": (
        started(sending(replies(), Text(id="more", text="And more"))),
        "Put them last",
    ),
    "empty_keyword": (
        a_flow({"start": Keyword(keywords=("hello", " ", "hi")), "it": say()}, "start > it"),
        "Remove",
    ),
    "too_many_buttons": (
        a_flow(
            {"start": START, "it": sending(buttons(5)), "end": say()},
            "start > it",
            "it.choice.b0 > end",
            "it.choice.b4 > end",
        ),
        "Remove the last 2",
    ),
    "too_many_quick_replies": (started(sending(replies(14))), "Remove the last one"),
    "wrong_channel": (started(ask(), channel="instagram"), "Make it a Messenger flow"),
    "unknown_field": (
        started(say("Your {{ contact.shoe_size }} is here")),
        "Create the field",
    ),
    "missing_field": (started(SetField(field="shoe_size", value="42")), "Create the field"),
    "unknown_page_field": (started(say("{{ page.left }} left")), "Create the value of the Page"),
    "missing_page_field": (
        started(SetPageValue(field="left", value="1")),
        "Create the value of the Page",
    ),
}


@pytest.mark.parametrize("code", BROKEN)
def test_a_repair_makes_its_finding_go_away_and_can_be_undone(code):
    flow, words = BROKEN[code]
    (finding,) = found(flow, code)
    document = Document(flow)
    made = repair(finding, flow)
    assert str(made.words) == words

    document.do(made.change, made.words)
    assert not found(document.flow, code)
    assert str(document.undo_words()) == words
    document.undo()
    assert document.flow == flow


def test_shortening_keeps_as_much_as_fits():
    flow = started(ask("x" * 70))
    (finding,) = found(flow, "too_long")
    mended, _ = repair(finding, flow).change.apply(flow)
    assert mended.blocks["it"].elements[0].title == "x" * 65


def test_shortening_leaves_no_half_emoji():
    flow = started(ask("x" * 62 + FACE))
    (finding,) = found(flow, "too_long")
    mended, _ = repair(finding, flow).change.apply(flow)
    assert mended.blocks["it"].elements[0].title == "x" * 62


def test_a_text_with_parts_to_fill_in_is_not_cut():
    flow = started(ask("x" * 66 + " {{ contact.size }}"))
    (finding,) = found(flow, "too_long")
    assert repair(finding, flow) is None


def test_an_address_is_not_cut():
    flow = a_flow({"start": MeLink(ref="r" * 2_100), "it": say()}, "start > it")
    (finding,) = found(flow, "too_long")
    assert repair(finding, flow) is None


def test_buttons_that_go_take_their_connections_along_and_the_others_stay():
    flow, _ = BROKEN["too_many_buttons"]
    (finding,) = found(flow, "too_many_buttons")
    mended, _ = repair(finding, flow).change.apply(flow)
    assert mended.connections["it"] == {"choice.b0": "end"}


def test_two_rows_of_quick_replies_are_the_persons_own_choice():
    flow = started(sending(replies(id="one"), replies(id="two")))
    (finding,) = found(flow, "quick_replies_not_last")
    assert repair(finding, flow) is None


def test_the_only_keyword_is_not_removed():
    flow = a_flow({"start": Keyword(keywords=("",)), "it": say()}, "start > it")
    (finding,) = found(flow, "empty_keyword")
    assert repair(finding, flow) is None


def test_a_field_that_no_file_could_name_is_not_created():
    flow = started(say("{{ contact.Größe }}"))
    (finding,) = found(flow, "unknown_field")
    assert repair(finding, flow) is None


def test_a_created_field_is_called_like_its_key():
    flow, _ = BROKEN["unknown_field"]
    (finding,) = found(flow, "unknown_field")
    mended, _ = repair(finding, flow).change.apply(flow)
    assert mended.fields["shoe_size"].name == "Shoe size"


@pytest.mark.parametrize(
    ("code", "flow"),
    [
        ("no_start", a_flow({"it": say()})),
        ("open_start", a_flow({"start": START})),
        ("open_way", started(ask())),
        ("missing_topic", started(ask(topic="hats"))),
        ("endless_loop", a_flow({"start": START, "it": say()}, "start > it", "it > it")),
        ("empty", started(sending(OtnRequest(id="card", topic="shoes")))),
    ],
)
def test_what_only_the_person_can_decide_has_no_repair(code, flow):
    assert repair(found(flow, code)[0], flow) is None


@pytest.mark.parametrize("code", sorted(BROKEN.keys() - {"wrong_channel"}))
def test_a_finding_of_a_block_that_is_gone_has_no_repair(code):
    flow, _ = BROKEN[code]
    (finding,) = found(flow, code)
    assert repair(finding, a_flow({"start": START})) is None


@pytest.mark.parametrize("code", sorted(BROKEN.keys() - {"wrong_channel", "unreachable"}))
def test_a_finding_that_is_no_longer_true_has_no_repair(code):
    flow, _ = BROKEN[code]
    (finding,) = found(flow, code)
    other = a_flow(dict.fromkeys(flow.blocks, START), fields=("shoe_size", "left"))
    assert repair(finding, other) is None
