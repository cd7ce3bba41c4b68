"""Bots of Botpress 12, whole and in parts."""

import copy
import gzip
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from otn_studio.exchange import formats
from otn_studio.exchange.report import Fate, Imported
from otn_studio.flow.json_text import SIZE_LIMIT, Unreadable
from otn_studio.flow.project import Project
from otn_studio.flow.reading import from_text
from otn_studio.flow.writing import to_text
from tests.exchange.botpress.bots import FILES, MAIN, texts, tgz, zipped
from tests.exchange.hostile import LEAVES, places, put
from tests.exchange.talking import talk

BOTPRESS = formats.named("botpress")


def imported(content: bytes) -> Imported:
    return BOTPRESS.read(content, Project(), "bot")


@pytest.mark.parametrize(
    "content",
    [
        tgz(texts()),
        tgz(texts(), "./"),
        tgz(texts(), "shop/"),
        zipped(texts()),
        gzip.decompress(tgz(texts())),
    ],
    ids=["tgz", "dots", "folder", "zip", "tar"],
)
def test_people_talk_with_the_bot(content):
    assert formats.recognised(content) is BOTPRESS
    found = imported(content)
    assert [flow.name for flow in found.flows] == ["main", "orders"]
    flows = Project.of(*found.flows)
    hello = ["Hello !", "https://example.com/shoe.png", "Which colour?"]
    main = found.flows[0]
    assert talk(main, "hi", "blue", "42", beside=flows) == [
        hello,
        ["Which size?"],
        ["Size 42 is here."],
    ]
    assert talk(main, "hi", "Blue", "nothing at all", beside=flows)[2] == ["Goodbye.", "…"]
    assert talk(main, "hi", "red", beside=flows) == [hello, ["Red one"]]


def test_what_is_not_the_same_is_said():
    items = imported(tgz(texts())).items
    by_fate = {fate: {i.where for i in items if i.fate is fate} for fate in Fate}
    main = "/flows/main.flow.json"
    assert by_fate[Fate.LOST] == {
        f"{main}/nodes/0/onEnter/3",
        f"{main}/nodes/2/next/1",
        f"{main}/catchAll/next/0",
        "/bot.config.json/languages/fr",
        "/qna/__qna__1.json",
        "/media/shoe.png",
    }
    assert by_fate[Fate.CHANGED] == {
        f"{main}/startNode",
        f"{main}/nodes/4",
        "/flows/orders.flow.json/nodes/0",
        "/intents/none",
    }
    assert all(i.why for i in items if i.fate in (Fate.CHANGED, Fate.LOST))


def test_every_node_is_accounted_for_once():
    items = [i.where for i in imported(tgz(texts())).items]
    for number, _ in enumerate(MAIN["nodes"]):
        assert items.count(f"/flows/main.flow.json/nodes/{number}") == 1


def test_one_flow_alone_says_that_its_texts_are_missing():
    content = json.dumps(MAIN).encode()
    assert formats.recognised(content) is BOTPRESS
    found = imported(content)
    [entry] = [i for i in found.items if i.name == "entry"]
    assert str(entry.why) == "What it says is not in the file; write it here."


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'{"startNode": 1, "nodes": 2', "can’t be read from line"),
        (b'{"nodes": []}', "no flow of Botpress"),
        (tgz({}), "no flow in it"),
        (tgz(texts())[:200], "damaged"),
        (b"PK\x03\x04 nothing", "damaged"),
        (gzip.compress(bytes(SIZE_LIMIT + 1)), "more than a bot can have"),
        (zipped({"a": bytes(SIZE_LIMIT), "b": b"1"}), "more than a bot can have"),
        (tgz({"flows/main.flow.json": b"["}), "can’t be read from line"),
        (tgz({"flows/main.flow.json": b'{"nodes": {}}'}), "is not written as"),
    ],
    ids=range(9),
)
def test_broken_and_hostile_files_are_refused_in_one_sentence(content, said):
    with pytest.raises(Unreadable, match=said):
        imported(content)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_whatever_is_changed_in_a_file_is_read_or_refused(data):
    changed = copy.deepcopy(FILES)
    place = data.draw(st.sampled_from([p for p in places(changed) if len(p) > 1]))
    put(changed, place, data.draw(LEAVES))
    try:
        found = imported(tgz(texts(changed)))
    except Unreadable:
        return
    for flow in found.flows:
        assert from_text(to_text(flow)) == flow


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_damaged_archives_are_read_or_refused(data):
    content = bytearray(data.draw(st.sampled_from([tgz(texts()), zipped(texts())])))
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(4, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        imported(bytes(content))
    except Unreadable:
        return
