from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from typing import Annotated

from otn_studio.blocks import liquid
from otn_studio.blocks.block import NEXT, Block, Group, Kind, Option, Port, Role
from otn_studio.blocks.effect import Sends, field_subject
from otn_studio.blocks.element import AnyElement, Element
from otn_studio.blocks.elements.question import Question
from otn_studio.blocks.elements.quick_replies import QuickReplies
from otn_studio.blocks.elements.typing_pause import TypingPause
from otn_studio.blocks.finding import Finding, error, warning
from otn_studio.blocks.liquid import BrokenText, Length
from otn_studio.blocks.lookup import Lookup
from otn_studio.blocks.turn import Heard, Sent, Step, Told, Turn
from otn_studio.blocks.words import Words
from otn_studio.policy import limits

ANSWERED = Port(NEXT.id, Words("Answered"), Role.ANSWER)
RESCUES = (
    Port("too_late", Words("Too late"), Role.RESCUE),
    Port("could_not_send", Words("Could not send"), Role.RESCUE),
)


class SendMessage(Block):
    """Sends one or more messages, each made of an element, in their order.

    *In the conversation* needs the 24-hour window that the person opens whenever they write. *By a
    topic’s permission* works at any time, and uses up one yes for one message. Where a message
    can’t be sent, the conversation goes on by *Too late* or *Could not send* instead of *Next*.

    >>> from otn_studio.blocks.elements.text import Text
    >>> str(SendMessage(elements=[Text(id="hi", text="Hello!")]).label())
    'Send Message'
    """

    kind = Kind(
        "send_message",
        title="Send Message",
        group=Group.MESSAGE,
        icon="send",
        ports=(NEXT, *RESCUES),
    )

    elements: Annotated[tuple[AnyElement, ...], Option("Messages", required=True)] = ()
    by_topic: Annotated[
        str,
        Option(
            "Send as",
            help="Empty: in the conversation. A topic: by the person’s permission for it.",
            refers_to="topic",
        ),
    ] = ""

    def ports(self) -> tuple[Port, ...]:
        own = tuple(port for element in self.elements for port in element.ports())
        onwards = (ANSWERED if self.question else NEXT,)
        return (*onwards, *own, *RESCUES) if self.question else (*own, *onwards, *RESCUES)

    @cached_property
    def question(self) -> Question | None:
        """What it waits for an answer to, once its messages are out."""
        last = self.elements[-1] if self.elements else None
        return last if isinstance(last, Question) else None

    def pauses(self) -> bool:
        return self.question is not None

    def step(self, turn: Turn) -> Step:
        messages = [element.message(turn) for element in self.elements]
        return turn.send(tuple(messages), self.by_topic, asks=self.question is not None)

    def told(self, turn: Turn, what: Told) -> Step:
        question = self.question
        assert question is not None
        if isinstance(what, Heard):
            return question.heard(turn, what)
        assert isinstance(what, Sent)
        return turn.listen(question.time.length, question.port_id("no_answer"), what.tries)

    def answer_behind(self, port: str) -> str | None:
        id, _, name = port.partition(".")
        asked = self.question is not None and self.question.id == id
        return self.question.answer_behind(name) if asked else None

    def words_behind(self, port: str) -> str | None:
        quick = (element for element in self.elements if isinstance(element, QuickReplies))
        return next((said for one in quick if (said := one.words_behind(port)) is not None), None)

    def effect(self) -> Sends:
        asks = tuple(asked for element in self.elements if (asked := element.asks()))
        answers = self.elements[-1].answers() if self.elements else ()
        lengths = [_length(element) for element in self.elements]
        longest = max((length.most for length in lengths), default=0)
        empty = not lengths or any(length.least == 0 for length in lengths)
        hears = self.question.hears() if self.question else None
        single = len(self.elements) == 1 and not asks and self.elements[0].is_message
        sets = frozenset(field_subject(key) for element in self.elements for key in element.keeps())
        return Sends(
            self.by_topic, longest, empty, asks, answers, hears=hears, single=single, sets=sets
        )

    def findings(self, lookup: Lookup) -> Iterator[Finding]:
        yield from self._double_ids()
        if self.by_topic and len(self.elements) > 1:
            yield error(
                "one_message_per_permission",
                Words(
                    "A permission is good for one message, and this block sends {count}. Keep one,"
                    " and let the rest follow when the person answers.",
                    count=len(self.elements),
                ),
                "elements",
            )
        for index, element in enumerate(self.elements):
            path = f"elements.{index}."
            yield from self._request(element)
            yield from element.findings(lookup, path)
            if isinstance(element, TypingPause) and index == len(self.elements) - 1:
                yield warning(
                    "typing_last",
                    Words("Nothing comes after this typing pause. Move it up, or remove it."),
                    path.rstrip("."),
                )
            if isinstance(element, Question) and element is not self.question:
                yield error(
                    "question_not_last",
                    Words("What follows would not wait for the answer. Put the question last."),
                    path.rstrip("."),
                )
            if isinstance(element, QuickReplies) and index < len(self.elements) - 1:
                yield warning(
                    "quick_replies_not_last",
                    Words(
                        "These quick replies vanish when the next message arrives. Put them last."
                    ),
                    path + "replies",
                )

    def _double_ids(self) -> Iterator[Finding]:
        elements = Counter(element.id for element in self.elements)
        ports = Counter(port.id for port in self.ports())
        if any(count > 1 for count in (*elements.values(), *ports.values())):
            yield error(
                "double_id",
                Words("Two parts of this block share an id. Remove one and add it anew."),
                "elements",
            )

    def _request(self, element: Element) -> Iterator[Finding]:
        if element.kind.group is Group.PERMISSION and self.by_topic:
            yield error(
                "request_by_permission",
                Words(
                    "Asking for permission needs the 24-hour window. Send it in the conversation."
                ),
                "by_topic",
            )


def _length(element: Element) -> Length:
    """How long its text can get for anybody; what has no text is never empty."""
    text = getattr(element, "text", getattr(element, "title", ""))
    needed = [
        value for _, option, value in element.filled_in() if option.liquid and option.required
    ]
    try:
        least = min((liquid.length(value).least for value in needed), default=1)
        most = liquid.length(text).most
    except BrokenText:
        return Length(0, limits.TEXT)
    return Length(least, limits.TEXT if most is None else min(most, limits.TEXT))
