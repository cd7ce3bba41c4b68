"""The Messenger Profile: what a Page shows before anybody writes.

Source: Messenger Platform, Messenger Profile API, "Get Started", "Persistent Menu", "Ice Breakers".
"""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from otn_studio.emulator.errors import bad_parameter, rate_limited
from otn_studio.emulator.fields import picked
from otn_studio.emulator.params import Param, parse_json
from otn_studio.emulator.people import Person
from otn_studio.policy import limits

CALLS_AT_MOST: Final = 10
_TIME: Final = timedelta(minutes=10)
_LOCALE_LENGTH: Final = 16
_LOCALES: Final = 200
MENU, _QUESTIONS, START = "persistent_menu", "ice_breakers", "get_started"
_PARTS: Final = (START, MENU, _QUESTIONS, "greeting")


@dataclass(frozen=True, slots=True)
class Choice:
    """An entry of the menu or a question, with what it tells the Page."""

    title: str
    payload: str
    on: str


@dataclass(slots=True)
class Profile:
    """What was set, by its parts, and when it was called about. ``own_menus`` are by person."""

    parts: dict[str, Any] = field(default_factory=dict)
    own_menus: dict[str, list[dict]] = field(default_factory=dict)
    _calls: deque[datetime] = field(default_factory=deque)

    def answer(self, method: str, params: dict, now: datetime) -> dict:
        """Answer one call, or raise Messenger's error."""
        self._count(now)
        call = Param(params, "")
        match method:
            case "POST":
                self._set(call)
            case "DELETE":
                for part in as_list(call["fields"]).value:
                    self._delete(Param(part, "fields").one_of(*_PARTS))
            case _:
                parts = picked(self.parts, params)
                return {"data": [parts] if parts else []}
        return {"result": "success"}

    def choices(self, person: Person) -> list[Choice]:
        """What a person can tap: the menu; and the questions, before the first message."""
        menu = self.own_menus.get(person.id) or self.parts.get(MENU, [])
        shown = [("menu", menu, "title")]
        if not person.has_conversation:
            shown.append(("question", self.parts.get(_QUESTIONS, []), "question"))
        return [
            Choice(action[called], action["payload"], on)
            for on, written, called in shown
            for action in _for_everybody(written)
            if "payload" in action
        ]

    def _count(self, now: datetime) -> None:
        while self._calls and self._calls[0] <= now - _TIME:
            self._calls.popleft()
        if len(self._calls) >= CALLS_AT_MOST:
            raise rate_limited()
        self._calls.append(now)

    def _set(self, call: Param) -> None:
        given = {
            part: call[part].object() if part == START else as_list(call[part])
            for part in _PARTS
            if call[part].present
        }
        if not given:
            raise bad_parameter("The call sets nothing.")
        for part, value in given.items():
            _READERS[part](value)
        if MENU in given and START not in {*given, *self.parts}:
            raise bad_parameter("A persistent menu needs a Get Started button.")
        self.parts |= {part: value.value for part, value in given.items()}

    def _delete(self, part: str) -> None:
        if part == START and MENU in self.parts:
            raise bad_parameter("The Get Started button can't go before the persistent menu.")
        self.parts.pop(part, None)


def _for_everybody(written: list[dict]) -> list[dict]:
    """The entries for those whose language has none of its own."""
    if written and not any("call_to_actions" in one for one in written):
        return written
    return next(
        (one["call_to_actions"] for one in written if one.get("locale", "default") == "default"), []
    )


def _read_start(start: Param) -> None:
    start["payload"].text(limits.PAYLOAD)


def read_menu(menu: Param) -> None:
    for one in _read_locales(menu):
        for action in one["call_to_actions"].items(0, limits.MENU_ENTRIES):
            kind = action["type"].one_of("postback", "web_url")
            action["title"].text(limits.MENU_TITLE)
            if kind == "postback":
                action["payload"].text(limits.PAYLOAD)
            else:
                action["url"].url(limits.BUTTON_URL)


def _read_questions(questions: Param) -> None:
    """By their locales; or without any, as they were set at first, and as libraries in use set them."""
    read = questions.items(1, _LOCALES)
    if not any(one["call_to_actions"].present for one in read):
        _read_asked(questions)
        return
    for one in _read_locales(questions):
        _read_asked(one["call_to_actions"])


def _read_asked(questions: Param) -> None:
    for question in questions.items(1, limits.ICE_BREAKERS):
        question["question"].text(limits.ICE_BREAKER)
        question["payload"].text(limits.PAYLOAD)


def _read_locales(written: Param) -> list[Param]:
    read = written.items(1, _LOCALES)
    locales = [one["locale"].text(_LOCALE_LENGTH) for one in read if one["locale"].present]
    if len(set(locales)) < len(read) or "default" not in locales:
        raise bad_parameter(f"{written.path} needs each locale once, and the default one.")
    return read


def as_list(written: Param) -> Param:
    """Itself as a list. In forms and query strings a list comes as a string of JSON."""
    value = written.value
    value = parse_json(value, written.path) if isinstance(value, str) else value
    if not isinstance(value, list):
        raise bad_parameter(f"Param {written.path} must be an array.")
    return Param(value, written.path)


_READERS: Final = {
    START: _read_start,
    MENU: read_menu,
    _QUESTIONS: _read_questions,
    "greeting": _read_locales,
}
