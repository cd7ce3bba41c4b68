"""The Page, its people, their permissions, and what comes of everything that the Page sends.

Source: Messenger Platform, "Messaging windows", "One-Time Notification", "Recurring Notifications",
"Error codes". The world is changed by the server's event loop alone, one call at a time, and so
needs no lock.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from otn_studio.emulator.access import Access
from otn_studio.emulator.asking import OptInCard, RecurringCard, ReoptinCard
from otn_studio.emulator.clock import MovableClock, whole_milliseconds
from otn_studio.emulator.comments import Comments
from otn_studio.emulator.contents import Attachment, Message
from otn_studio.emulator.errors import (
    Problem,
    no_such_person,
    no_tags,
    person_not_available,
    refused,
    thread_of_another_app,
)
from otn_studio.emulator.events import Event, Thread
from otn_studio.emulator.habits import Habits
from otn_studio.emulator.identity import PageIdentity
from otn_studio.emulator.ids import Ids
from otn_studio.emulator.judging import judge
from otn_studio.emulator.kept_files import KeptFiles
from otn_studio.emulator.ledger import Accepted, Ledger
from otn_studio.emulator.people import Person
from otn_studio.emulator.personas import Personas
from otn_studio.emulator.profile import Profile
from otn_studio.emulator.refusals import PAGE_RESTRICTED, refusal
from otn_studio.emulator.sends import Send
from otn_studio.emulator.subscriptions import Subscription, Subscriptions
from otn_studio.policy import limits, one_time, recurring, window
from otn_studio.policy.profiles import Rules
from otn_studio.policy.requests import Asked
from otn_studio.policy.sending import Permission, Refusal


@dataclass(frozen=True, slots=True)
class Receipt:
    """The answer to an accepted call, and the events that tell the engine about it."""

    recipient_id: str
    message_id: str | None = None
    attachment_id: str | None = None
    echo: Event | None = None
    delivery: Event | None = None


@dataclass(slots=True)
class World:
    """Everything that the emulated Messenger knows."""

    page: PageIdentity
    clock: MovableClock
    ids: Ids
    rules: Rules = field(default_factory=Rules)
    habits: Habits = field(default_factory=Habits)
    people: dict[str, Person] = field(default_factory=dict)
    ledger: Ledger = field(default_factory=Ledger)
    subscriptions: Subscriptions = field(default_factory=Subscriptions)
    profile: Profile = field(default_factory=Profile)
    comments: Comments = field(default_factory=Comments)
    files: KeptFiles = field(default_factory=KeptFiles)
    personas: Personas = field(default_factory=Personas)
    access: Access = field(default_factory=Access)
    is_restricted: bool = False
    _permissions: dict[str, tuple[Person, one_time.Permission]] = field(default_factory=dict)

    def add_person(self, name: str, locale: str = "en_US", hours_ahead: float = 0) -> Person:
        """Let somebody come into the world. They have not turned to the Page yet."""
        psid = self.ids.person()
        person = Person(psid, name, Thread(self.page.id, psid))
        person.locale, person.hours_ahead = locale, hours_ahead
        self.people[psid] = person
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

    def subscribe(self, person: Person, card: RecurringCard, at: datetime) -> Subscription:
        """A token for many messages, until it ends or is stopped."""
        return self.subscriptions.opt_in(person.id, card, at, self.rules, self.ids)

    def renew(self, subscription: Subscription, at: datetime) -> Subscription:
        """Let a lasting permission go on, with the same token or a new one."""
        kept = self.habits.token == "kept"
        token = subscription.token if kept else self.ids.token()
        return self.subscriptions.renew(subscription, at, self.rules, token)

    def catch_up(self) -> None:
        """Let happen what was due by now. It is asked before every call, so it needs no timer."""
        for at, subscription in self.subscriptions.take_due(self.clock.now()):
            self.ask_again(subscription, at)

    def ask_again(self, subscription: Subscription, at: datetime) -> None:
        """Send Messenger's own card that asks whether a lasting permission shall go on."""
        person, card = self.people[subscription.psid], subscription.card
        if person.blocks_page:
            return
        at, mid = max(at, person.phone.entries[-1].at), self.ids.message()
        message = Message(ReoptinCard(card.title, subscription.token, card.image_url))
        person.phone.receive(at, mid, message, by_permission=False)
        self.ledger.asked_again.append(
            Accepted(mid, person.id, message.kind, None, subscription.token, at)
        )

    def receive(self, send: Send) -> Receipt:
        """Judge a send and deliver it, or raise Messenger's error."""
        now = self.clock.now()
        if self.is_restricted:
            raise refusal(PAGE_RESTRICTED)
        if send.by_hand and not self.page.human_agent:
            raise no_tags()
        if send.comment is not None and send.message is not None:
            return self._answer(send.comment, send.message, now)
        person, permission = self._addressed(send)
        if person.led_by:
            raise thread_of_another_app()
        judge(send, person, permission, now, self.rules)
        if send.message is None:
            return _show_sign(person, send, now)
        persona = self.personas.get(send.persona) if send.persona else None
        message = self.files.resolved(replace(send.message, persona=persona), now)
        if permission is not None:
            self._use(permission, now)
        return self._deliver(person, message, permission, now)

    def _answer(self, id: str, message: Message, now: datetime) -> Receipt:
        """The private reply to a comment."""
        is_request = isinstance(message.content, OptInCard | RecurringCard)
        comment = self.comments.judge(id, now, is_request)
        person = self.people[comment.person]
        if person.blocks_page:
            raise person_not_available()
        comment.is_answered = True
        return self._deliver(person, self.files.resolved(message, now), None, now)

    def _addressed(self, send: Send) -> tuple[Person, Permission | None]:
        """Who is to get it, and by which permission."""
        if send.psid is not None:
            if send.psid not in self.people:
                raise no_such_person()
            return self.people[send.psid], None
        if send.token in self._permissions:
            return self._permissions[send.token]
        subscription = self.subscriptions.get(send.recurring_token or "")
        if subscription is None:
            raise refused(Refusal.NO_PERMISSION)
        return self.people[subscription.psid], subscription.permission

    def _use(self, permission: Permission, now: datetime) -> None:
        """A one-time token is spent by its message even where the window would have allowed it."""
        if isinstance(permission, recurring.Permission):
            self.subscriptions.use(permission.id, now)
        else:
            person, _ = self._permissions[permission.id]
            self._permissions[permission.id] = (person, replace(permission, used=True))

    def _deliver(
        self, person: Person, message: Message, permission: Permission | None, now: datetime
    ) -> Receipt:
        mid, token = self.ids.message(), permission.id if permission else None
        message = message.on_phone_of(person.details)
        person.phone.receive(now, mid, message, by_permission=permission is not None)
        if isinstance(message.content, RecurringCard):
            person.asked.append(Asked(message.content.title, now))
        self.ledger.sends.append(
            Accepted(mid, person.id, message.kind, message.metadata, token, now)
        )
        return Receipt(
            person.id,
            mid,
            self._kept(message, now),
            echo=person.thread.echo(now, mid, message, self.page.app_id),
            delivery=person.thread.delivery(now, mid),
        )

    def _kept(self, message: Message, now: datetime) -> str | None:
        """The number of a file that is to be sent again."""
        content = message.content
        if not isinstance(content, Attachment) or not content.reusable:
            return None
        number = self.ids.attachment()
        self.files.keep(number, content.medium, content.url, now)
        return number


def _show_sign(person: Person, send: Send, now: datetime) -> Receipt:
    """A typing sign, a *seen* mark or a reaction: the phone shows it, but it has no id."""
    if send.reacts_to is not None:
        person.phone.show_reaction(send.reacts_to, send.reaction)
    elif send.sender_action == "mark_seen":
        person.phone.seen_at = now
    else:
        lasts = timedelta(seconds=limits.TYPING_SECONDS)
        person.phone.types_until = now + lasts if send.sender_action == "typing_on" else None
    return Receipt(person.id)
