from dataclasses import replace

import pytest

from otn_studio.blocks.actions.set_field import SetField
from otn_studio.blocks.block import Block
from otn_studio.blocks.elements.buttons import Button, Buttons
from otn_studio.blocks.elements.otn_request import OtnRequest
from otn_studio.blocks.elements.picture import Picture
from otn_studio.blocks.elements.quick_replies import QuickReplies, QuickReply
from otn_studio.blocks.elements.text import Text
from otn_studio.blocks.field import Field
from otn_studio.blocks.liquid import VALUE_LIMIT
from otn_studio.blocks.logic.condition import Condition, FieldTest, TagTest
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.blocks.start.announced import Announced
from otn_studio.blocks.start.keyword import Keyword
from otn_studio.blocks.start.me_link import MeLink
from otn_studio.flow.document import Flow, Topic
from otn_studio.policy import limits
from tests.builders import START, a_flow, ask, say, started
from tests.checks.cases import error, found, warning


def sent(element: object, **more: object) -> Flow:
    return started(SendMessage(elements=(element,), **more))


def buttons(title: str = "Yes", text: str = "Well?", url: str = "") -> Flow:
    return sent(Buttons(id="e", text=text, buttons=(Button(id="b", title=title, url=url),)))


def replies(title: str = "Yes", text: str = "Well?") -> Flow:
    return sent(QuickReplies(id="e", text=text, replies=(QuickReply(id="r", title=title),)))


def field_test(field: str = "size", value: str = "42") -> Flow:
    return started(Condition(tests=(FieldTest(field=field, value=value),)))


def starting(start: Block) -> Flow:
    return a_flow({"it": start, "say": say()}, "it > say")


def topics(*names: str) -> Flow:
    named = {f"t{number}": Topic(name) for number, name in enumerate(names)}
    return replace(started(say()), topics=named)


ELEMENT = "elements.0."
CASES = [
    # topics
    error("topic_without_name", topics("Shoes", " \n"), topics("Shoes", "Bread")),
    error("topic_name_too_long", topics("👟" * 66), topics("👟" * 65)),
    error("topic_name_too_long", topics("x" * 66), topics(f" {'x' * 65} ")),
    error("topic_name_twice", topics("Shoes", "Bread", "SHOES "), topics("Shoes", "Bread")),
    error("topic_name_twice", topics("Straße", "STRASSE"), topics("Straße", "Strase")),
    # references
    error("missing_topic", started(ask(topic="gone")), started(ask()), "it", ELEMENT + "topic"),
    error(
        "missing_topic", starting(Announced(topic="gone")), starting(Announced(topic="shoes")),
        "it", "topic",
    ),
    error(
        "missing_topic",
        sent(Text(id="e", text="x"), by_topic="gone"),
        sent(Text(id="e", text="x"), by_topic="shoes"),
        "it", "by_topic",
    ),
    error(
        "missing_field", started(SetField(field="gone")), started(SetField(field="size")),
        "it", "field",
    ),
    error("missing_field", field_test("gone"), field_test("first_name"), "it", "tests.0.field"),
    # required
    error("empty", started(say("")), started(say("x")), "it", ELEMENT + "text"),
    error("empty", started(say(" \n")), started(say("{{ contact.size }}")), "it", ELEMENT + "text"),
    error("empty", started(SendMessage()), started(say()), "it", "elements"),
    error("empty", starting(Keyword()), starting(START), "it", "keywords"),
    error("empty", starting(MeLink()), starting(MeLink(ref="x")), "it", "ref"),
    error(
        "empty", starting(Announced()), starting(Announced(topic="shoes")), "it", "topic",
    ),
    error("empty", started(ask("")), started(ask("x")), "it", ELEMENT + "title"),
    error("empty", started(ask(topic="")), started(ask()), "it", ELEMENT + "topic"),
    error("empty", sent(Picture(id="e")), sent(Picture(id="e", url="https://e.org")),
          "it", ELEMENT + "url"),
    error("empty", buttons(text=""), buttons(), "it", ELEMENT + "text"),
    error("empty", buttons(title=""), buttons(), "it", ELEMENT + "buttons.0.title"),
    error("empty", sent(Buttons(id="e", text="x")), buttons(), "it", ELEMENT + "buttons"),
    error("empty", replies(text=""), replies(), "it", ELEMENT + "text"),
    error("empty", replies(title=""), replies(), "it", ELEMENT + "replies.0.title"),
    error("empty", sent(QuickReplies(id="e", text="x")), replies(), "it", ELEMENT + "replies"),
    error("empty", started(Condition()), field_test(), "it", "tests"),
    error("empty", field_test(field=""), field_test(), "it", "tests.0.field"),
    error(
        "empty", started(Condition(tests=(TagTest(),))),
        started(Condition(tests=(TagTest(tag="vip"),))), "it", "tests.0.tag",
    ),
    error("empty", started(SetField(value="x")), started(SetField(field="size")), "it", "field"),
    # texts
    error("broken_text", started(say("{{ contact.size")), started(say("{{ contact.size | "
          "truncate: 9 }}")), "it", ELEMENT + "text"),
    error("broken_text", started(say("{{ 1 | dance }}")), started(say("{{ 1 | plus: 1 }}")),
          "it", ELEMENT + "text"),
    error("broken_text", buttons(title="{%"), buttons(title="%}"),
          "it", ELEMENT + "buttons.0.title"),
    warning("unknown_name", started(say("{{ size }}")), started(say("{{ contact.size }}")),
            "it", ELEMENT + "text"),
    warning("unknown_field", started(say("{{ contact.gone }}")), started(say("{{ contact.size }}")),
            "it", ELEMENT + "text"),
    warning("may_be_too_long", started(say("{{ contact.size | append: 'x' }}")),
            started(say("{{ contact.size }}{{ contact.size }}")), "it", ELEMENT + "text"),
    warning("may_be_too_long", started(say("!{{ contact.size }}{{ contact.size }}")),
            started(say("{{ contact.size }}{{ contact.first_name }}")), "it", ELEMENT + "text"),
    warning("may_be_too_long", started(ask("{{ contact.size }}")),
            started(ask("{{ contact.size | truncate: 65 }}")), "it", ELEMENT + "title"),
]  # fmt: skip

LIMITED = [
    ("elements.0.text", limits.TEXT, lambda text: started(say(text))),
    ("elements.0.title", limits.OPT_IN_TITLE, lambda text: started(ask(text))),
    ("elements.0.text", limits.BUTTON_TEXT, lambda text: buttons(text=text)),
    ("elements.0.buttons.0.title", limits.BUTTON_TITLE, lambda text: buttons(title=text)),
    ("elements.0.buttons.0.url", limits.BUTTON_URL, lambda text: buttons(url=text)),
    ("elements.0.text", limits.TEXT, lambda text: replies(text=text)),
    ("elements.0.replies.0.title", limits.QUICK_REPLY_TITLE, lambda text: replies(title=text)),
    ("elements.0.url", limits.BUTTON_URL, lambda text: sent(Picture(id="e", url=text))),
    ("value", VALUE_LIMIT, lambda text: started(SetField(field="size", value=text))),
    ("tests.0.value", VALUE_LIMIT, lambda text: field_test(value=text)),
    ("ref", limits.LINK_REF, lambda text: starting(MeLink(ref=text))),
]


@pytest.mark.parametrize(
    ("field", "limit", "make"), LIMITED, ids=[f"{field}-{limit}" for field, limit, _ in LIMITED]
)
@pytest.mark.parametrize("letter", ["x", "👟", "é"])
def test_a_text_may_have_as_many_code_points_as_the_limit_says_and_not_one_more(
    field, limit, make, letter
):
    [finding] = found(make(letter * (limit + 1)), "too_long")
    assert (finding.block, finding.field, finding.severity) == ("it", field, "error")
    assert f"has {limit + 1} characters; Messenger takes {limit}. Shorten it by 1." in str(
        finding.words
    )
    assert found(make(letter * limit), "too_long") == []


@pytest.mark.parametrize(
    ("field", "make"),
    [
        ("elements.0.text", lambda text: started(say(text))),
        ("elements.0.title", lambda text: started(ask(text))),
        ("elements.0.text", lambda text: buttons(text=text)),
        ("elements.0.buttons.0.title", lambda text: buttons(title=text)),
        ("elements.0.text", lambda text: replies(text=text)),
        ("elements.0.replies.0.title", lambda text: replies(title=text)),
        ("value", lambda text: started(SetField(field="size", value=text))),
    ],
)
def test_every_text_that_a_person_sees_is_liquid(field, make):
    assert [finding.field for finding in found(make("{{"), "broken_text")] == [field]


def test_the_table_of_limits_above_has_every_option_with_one():
    options = [
        option
        for type in (
            *(SetField, MeLink, FieldTest, Text, OtnRequest, Picture),
            *(Buttons, Button, QuickReplies, QuickReply),
        )
        for option in type.options().values()
        if option.limit
    ]
    assert sorted(option.limit for option in options) == sorted(limit for _, limit, _ in LIMITED)


def test_what_is_certain_is_an_error_and_what_may_be_a_warning():
    values = "{{ contact.size | truncate: 9 }}"
    codes = [
        [f.code for f in found(started(say("x" * count + values)))]
        for count in (1_991, 1_992, 2_001)
    ]
    assert codes == [[], ["may_be_too_long"], ["too_long"]]


def test_each_unknown_name_is_named():
    flow = started(say("{{ b }}{{ a }}{{ contact.d }}{{ contact.c }}{{ contact.first_name }}"))
    assert [str(finding.words) for finding in found(flow) if "known" in finding.code] == [
        "“a” will always be empty. Did you mean {{ contact.a }}?",
        "“b” will always be empty. Did you mean {{ contact.b }}?",
        "There is no field “c”, so this will always be empty.",
        "There is no field “d”, so this will always be empty.",
    ]


def test_both_of_two_topics_with_one_name_are_named():
    assert [str(finding.words) for finding in found(topics("Shoes", "shoes"))] == [
        "Two topics are called “Shoes”. Rename one of them.",
        "Two topics are called “shoes”. Rename one of them.",
    ]


def test_a_broken_text_is_explained():
    [finding] = found(started(say("{{ contact.size | dance }}")))
    assert str(finding.words) == "The part in {{ }} can’t be read: unknown filter 'dance'."


def test_the_time_is_no_field_of_the_contact():
    assert [f.code for f in found(started(say("{{ now }} {{ contact.now }}!")))] == [
        "unknown_field"
    ]


def test_a_value_of_the_page_is_no_field_of_the_contact():
    fields = {"size": Field("Size"), "stock": Field("Stock", of_page=True)}
    text = "{{ page.stock | truncate: 9 }}{{ contact.stock }}{{ page.size | truncate: 9 }}"
    flow = replace(started(say(text)), fields=fields)
    assert [str(f.words) for f in found(flow)] == [
        "There is no field “stock”, so this will always be empty.",
        "The Page has no value “size”, so this will always be empty.",
    ]
