"""Repairs of translations make their finding go away, and leave the original alone."""

from dataclasses import replace

import pytest

from otn_studio.checks.check import check
from otn_studio.flow.document import Flow
from otn_studio.flow.project import Project
from otn_studio.studio.document.document import Document
from otn_studio.studio.problems.repairs import repair
from tests.builders import ask, started

LONG = "Sollen wir Bescheid geben, " * 4


def spoken(**texts: str) -> Flow:
    texts = {way.replace("_", "."): text for way, text in texts.items()}
    return replace(started(ask()), language="en", translations={"de": {"it": texts}})


@pytest.mark.parametrize(
    ("code", "flow", "words"),
    [
        ("too_long", spoken(card_title=LONG), "Shorten"),
        ("left_over_translation", spoken(card_title="Na?", gone_a="x", gone_b="y"), "Remove"),
        ("unknown_field", spoken(card_title="{{ contact.shoe }}"), "Create the field"),
    ],
)
def test_a_repair_mends_the_translation_alone_and_can_be_undone(code, flow, words):
    document = Document(flow)
    finding = next(f for f in check(Project.of(flow))["shop"] if f.code == code)
    made = repair(finding, flow)
    assert str(made.words) == words
    document.do(made.change, made.words)
    assert code not in {f.code for f in check(Project.of(document.flow))["shop"]}
    assert document.flow.blocks == flow.blocks
    document.undo()
    assert document.flow == flow


@pytest.mark.parametrize("code", ["too_long", "left_over_translation"])
def test_there_is_no_repair_once_somebody_has_mended_it(code):
    wrong, mended = spoken(card_title=LONG, gone_a="x"), spoken()
    finding = next(f for f in check(Project.of(wrong))["shop"] if f.code == code)
    assert repair(finding, mended) is None
