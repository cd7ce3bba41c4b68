"""Flows as graphs of other programs, whatever people write in them."""

import re
from dataclasses import replace
from io import BytesIO

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from otn_studio.exchange.graphml import graphml
from otn_studio.exchange.mermaid import mermaid
from tests.builders import START, a_flow, ask, say

HOSTILE = (
    'say "hi"',
    "a]; b --> c",
    "style x:#quot;",
    "%% comment\nend",
    "---\ntitle: x\n---",
    "`markdown` **b** 1. list",
    "</text><script>alert(1)</script>",
    "#35; &amp; &#x41;",
    "\x00\x07\x1b[31m",
    "مرحبا 🎉",
    "\\",
)
LINE = re.compile(
    r'    (b\d+(\(\[|\[)"[^"\n]*"(\]\)|\]):::[a-z]+|b\d+ (-->\|"[^"\n]*"\||-->) b\d+|classDef .*)'
)


def titled(title: str, name: str = "Shop"):
    start, block = START.model_copy(update={"title": title}), ask(title)
    flow = a_flow(
        {"start": start, "it": block, "end": say(title)}, "start > it", "it.card.opted_in > end"
    )
    return replace(flow, name=name)


def unescaped(text: str) -> str:
    return re.sub(r"#(\d+);", lambda code: chr(int(code[1])), text)


@pytest.mark.parametrize("words", HOSTILE)
def test_no_words_get_out_of_their_place_in_mermaid(words):
    head, title, end, kind, *lines = mermaid(titled(words, words)).splitlines()
    assert (head, end, kind) == ("---", "---", "flowchart LR")
    assert title.startswith('title: "')
    for line in lines:
        assert LINE.fullmatch(line), line
        assert "#" not in re.sub(r"#\d+;", "", line) or line.startswith("    classDef ")


def test_what_has_no_title_is_called_by_what_it_says():
    drawn = mermaid(a_flow({"start": START, "it": say("Blue shoes are back!")}, "start > it"))
    assert '["Blue shoes are back!"]' in drawn
    assert "Someone writes" in drawn


@given(st.text(st.characters(codec="utf-8"), max_size=80))
def test_mermaid_says_what_people_wrote(words):
    labels = re.findall(r'^ {4}b\d+\(\["(.*)"\]\):::start$', mermaid(titled(words)), re.MULTILINE)
    said = "".join(letter for letter in " ".join(words.split()) if letter.isprintable())
    shown = unescaped(labels[0])
    assert shown == (said if words else "Someone writes “hello”")


@given(st.text(st.characters(codec="utf-8"), max_size=80))
def test_graphml_can_be_read_back_whatever_is_said(words):
    flow = titled(words, words)
    graph = nx.read_graphml(BytesIO(graphml(flow)), force_multigraph=True)
    assert set(graph.nodes) == set(flow.blocks)
    assert [(a, b) for a, b, _ in sorted(graph.edges)] == [("it", "end"), ("start", "it")]
    assert graph.nodes["it"]["group"] == "permission"
