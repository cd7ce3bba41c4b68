"""Which app leads a conversation: the Page's own, or another one that it was passed to.

While another leads, the Page's app can't send, and is told of what the person does in *standby* only.
Source: Messenger Platform, "Handover Protocol".
"""

from typing import Final

from otn_studio.emulator.contents import Message, Text
from otn_studio.emulator.errors import Problem, no_such_person, thread_of_another_app
from otn_studio.emulator.events import Event
from otn_studio.emulator.params import Param
from otn_studio.emulator.people import Person
from otn_studio.emulator.world import World

INBOX: Final = "263902037430900"
"""The app of the Page's inbox, where colleagues answer by hand."""

_ID_LENGTH: Final = 60


def pass_thread(world: World, params: dict) -> dict:
    """Let another app lead a conversation."""
    person = _person(world, params)
    target = Param(params, "")["target_app_id"].id(_ID_LENGTH)
    if person.led_by:
        raise thread_of_another_app()
    person.led_by = "" if target == world.page.app_id else target
    return {"success": True}


def take_thread(world: World, params: dict) -> dict:
    """Lead a conversation again: the Page's app may take it at any time."""
    _let_ours_lead(_person(world, params))
    return {"success": True}


def request(world: World, params: dict) -> dict:
    """Ask whoever leads a conversation to pass it on. They may do so, or not."""
    person = _person(world, params)
    person.asked_for = bool(person.led_by)
    return {"success": True}


def owner(world: World, params: dict) -> dict:
    """Which app leads a conversation."""
    psid = Param(params, "")["recipient"].id(_ID_LENGTH)
    if psid not in world.people:
        raise no_such_person()
    leads = world.people[psid].led_by or world.page.app_id
    return {"data": [{"thread_owner": {"app_id": leads}}]}


def others() -> dict:
    """The apps to which a conversation can be passed."""
    return {"data": [{"id": INBOX, "name": "Page Inbox"}]}


def take_over(world: World, person: Person) -> list[Event]:
    """A colleague takes the conversation into the Page's inbox."""
    if person.led_by:
        raise Problem(f"Somebody leads the conversation with {person.name} already.")
    person.led_by = INBOX
    return [person.thread.taken(world.moment(person), world.page.app_id)]


def ask_for(world: World, person: Person) -> list[Event]:
    """A colleague asks the Page's app to pass the conversation on to the inbox."""
    if person.led_by:
        raise Problem(f"Somebody leads the conversation with {person.name} already.")
    return [person.thread.wanted(world.moment(person), INBOX)]


def answer_by_hand(world: World, person: Person, text: str) -> list[Event]:
    """A colleague writes from the Page's inbox, and so leads the conversation no more than before."""
    if not person.has_conversation:
        raise Problem(f"{person.name} has never written to the Page.")
    at, mid, message = world.moment(person), world.ids.message(), Message(Text(text))
    person.phone.receive(at, mid, message, by_permission=False)
    return [person.thread.echo(at, mid, message, INBOX)]


def give_back(world: World, person: Person) -> list[Event]:
    """Whoever leads the conversation marks it as done."""
    if not person.led_by:
        return []
    before = person.led_by
    _let_ours_lead(person)
    return [person.thread.passed(world.moment(person), before, world.page.app_id)]


def is_for_another(person: Person, event: Event) -> bool:
    """Whether an event is for the app that leads the conversation: all but a yes or no to topics."""
    ours = ("optin", "pass_thread_control", "take_thread_control", "request_thread_control")
    return bool(person.led_by) and not any(what in event for what in ours)


def _let_ours_lead(person: Person) -> None:
    person.led_by, person.asked_for = "", False


def _person(world: World, params: dict) -> Person:
    psid = Param(params, "")["recipient"].object()["id"].id(_ID_LENGTH)
    if psid not in world.people:
        raise no_such_person()
    return world.people[psid]
