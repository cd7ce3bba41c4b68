"""Which language a flow speaks with a person."""

from dataclasses import replace

import pytest

from otn_studio.blocks import event as events
from otn_studio.blocks.elements.buttons import Button, Buttons
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.blocks.turn import Contact, PageFacts
from otn_studio.interpreter import interpreter
from otn_studio.interpreter.conversation import Conversation
from otn_studio.interpreter.effects import SendMessages
from otn_studio.interpreter.program import LivePrograms, Program
from tests.interpreter.flows import flow, keyword, says
from tests.interpreter.talk import MONDAY, Talk

ASK = SendMessage(elements=[Buttons(id="b", text="Size?", buttons=[Button(id="s", title="Small")])])
FLOW = replace(
    flow({"s": keyword("hi"), "m": ASK, "end": says("Thanks")}, "s.next > m", "m.b.s > end"),
    language="en",
    translations={
        "de": {"m": {"b.text": "Größe?", "b.s.title": "Klein"}, "end": {"e0.text": "Danke"}},
        "fr": {"m": {"b.text": "Taille ?"}},
    },
)


@pytest.mark.parametrize(
    ("person", "page", "text"),
    [
        ("", "", "Size?"),
        ("en_GB", "de", "Size?"),
        ("de_AT", "", "Größe?"),
        ("", "de_DE", "Größe?"),
        ("it_IT", "de_DE", "Größe?"),
        ("it_IT", "es_ES", "Size?"),
        ("fr_FR", "de_DE", "Taille ?"),
    ],
)
def test_the_persons_own_language_comes_first_then_the_pages(person, page, text):
    program = Program("f", 1, FLOW)
    [message] = program.block("m", person, page).elements
    assert message.text == text


def test_a_person_is_spoken_to_in_their_language_and_taps_what_they_read():
    talk = Talk(FLOW)
    talk.contact = Contact("ann", {"locale": "de_DE"})
    assert talk.write("hi").texts() == ["Größe?"]
    assert talk.tap("Klein").texts() == ["Danke"]


def test_what_is_not_translated_yet_is_said_in_the_flows_own_language():
    talk = Talk(FLOW)
    talk.contact = Contact("ann", {"locale": "fr_CA"})
    assert talk.write("hi").texts() == ["Taille ?"]
    assert talk.tap("Small").texts() == ["Thanks"]


def test_somebody_of_whom_nothing_is_known_is_spoken_to_as_the_page_does():
    now, page = MONDAY, PageFacts(language="de_DE")
    programs = LivePrograms([Program("f", 1, FLOW)])
    sprint = interpreter.handle(
        programs, Conversation(), Contact("ann"), events.Wrote(now, "hi"), now, page
    )
    [message] = next(e for e in sprint.effects if isinstance(e, SendMessages)).messages
    assert message.text == "Größe?"


@pytest.mark.parametrize(("locale", "said"), [("de_DE", "am 4. März"), ("en_US", "on 4 March")])
def test_months_are_named_in_the_language_of_the_text(locale, said):
    english = says("on {{ '2027-03-04' | date: '%e %B' }}")
    made = flow({"s": keyword("hi"), "m": english}, "s.next > m")
    german = {"de": {"m": {"e0.text": "am {{ '2027-03-04' | date: '%e. %B' }}"}}}
    talk = Talk(replace(made, language="en", translations=german))
    talk.contact = Contact("ann", {"locale": locale})
    assert talk.write("hi").texts() == [said]
