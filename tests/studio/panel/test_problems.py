"""Problems stand beside what causes them."""

from otn_studio.blocks.elements.buttons import Button, Buttons
from otn_studio.blocks.message.send_message import SendMessage
from tests.builders import START, a_flow, ask, say, started


def test_a_problem_stands_below_its_field_until_it_is_mended(stage):
    here = stage(started(ask("x" * 66)))
    here.select("it", "elements.0.title")
    here.wait(lambda: here.said_beside("elements.0.title"))
    assert here.said_beside("elements.0.title") == [
        "“Opt-in message” has 66 characters; Messenger takes 65. Shorten it by 1."
    ]
    assert here.find("elements.0.title").property("problem") is True
    assert here.said_beside("elements.0.topic") == []
    here.focus.selectAll()
    here.type("Short")
    here.wait(lambda: not here.said_beside("elements.0.title"))
    assert here.find("elements.0.title").property("problem") is False


def test_problems_without_a_field_stand_at_the_top(stage):
    here = stage(a_flow({"start": START, "it": say()}))
    here.select()
    sentence = "Nothing leads to this block. Connect it, or remove it."
    here.wait(lambda: here.panel.view.problems == [sentence])


def test_a_card_shows_that_something_is_wrong_inside(stage):
    here = stage(started(SendMessage(elements=(*say("").elements, *ask().elements))))
    here.select()
    here.wait(lambda: here.said_beside("elements.0"))
    assert here.said_beside("elements.0") == ["“Text” is empty. Fill it in."]
    assert here.said_beside("elements.1") == [
        "“Notify Me tapped” leads nowhere. Connect it to what follows."
    ]


def test_an_open_element_shows_its_own_only(stage):
    here = stage(started(SendMessage(elements=(*say("").elements, *ask().elements))))
    here.select("it", "elements.1")
    here.wait(lambda: here.panel.view.problems)
    assert here.panel.view.problems == [
        "“Notify Me tapped” leads nowhere. Connect it to what follows."
    ]


def test_a_problem_finds_its_field_among_several_parts(stage):
    buttons = (Button(id="a", title="A", url="shop"), Button(id="b", title=""))
    element = Buttons(id="ask", text="Hi", buttons=buttons)
    here = stage(started(SendMessage(elements=(element,))))
    here.select("it", "elements.0")
    here.wait(lambda: here.said_beside("elements.0.buttons.0.url"))
    assert "“shop” is not an address" in here.said_beside("elements.0.buttons.0.url")[0]
    assert here.said_beside("elements.0.buttons.1.title") == ["“Title” is empty. Fill it in."]
    assert here.find("elements.0.buttons.0.url").property("problem") is True


def test_problems_of_the_whole_flow_stand_with_the_flow(stage):
    here = stage(a_flow({"it": say()}))
    sentence = "Nothing starts this flow. Add a start, such as “Someone writes”."
    here.wait(lambda: here.panel.view.problems == [sentence])
