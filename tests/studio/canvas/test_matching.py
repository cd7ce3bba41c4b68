"""Between flows, topics and fields that are called the same are the same."""

from otn_studio.flow.document import Field, Flow, Topic
from otn_studio.policy.calendar import Frequency
from otn_studio.studio.canvas import clipping
from otn_studio.studio.canvas.geometry import Point
from tests.builders import a_flow, ask, say

FROM = a_flow(
    {"ask": ask(), "say": say("Size {{ contact.size }}, not contact.size")},
    "ask.card.opted_in > say",
)
THERE = Point(0, 0)


def pasted(flow: Flow, part: Flow = FROM) -> Flow:
    change, _blocks, _frames = clipping.pasting(flow, part, THERE)
    return change.apply(flow)[0]


def only_topic(flow: Flow) -> str:
    (topic,) = {
        value
        for block in flow.blocks.values()
        for _path, option, value in block.filled_in()
        if option.refers_to == "topic" and value
    }
    return topic


def test_a_topic_of_the_same_name_is_taken(qapp):
    ((_id, topic),) = [(id, t) for id, t in FROM.topics.items() if id == only_topic(FROM)]
    made = pasted(Flow("to", "To", topics={"theirs": Topic(topic.name.upper())}))
    assert made.topics.keys() == {"theirs"}
    assert only_topic(made) == "theirs"


def test_one_that_asks_at_other_times_is_another(qapp):
    name = FROM.topics[only_topic(FROM)].name
    made = pasted(Flow("to", "To", topics={"theirs": Topic(name, Frequency.WEEKLY)}))
    assert made.topics.keys() == {"theirs", only_topic(FROM)}


def test_a_field_of_the_same_name_is_filled_in_instead(qapp):
    fields = {"size": Field("Size")}
    part = Flow(
        FROM.id, FROM.name, topics=FROM.topics, fields=fields, blocks={"say": FROM.blocks["say"]},
        translations={"de": {"say": {"text.text": "Größe {{contact.size}}"}}},
    )  # fmt: skip
    into = Flow("to", "To", fields={"shoe_size": Field("size")}, translations={"de": {}})
    made = pasted(into, part)
    (block,) = made.blocks.values()
    assert block.elements[0].text == "Size {{ contact.shoe_size }}, not contact.size"
    assert made.fields == into.fields
    ((texts,),) = [list(made.translations["de"].values())]
    assert texts == {"text.text": "Größe {{contact.shoe_size}}"}


def test_what_stays_as_it_is_is_the_same_object(qapp):
    made = pasted(Flow("to", "To"))
    assert {id(block) for block in made.blocks.values()} == {id(b) for b in FROM.blocks.values()}
