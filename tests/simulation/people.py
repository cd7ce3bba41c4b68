"""The people of a simulated world, and what they do by chance with what is on their phones."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from random import Random

from otn_studio.emulator import actions
from otn_studio.emulator.asking import OptInCard, RecurringCard, ReoptinCard
from otn_studio.emulator.errors import Problem
from otn_studio.emulator.events import Event
from otn_studio.emulator.people import Person
from otn_studio.emulator.world import World
from tests.simulation.agenda import Agenda
from tests.simulation.judging import Judging
from tests.simulation.messenger import Messenger
from tests.simulation.page import KEYWORDS, TOPICS
from tests.simulation.trace import Trace

DAY = timedelta(days=1)
SECONDS = (1, 5, 30, 110, 600, 7_200, 50_000)
"""How long somebody looks at a message before they answer it."""
ACTS = {
    "ask": 4,
    "talk": 5,
    "react": 1,
    "tap an old card": 2,
    "stop": 2,
    "resume": 4,
    "stop by words": 1,
    "go on": 1,
}
ASKED_AGAIN = (*TOPICS, "tip", "tip", "tip")
BLOCKS = 0.002
"""How likely it is that what somebody does is to block the Page."""
LASTING = [topic.name for topic in TOPICS.values() if topic.frequency]


@dataclass
class Crowd:
    """Everybody. ``lively`` is how likely somebody does something on a day."""

    world: World
    messenger: Messenger
    agenda: Agenda
    random: Random
    trace: Trace
    judging: Judging
    lively: float
    people: list[Person] = field(default_factory=list)
    is_resting: bool = False

    def come(self, count: int) -> None:
        """Within the first days everybody asks for every topic and for the course, and orders."""
        for number in range(count):
            person = self.world.add_person(f"Person {number}")
            self.people.append(person)
            for word in (*TOPICS, "course", "order"):
                self._later(2 * DAY, partial(self.write, person, word))

    def come_again(self) -> None:
        """Many ask for a topic once more."""
        for person in self.people:
            self._later(2 * DAY, partial(self.write, person, self.random.choice(ASKED_AGAIN)))

    def live_a_day(self) -> None:
        """Let some of them do something at some time of the next 24 hours."""
        for person in self.people:
            if self.random.random() < self.lively:
                self._later(DAY, partial(self._act, person))

    def see(self, person: Person) -> None:
        """A message has come: maybe it is answered, after a while."""
        if self.is_resting:
            return
        entry, draw = person.phone.entries[-1], self.random.random()
        assert entry.message is not None
        if isinstance(entry.content, OptInCard | RecurringCard) and draw < 0.9:
            self._after_a_look(partial(self.say_yes, person))
        elif isinstance(entry.content, ReoptinCard) and draw < 0.8:
            self._after_a_look(partial(self.go_on, person))
        elif entry.message.quick_replies and draw < 0.8:
            self._after_a_look(partial(self._tap_a_reply, person))
        elif draw < 0.04:
            self._after_a_look(partial(self.write, person, "nice"))
        elif draw < 0.08:
            self._after_a_look(partial(self._change_mind, person))

    def rest(self) -> None:
        """Do nothing any more."""
        self.is_resting = True

    # What they do

    def write(self, person: Person, text: str) -> None:
        self._open_window(person, actions.write, text)

    def say_yes(self, person: Person) -> None:
        """Tap the newest card that was not tapped yet."""
        try:
            card = person.phone.card(None).content
            (event,) = actions.notify_me(self.world, person)
        except Problem:
            return
        self.judging.said_yes(person.id, card, event)
        self._tell(person, event)

    def go_on(self, person: Person) -> None:
        """Tap the newest of Messenger's own cards, if it is still good for something."""
        try:
            card = person.phone.reoptin_card(None).content
            (event,) = actions.go_on(self.world, person)
        except Problem:
            return
        self.judging.went_on(card, event)
        self._tell(person, event, card.token)

    def switch(self, person: Person, title: str, *, stopped: bool) -> None:
        """Stop a topic in Messenger's settings, or let it go on."""
        act = actions.stop if stopped else actions.resume
        try:
            events = act(self.world, person, title)
        except Problem:
            return
        for event in events:
            self.judging.switched(event, stopped=stopped)
            self._tell(person, event)

    def _change_mind(self, person: Person) -> None:
        """Stop a topic, or all in words; and maybe take it back, sometimes at once. Or block it all."""
        title = self.random.choice(LASTING)
        draw = self.random.random()
        if draw < 0.03:
            self.block(person)
            return
        if draw < 0.3:
            self.write(person, "Stop!")
            return
        self.switch(person, title, stopped=True)
        if self.random.random() < 0.7:
            self._after_a_look(partial(self.switch, person, title, stopped=False))

    def block(self, person: Person) -> None:
        if not person.blocks_page:
            actions.block(self.world, person)
            self.judging.blocked(person.id)
            self.trace.note("block", person.id)

    def _act(self, person: Person) -> None:
        (act,) = self.random.choices(list(ACTS), ACTS.values())
        title = self.random.choice(LASTING)
        if self.random.random() < BLOCKS:
            act = "block"
        match act:
            case "ask":
                self.write(person, self.random.choice(list(TOPICS)))
            case "talk":
                self.write(person, self.random.choice(KEYWORDS))
            case "react":
                self._open_window(person, actions.react)
            case "tap an old card":
                self.say_yes(person)
            case "stop" | "resume":
                self.switch(person, title, stopped=act == "stop")
            case "stop by words":
                self.write(person, "Stop!")
            case "go on":
                self.go_on(person)
            case "block":
                self.block(person)

    def _tap_a_reply(self, person: Person) -> None:
        """Of the topics to stop, now and then all of them."""
        last = next(entry for entry in reversed(person.phone.entries) if entry.mid is not None)
        if last.message is not None and last.message.quick_replies:
            self._open_window(
                person, actions.tap, self.random.choice(last.message.quick_replies).payload
            )

    def _open_window(self, person: Person, act: Callable[..., list[Event]], *what: str) -> None:
        try:
            events = act(self.world, person, *what)
        except Problem:
            return
        for event in events:
            self.judging.acted(person.id, event)
            self._tell(person, event)

    def _tell(self, person: Person, event: Event, old_token: str = "") -> None:
        self.trace.note("act", *sorted(event), person.id)
        self.judging.posted(self.messenger.post(person.id, event), old_token)

    def _after_a_look(self, act: Callable[[], None]) -> None:
        self.agenda.put(timedelta(seconds=self.random.choice(SECONDS)), act)

    def _later(self, within: timedelta, act: Callable[[], None]) -> None:
        milliseconds = within // timedelta(milliseconds=1)
        self.agenda.put(timedelta(milliseconds=self.random.randrange(milliseconds)), act)
