"""A conversation with the interpreter alone, written out and read back between every two steps."""

from datetime import UTC, datetime, timedelta
from typing import Any

from otn_studio.blocks import event as events
from otn_studio.blocks.event import Event
from otn_studio.blocks.outgoing import Choice, Message, OptInCard, PrivateReply
from otn_studio.blocks.turn import Contact, Request
from otn_studio.flow import writing
from otn_studio.flow.document import Flow
from otn_studio.interpreter import interpreter
from otn_studio.interpreter.conversation import Conversation
from otn_studio.interpreter.effects import FetchAnswer, Note, SendMessages, StartTimer, StopTimer
from otn_studio.interpreter.program import LivePrograms, Program
from otn_studio.interpreter.reply import Reply

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class Talk:
    """One person, and a host that sends at once and keeps timers in a dictionary."""

    def __init__(self, *flows: Flow, now: datetime = MONDAY) -> None:
        self.now = now
        self.programs = LivePrograms()
        self.publish(*flows)
        self.contact = Contact("ann")
        self.saved = Conversation().to_text()
        self.timers: dict[int, datetime] = {}
        self.received: list[Message] = []
        self.rights: list[PrivateReply | None] = []
        self.notes: list[str] = []
        self.refusal: events.NotSent | None = None
        self.replies: dict[str, Reply] = {}
        self.requests: dict[int, Request] = {}

    def publish(self, *flows: Flow, version: int = 1) -> None:
        compiled = [Program.compile(version, writing.to_text(flow)) for flow in flows]
        self.programs.set_live(compiled)

    def write(self, text: str) -> "Talk":
        return self.happens(events.Wrote(self.now, text))

    def tap(self, title: str) -> "Talk":
        return self.happens(events.Tapped(self.now, str(self.replies[title])))

    def opt_in(self, title: str, permission: str = "t-1") -> "Talk":
        return self.happens(events.OptedIn(self.now, str(self.replies[title]), permission))

    def wait(self, **time: float) -> "Talk":
        """Let time pass, and every timer go off in its turn."""
        until = self.now + timedelta(**time)
        while due := sorted((at, ticket) for ticket, at in self.timers.items() if at <= until):
            self.now, ticket = due[0]
            del self.timers[ticket]
            self.happens(events.Woke(self.now, ticket))
        self.now = until
        return self

    def refuse(self, too_late: bool) -> "Talk":
        """From now on, no message goes out."""
        self.refusal = events.NotSent(self.now, 0, "too_late" if too_late else "used", too_late)
        return self

    def happens(self, event: Event) -> "Talk":
        waiting = [event]
        while waiting:
            before = Conversation.from_text(self.saved)
            sprint = interpreter.handle(
                self.programs, before, self.contact, waiting.pop(0), self.now
            )
            self.saved, self.contact = sprint.conversation.to_text(), sprint.contact
            for effect in sprint.effects:
                match effect:
                    case StartTimer(ticket, due_at):
                        self.timers[ticket] = due_at
                    case StopTimer(ticket):
                        self.timers.pop(ticket, None)
                    case Note(words=words):
                        self.notes.append(str(words))
                    case FetchAnswer(ticket=ticket, request=request):
                        self.requests[ticket] = request
                    case SendMessages():
                        waiting.append(self._send(effect))
        return self

    def fetched(self, **answer: Any) -> "Talk":
        """Another program has answered what it was asked last."""
        ticket, _ = self.requests.popitem()
        return self.happens(events.Fetched(self.now, ticket, **answer))

    def texts(self) -> list[str]:
        """What was received, by its text, and forgotten."""
        texts = [getattr(m, "text", getattr(m, "title", "")) for m in self.received]
        self.received.clear()
        return texts

    def _send(self, effect: SendMessages) -> Event:
        self.rights.append(effect.reply)
        if self.refusal is not None:
            return events.NotSent(
                self.now, effect.ticket, self.refusal.reason, self.refusal.too_late
            )
        place = (effect.flow, effect.version, effect.block)
        for message in effect.messages:
            self.received.append(message)
            choices = getattr(message, "quick_replies", getattr(message, "buttons", ()))
            for choice in choices:
                if isinstance(choice, Choice):
                    self.replies[choice.title] = Reply(*place, choice.port)
            if isinstance(message, OptInCard):
                self.replies[message.title] = Reply(*place, message.port, message.topic)
        return events.Delivered(self.now, effect.ticket)
