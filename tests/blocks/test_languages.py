import pytest
from hypothesis import given
from hypothesis import strategies as st

from otn_studio.blocks.block import Block
from otn_studio.blocks.elements.buttons import Button, Buttons
from otn_studio.blocks.elements.picture import Picture
from otn_studio.blocks.elements.text import Text
from otn_studio.blocks.languages import NAMES, best, in_words, said
from otn_studio.blocks.message.send_message import SendMessage
from tests import strategies
from tests.builders import START, ask

BUTTON = Button(id="yes", title="Yes")
BLOCK = SendMessage(
    title="Ours",
    elements=(
        Text(id="hi", text="Hello"),
        Picture(id="pic", url="https://example.com/shoe.jpg"),
        Buttons(id="ask", text="Well?", buttons=(BUTTON,)),
    ),
)


def test_what_people_read_has_a_way_by_ids_and_a_place():
    assert [(text.way, text.field, text.text) for text in said(BLOCK)] == [
        ("hi.text", "elements.0.text", "Hello"),
        ("ask.text", "elements.2.text", "Well?"),
        ("ask.yes.title", "elements.2.buttons.0.title", "Yes"),
    ]
    assert [text.way for text in said(ask("Tell me?"))] == ["card.title"]
    assert list(said(START)) == []


def test_the_way_stays_when_the_place_changes():
    turned = BLOCK.model_copy(update={"elements": BLOCK.elements[::-1]})
    assert {text.way for text in said(turned)} == {text.way for text in said(BLOCK)}


def test_a_text_that_is_missing_stays_as_it_is():
    german = in_words(BLOCK, {"hi.text": "Hallo", "ask.yes.title": "Ja", "gone.text": "?"})
    assert [text.text for text in said(german)] == ["Hallo", "Well?", "Ja"]
    assert german.title == "Ours"
    assert german.ports() != BLOCK.ports()
    assert [port.id for port in german.ports()] == [port.id for port in BLOCK.ports()]
    assert [text.text for text in said(BLOCK)] == ["Hello", "Well?", "Yes"]


@given(strategies.blocks, st.text(min_size=1))
def test_all_texts_can_be_said_otherwise_and_nothing_else_changes(block: Block, word: str):
    texts = {text.way: word for text in said(block)}
    other = in_words(block, texts)
    assert all(text.text in (word, "") or not text.text.strip() for text in said(other))
    own = {text.way: text.text for text in said(block)}
    if len(own) == len(
        list(said(block))
    ):  # with two parts of the same id nobody knows which is which
        assert in_words(other, own) == block


@pytest.mark.parametrize(
    ("spoken", "wanted", "chosen"),
    [
        (["en", "de"], ["de"], "de"),
        (["en", "de"], ["de_AT"], "de"),
        (["en", "de"], ["DE-at"], "de"),
        (["de_AT", "de", "de_CH"], ["de_CH"], "de_CH"),
        (["de_AT", "de"], ["de_CH"], "de"),
        (["de_CH", "de_AT"], ["de"], "de_AT"),
        (["en", "de"], ["fr_FR", "de_DE"], "de"),
        (["en", "de"], ["", "en_US"], "en"),
        (["en", "de"], ["fr", ""], ""),
        (["", "de"], [""], ""),
        ([], ["de"], ""),
        (["fi"], ["fil_PH"], ""),
    ],
)
def test_the_language_that_fits_best_is_chosen(spoken, wanted, chosen):
    assert best(spoken, *wanted) == chosen


@given(st.lists(st.sampled_from(sorted(NAMES)), min_size=1), st.sampled_from(sorted(NAMES)))
def test_only_a_language_that_is_spoken_is_chosen(spoken, wanted):
    chosen = best(spoken, wanted)
    assert chosen in {*spoken, ""}
    assert (chosen == wanted) == (wanted in spoken)
