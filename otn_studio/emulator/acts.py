"""The acts of a person by their names in the control API."""

from collections.abc import Callable

from otn_studio.emulator import actions, handover
from otn_studio.emulator.bodies import text
from otn_studio.emulator.errors import Problem
from otn_studio.emulator.events import Event
from otn_studio.emulator.people import Person
from otn_studio.emulator.world import World


def _write(world: World, person: Person, body: dict) -> list[Event]:
    return actions.write(world, person, text(body, "text"))


def _attach(world: World, person: Person, body: dict) -> list[Event]:
    return actions.attach(
        world, person, text({"medium": "image"} | body, "medium"), text(body, "url")
    )


def _read(world: World, person: Person, body: dict) -> list[Event]:
    return actions.read(world, person)


def _comment(world: World, person: Person, body: dict) -> list[Event]:
    return actions.comment(world, person, text(body, "post"), text(body, "text"))


def _tap(world: World, person: Person, body: dict) -> list[Event]:
    return actions.tap(world, person, text(body, "title"))


def _notify_me(world: World, person: Person, body: dict) -> list[Event]:
    return actions.notify_me(world, person, _index(body))


def _go_on(world: World, person: Person, body: dict) -> list[Event]:
    return actions.go_on(world, person, _index(body))


def _stop(world: World, person: Person, body: dict) -> list[Event]:
    return actions.stop(world, person, text(body, "title"))


def _resume(world: World, person: Person, body: dict) -> list[Event]:
    return actions.resume(world, person, text(body, "title"))


def _get_started(world: World, person: Person, body: dict) -> list[Event]:
    return actions.get_started(world, person)


def _choose(world: World, person: Person, body: dict) -> list[Event]:
    return actions.choose(world, person, text(body, "title"))


def _open_link(world: World, person: Person, body: dict) -> list[Event]:
    return actions.open_link(world, person, text(body, "ref"))


def _react(world: World, person: Person, body: dict) -> list[Event]:
    return actions.react(world, person, text({"reaction": "love"} | body, "reaction"))


def _block(world: World, person: Person, body: dict) -> list[Event]:
    return actions.block(world, person)


def _unblock(world: World, person: Person, body: dict) -> list[Event]:
    return actions.unblock(world, person)


def _take_over(world: World, person: Person, body: dict) -> list[Event]:
    return handover.take_over(world, person)


def _ask_for(world: World, person: Person, body: dict) -> list[Event]:
    return handover.ask_for(world, person)


def _answer_by_hand(world: World, person: Person, body: dict) -> list[Event]:
    return handover.answer_by_hand(world, person, text(body, "text"))


def _give_back(world: World, person: Person, body: dict) -> list[Event]:
    return handover.give_back(world, person)


def _index(body: dict) -> int | None:
    """Which card, if not the newest that was not tapped."""
    index = body.get("index")
    if index is not None and type(index) is not int:
        raise Problem('"index" must be a whole number.')
    return index


ACTS: dict[str, Callable[[World, Person, dict], list[Event]]] = {
    "write": _write,
    "attach": _attach,
    "read": _read,
    "comment": _comment,
    "tap": _tap,
    "notify-me": _notify_me,
    "continue": _go_on,
    "stop": _stop,
    "resume": _resume,
    "get-started": _get_started,
    "choose": _choose,
    "open-link": _open_link,
    "react": _react,
    "block": _block,
    "unblock": _unblock,
    "take-over": _take_over,
    "ask-for": _ask_for,
    "answer-by-hand": _answer_by_hand,
    "give-back": _give_back,
}
