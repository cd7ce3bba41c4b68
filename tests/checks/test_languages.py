"""What the checks say of a flow in several languages."""

from dataclasses import replace

import pytest

from otn_studio.blocks.elements.buttons import Button, Buttons
from otn_studio.blocks.elements.text import Text
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.checks.check import check
from otn_studio.flow.document import Flow
from otn_studio.flow.project import Project
from tests.builders import started
from tests.checks.cases import Case, found, warning
from tests.checks.cases import error as wrong

ASK = SendMessage(
    elements=(
        Text(id="hi", text="Hi {{ contact.first_name }}!"),
        Buttons(id="ask", text="Size?", buttons=(Button(id="s", title="42", url="https://x.de"),)),
    )
)
ALL = {"hi.text": "Hallo!", "ask.text": "Größe?", "ask.s.title": "42"}


def spoken(texts: dict[str, str], own: str = "en") -> Flow:
    return replace(started(ASK), language=own, translations={"de": {"it": texts} if texts else {}})


CASES: list[Case] = [
    warning("no_language", spoken(ALL, own=""), spoken(ALL)),
    warning("not_translated", spoken({}), spoken(ALL), "it"),
    warning(
        "not_translated",
        spoken({"hi.text": "Hallo!", "ask.s.title": "42", "ask.text": ""}),
        spoken(ALL),
        "it",
    ),
    warning("left_over_translation", spoken({**ALL, "gone.text": "x"}), spoken(ALL), "it"),
]
WRONG = [
    wrong(
        "too_long",
        spoken({**ALL, "ask.s.title": "x" * 21}),
        spoken({**ALL, "ask.s.title": "x" * 20}),
        "it",
        "elements.1.buttons.0.title",
    ),
    wrong("broken_text", spoken({**ALL, "hi.text": "{{"}), spoken(ALL), "it", "elements.0.text"),
    warning(
        "unknown_field",
        spoken({**ALL, "hi.text": "{{ contact.gone }}"}),
        spoken({**ALL, "hi.text": "{{ contact.size }}"}),
        "it",
        "elements.0.text",
    ),
]


@pytest.mark.parametrize("case", WRONG, ids=lambda case: case.code)
def test_limits_and_liquid_count_in_every_language(case):
    [finding] = found(case.wrong, case.code)
    assert (finding.block, finding.field, finding.language) == (case.block, case.field, "de")
    assert found(case.right, case.code) == []


def test_a_sentence_names_the_language_and_says_how_many_are_missing():
    sentences = [str(f.words) for f in found(spoken({"hi.text": "Hallo!"}))]
    assert sentences == ["Deutsch: 2 texts of this block are not translated yet."]
    sentences = [str(f.words) for f in found(spoken({**ALL, "ask.s.title": "x" * 21}))]
    assert sentences == ["Deutsch: “Title” has 21 characters; Messenger takes 20. Shorten it by 1."]


def test_what_is_wrong_in_the_original_is_said_once():
    flow = spoken(ALL)
    long = ASK.model_copy(update={"elements": (Text(id="hi", text="x" * 2_001),)})
    flow = replace(
        flow,
        blocks={**flow.blocks, "it": long},
        translations={"de": {"it": {"hi.text": "x" * 2_001}}, "fr": {"it": {"hi.text": "x"}}},
    )
    assert [f.language for f in found(flow, "too_long")] == [""]


def test_a_flow_in_one_language_need_not_say_which():
    assert check(Project.of(started(ASK)))["shop"] == ()
