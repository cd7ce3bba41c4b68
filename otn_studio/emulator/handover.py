"""Which app leads a conversation: the Page's own, or another one that it was passed to.

While another leads, the Page's app can't send, and is told of what the person does in *standby* only.
Source: Messenger Platform, "Handover Protocol".
"""

from otn_studio.emulator.errors import no_such_person, thread_of_another_app
from otn_studio.emulator.events import Event
from otn_studio.emulator.params import Param
from otn_studio.emulator.people import Person
from otn_studio.emulator.world import World


def pass_thread(world: World, params: dict) -> dict:
    """Let another app lead a conversation."""
    person = _person(world, params)
    target = Param(params, "")["target_app_id"].text(60)
    if person.led_by:
        raise thread_of_another_app()
    person.led_by = "" if target == world.page.app_id else target
    return {"success": True}


def take_thread(world: World, params: dict) -> dict:
    """Lead a conversation again: the Page's app may take it at any time."""
    _person(world, params).led_by = ""
    return {"success": True}


def give_back(world: World, person: Person) -> list[Event]:
    """Whoever leads the conversation marks it as done."""
    if not person.led_by:
        return []
    before, person.led_by = person.led_by, ""
    return [person.thread.passed(world.moment(person), before, world.page.app_id)]


def is_for_another(person: Person, event: Event) -> bool:
    """Whether an event is for the app that leads the conversation: all but a yes or no to topics."""
    return bool(person.led_by) and "optin" not in event and "pass_thread_control" not in event


def _person(world: World, params: dict) -> Person:
    psid = Param(params, "")["recipient"].object()["id"].text(60)
    if psid not in world.people:
        raise no_such_person()
    return world.people[psid]
