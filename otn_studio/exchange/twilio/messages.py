"""Messages of ours for Twilio: a widget for each, and what there is to tap as words to write."""

from collections.abc import Callable, Iterator
from typing import Final

from otn_studio.blocks.answers import AnswerKind
from otn_studio.blocks.block import NEXT, Block, Group
from otn_studio.blocks.element import Element, Tappable
from otn_studio.blocks.elements.card import CardContent
from otn_studio.blocks.elements.media import Media
from otn_studio.blocks.elements.question import Question
from otn_studio.blocks.elements.quick_replies import PhoneOrEmail
from otn_studio.blocks.elements.typing_pause import TypingPause
from otn_studio.blocks.logic.wait_for_answer import WaitForAnswer
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.blocks.words import Words
from otn_studio.exchange.twilio.states import States, theirs

CONTACT: Final = {"from": "{{flow.channel.address}}", "to": "{{contact.channel.address}}"}
ASKER: Final = {"from": "{{flow.channel.address}}"}
A_DAY: Final = 24 * 60 * 60
TROUBLE: Final = ("could_not_send", "too_late")


class Messages:
    """``to`` tells which widget follows a block by one of its ways out."""

    def __init__(self, states: States, to: Callable[..., str | None]) -> None:
        self._states = states
        self._to = to

    def write(self, id: str, name: str, block: Block, notes: list[Words]) -> None:
        """All that a block sends; after the last of it, its answer is waited for."""
        assert isinstance(block, SendMessage)
        if block.by_topic:
            notes.append(Words("Twilio knows no permissions: it is sent like any other message."))
        shown = [(element, self._shown(element, notes)) for element in block.elements]
        sent = [(element, what) for element, what in shown if what]
        choices = [] if block.question else list(self._choices(id, block))
        names = [name, *(self._states.name(id) for _ in sent[1:])]
        if not sent:
            self._plain(name, {"body": " "}, id, self._to(id, NEXT.id))
        for index, (element, what) in enumerate(sent):
            own, last = names[index], index == len(sent) - 1
            if last and isinstance(element, Question):
                self._question(id, own, element, what, notes)
            elif last and choices:
                self._choose(id, own, what, choices, notes)
            else:
                self._plain(own, what, id, self._to(id, NEXT.id) if last else names[index + 1])

    def wait(self, id: str, name: str, block: Block, notes: list[Words]) -> None:
        """Twilio waits only after a message of its own."""
        assert isinstance(block, WaitForAnswer)
        notes.append(Words("Twilio waits for answers only after a message: it sends “…” before."))
        seconds = round(block.time.length.total_seconds())
        self._ask(id, name, {"body": "…"}, seconds, block.field, "no_answer")

    def _shown(self, element: Element, notes: list[Words]) -> dict[str, str]:
        """What becomes of an element; nothing where it has no words."""
        if element.kind.group is Group.PERMISSION:
            notes.append(Words("Twilio can’t ask for permissions; the request is left out."))
            return {}
        if isinstance(element, TypingPause):
            notes.append(Words("There are no pauses between its messages."))
            return {}
        if isinstance(element, Media):
            return {"body": " ", "media_url": element.url}
        return self._said(element, notes)

    def _said(self, element: Element, notes: list[Words]) -> dict[str, str]:
        lines, picture = [getattr(element, "text", "")], ""
        for _, part in element.parts():
            if isinstance(part, CardContent):
                lines += [part.title, part.subtitle]
                picture = picture or part.picture
            if isinstance(part, PhoneOrEmail):
                notes.append(Words("People’s own number or address can’t be offered to tap."))
            elif isinstance(part, Tappable) and getattr(part, "title", "") and part is not element:
                address = getattr(part, "url", "") or getattr(part, "phone", "")
                lines.append(f"{part.title}: {address}" if address else f"- {part.title}")
        body = "\n".join(line for line in lines if line.strip())
        return {
            "body": theirs(body, notes),
            **({"media_url": picture} if picture else {}),
        }

    def _choices(self, id: str, block: SendMessage) -> Iterator[tuple[str, str]]:
        """What can be tapped and leads on, with the widget that follows."""
        for port in block.ports():
            title = port.words.values.get("title", "")
            if "." in port.id and title and (to := self._to(id, port.id)):
                yield title, to

    def _plain(self, name: str, what: dict[str, str], id: str, next: str | None) -> None:
        leads = {"sent": next, "failed": self._to(id, *TROUBLE)}
        self._states.add(name, "send-message", leads, **CONTACT, **what)

    def _choose(
        self,
        id: str,
        name: str,
        what: dict[str, str],
        choices: list[tuple[str, str]],
        notes: list[Words],
    ) -> None:
        notes.append(Words("What could be tapped is written as an answer instead."))
        split = self._states.name(f"{id}_choice")
        leads = {"incomingMessage": split, "timeout": None, "deliveryFailure": None}
        what = {**what, "timeout": str(A_DAY)}
        self._states.add(name, "send-and-wait-for-reply", leads, **ASKER, **what)
        ways = [("equal_to", theirs(title, notes), to) for title, to in choices]
        answer = f"{{{{widgets.{name}.inbound.Body}}}}"
        self._states.split(split, answer, ways, self._to(id, NEXT.id))

    def _question(
        self, id: str, name: str, asked: Question, what: dict[str, str], notes: list[Words]
    ) -> None:
        if asked.answer is not AnswerKind.TEXT:
            notes.append(Words("Twilio takes any answer, whether it fits or not."))
        seconds = round(asked.time.length.total_seconds())
        self._ask(id, name, what, seconds, asked.field, asked.port_id("no_answer"))

    def _ask(
        self, id: str, name: str, what: dict[str, str], seconds: int, field: str, late: str
    ) -> None:
        """Send it and wait; the answer is kept where ours keeps it."""
        keep = self._states.name(f"{id}_kept") if field else None
        replied = self._to(id, NEXT.id)
        leads = {"incomingMessage": keep or replied, "timeout": self._to(id, late)}
        leads["deliveryFailure"] = self._to(id, *TROUBLE)
        what = {**what, "timeout": str(seconds)}
        self._states.add(name, "send-and-wait-for-reply", leads, **ASKER, **what)
        if keep:
            entry = {"key": field, "value": f"{{{{widgets.{name}.inbound.Body}}}}"}
            self._states.add(keep, "set-variables", {"next": replied}, variables=[entry])
