from otn_studio.blocks.event import ChoseEntry, Tapped, Wrote
from otn_studio.blocks.languages import said
from otn_studio.blocks.start.ice_breaker import IceBreaker
from otn_studio.blocks.start.menu_entry import MenuEntry
from tests.builders import NOW

ENTRY, QUESTION = MenuEntry(text="Talk to us"), IceBreaker(question="When are you open?")


def test_they_answer_what_is_tapped_there_and_nothing_else():
    for start in (ENTRY, QUESTION):
        assert start.answers(ChoseEntry(NOW, "shop", "entry"))
        assert not start.answers(Wrote(NOW, "Talk to us"))
        assert not start.answers(Tapped(NOW, "Talk to us"))


def test_people_read_them_in_their_language():
    assert [text.way for text in said(ENTRY)] == ["text"]
    assert [text.way for text in said(QUESTION)] == ["question"]
