"""The Page, its people, their permissions, and the judgement over everything that the Page sends.

Source: Messenger Platform, "Messaging windows", "One-Time Notification", "Error codes". The world
is changed by the server's event loop alone, one call at a time, and so needs no lock.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime

from otn_studio.emulator.clock import MovableClock, whole_milliseconds
from otn_studio.emulator.contents import Message, OptInCard
from otn_studio.emulator.errors import (
    Problem,
    no_such_person,
    outside_window,
    person_not_available,
    token_not_usable,
)
from otn_studio.emulator.events import Event, Thread
from otn_studio.emulator.identity import PageIdentity
from otn_studio.emulator.ids import Ids
from otn_studio.emulator.ledger import Accepted, Ledger
from otn_studio.emulator.phone import Phone
from otn_studio.emulator.sends import Send
from otn_studio.policy import one_time, window


@dataclass(slots=True)
class Person:
    """Somebody with a phone. ``last_action`` is the last that opened the window, if any did."""

    id: str
    name: str
    thread: Thread
    phone: Phone = field(default_factory=Phone)
    last_action: datetime | None = None
    blocks_page: bool = False

    @property
    def has_conversation(self) -> bool:
        """Whether they have ever turned to the Page."""
        return self.last_action is not None


@dataclass(frozen=True, slots=True)
class Receipt:
    """The answer to an accepted call, and the events that tell the engine about it."""

    recipient_id: str
    message_id: str | None = None
    echo: Event | None = None
    delivery: Event | None = None


@dataclass(slots=True)
class World:
    """Everything that the emulated Messenger knows."""

    page: PageIdentity
    clock: MovableClock
    ids: Ids
    people: dict[str, Person] = field(default_factory=dict)
    ledger: Ledger = field(default_factory=Ledger)
    _permissions: dict[str, tuple[Person, one_time.Permission]] = field(default_factory=dict)

    def add_person(self, name: str) -> Person:
        """Let somebody come into the world. They have not turned to the Page yet."""
        psid = self.ids.person()
        person = self.people[psid] = Person(psid, name, Thread(self.page.id, psid))
        return person

    def person(self, psid: str) -> Person:
        """The person with that id."""
        if psid not in self.people:
            raise Problem(f"There is no person with the id {psid}.")
        return self.people[psid]

    def moment(self, person: Person) -> datetime:
        """The instant at which a person does something now, if they still deal with the Page."""
        if person.blocks_page:
            raise Problem(f"{person.name} has blocked the Page.")
        return whole_milliseconds(self.clock.now())

    def act(self, person: Person, action: window.Action) -> datetime:
        """Let a person do something to the Page, which opens their window if it is such an act."""
        at = self.moment(person)
        if window.opens_window(action):
            person.last_action = at
        return at

    def issue_token(self, person: Person, payload: str, at: datetime) -> str:
        """A new token for one message, within a year. Every tap gives one of its own."""
        token = self.ids.token()
        permission = one_time.Permission(token, payload, at, one_time.expires_at(at))
        self._permissions[token] = (person, permission)
        return token

    def receive(self, send: Send) -> Receipt:
        """Judge a send and deliver it, or raise Messenger's error."""
        now = self.clock.now()
        person = self._holder(send.token, now) if send.token else self.people.get(send.psid or "")
        if person is None:
            raise no_such_person()
        if person.blocks_page:
            raise person_not_available()
        if _needs_window(send) and not window.is_open(person.last_action, now):
            raise outside_window()
        if send.message is None:
            return _show_typing(person, send.sender_action)
        if send.token:
            self._spend(send.token)
        return self._deliver(person, send.message, send.token, now)

    def _holder(self, token: str, now: datetime) -> Person:
        person, permission = self._permissions.get(token, (None, None))
        if person is None or not one_time.is_usable(permission, now):
            raise token_not_usable()
        return person

    def _spend(self, token: str) -> None:
        """A token is spent by its message even where the window would have allowed it."""
        person, permission = self._permissions[token]
        self._permissions[token] = (person, replace(permission, used=True))

    def _deliver(
        self, person: Person, message: Message, token: str | None, now: datetime
    ) -> Receipt:
        mid = self.ids.message()
        person.phone.receive(now, mid, message, by_permission=token is not None)
        self.ledger.sends.append(Accepted(mid, person.id, message.metadata, token, now))
        return Receipt(
            person.id,
            mid,
            echo=person.thread.echo(now, mid, message, self.page.app_id),
            delivery=person.thread.delivery(now, mid),
        )


def _needs_window(send: Send) -> bool:
    """All but a message by permission does, and a request for permission always does."""
    asks = send.message is not None and isinstance(send.message.content, OptInCard)
    return send.token is None or asks


def _show_typing(person: Person, sender_action: str | None) -> Receipt:
    """A typing sign or a *seen* mark: the phone shows it, but it is no message and has no id."""
    if sender_action != "mark_seen":
        person.phone.typing = sender_action == "typing_on"
    return Receipt(person.id)
