from collections.abc import Iterator
from typing import Annotated

from otn_studio.blocks import answers, patterns
from otn_studio.blocks.answers import AnswerKind
from otn_studio.blocks.block import NEXT, Group, Kind, Option, Port, Role
from otn_studio.blocks.duration import Duration
from otn_studio.blocks.effect import Hears
from otn_studio.blocks.element import Element, Tappable
from otn_studio.blocks.finding import Finding, error
from otn_studio.blocks.liquid import VALUE_LIMIT
from otn_studio.blocks.lookup import Lookup
from otn_studio.blocks.outgoing import Choice, Detail, OwnDetail, QuickReply, TextMessage
from otn_studio.blocks.patterns import BrokenPattern
from otn_studio.blocks.turn import Heard, SetField, Step, Turn
from otn_studio.blocks.words import Words
from otn_studio.policy import limits

TRIES_AT_MOST = 10
OWN = {AnswerKind.EMAIL: Detail.EMAIL, AnswerKind.PHONE: Detail.PHONE}
ANSWERS = {
    "yes_no": "Yes or no",
    "choice": "One of some answers",
    "email": "E-mail address",
    "phone": "Phone number",
    "pattern": "What fits a pattern",
}


class AnswerChoice(Tappable):
    """One of the answers to choose from."""

    called = "Answer"

    title: Annotated[
        str, Option("Title", limit=limits.QUICK_REPLY_TITLE, required=True, said=True)
    ] = ""
    value: Annotated[str, Option("Kept as", help="Empty: its title", limit=VALUE_LIMIT)] = ""


class Question(Element):
    """Asks something, waits for the answer, and keeps it in a field.

    What the person writes goes to the question before it starts any flow. If it does not fit, they
    are asked again. It is the last part of its message.

    >>> from otn_studio.blocks.turn import Contact
    >>> from datetime import UTC, datetime
    >>> turn = Turn(datetime(2026, 11, 23, tzinfo=UTC), Contact("ann"))
    >>> question = Question(id="age", text="How old are you?", answer="number")
    >>> question.fitting(Heard("about 30"), turn), question.fitting(Heard(" 30 "), turn)
    (None, '30')
    """

    kind = Kind(
        "question",
        title="Question",
        group=Group.MESSAGE,
        icon="message-circle-question-mark",
        ports=(),
    )

    text: Annotated[str, Option("Question", limit=limits.TEXT, liquid=True, required=True)] = ""
    answer: Annotated[AnswerKind, Option("Takes for an answer", called=ANSWERS)] = AnswerKind.TEXT
    choices: Annotated[
        tuple[AnswerChoice, ...], Option("Answers", required=True, given=("answer", "choice"))
    ] = ()
    pattern: Annotated[
        str,
        Option(
            "Pattern",
            help="A regular expression for the whole answer, such as [A-Z]{2}-[0-9]+",
            required=True,
            given=("answer", "pattern"),
        ),
    ] = ""
    example: Annotated[
        str,
        Option(
            "For example", help="An answer that fits", required=True, given=("answer", "pattern")
        ),
    ] = ""
    field: Annotated[str, Option("Keep the answer in", refers_to="field")] = ""
    retry: Annotated[
        str,
        Option(
            "If it does not fit",
            help="Empty: the question again",
            limit=limits.TEXT,
            liquid=True,
        ),
    ] = ""
    tries: Annotated[int, Option("How often to ask at most")] = 3
    time: Annotated[Duration, Option("Wait at most")] = Duration(1, "day")

    def ports(self) -> tuple[Port, ...]:
        return (
            Port(self.port_id("no_answer"), Words("No answer in time"), Role.NEXT),
            Port(self.port_id("in_vain"), Words("No fitting answer"), Role.ANSWER),
        )

    def message(self, turn: Turn) -> TextMessage:
        return TextMessage(turn.render(self.text, limits.TEXT), self._replies())

    def heard(self, turn: Turn, heard: Heard) -> Step:
        """What comes of an answer."""
        value = self.fitting(heard, turn)
        if value is not None:
            return turn.go(NEXT.id, *([SetField(self.field, value)] if self.field else []))
        tries = heard.tries + 1
        if tries >= self.tries:
            return turn.go(self.port_id("in_vain"))
        text = turn.render(self.retry or self.text, limits.TEXT)
        return turn.send((TextMessage(text, self._replies()),), asks=True, tries=tries)

    def fitting(self, heard: Heard, turn: Turn) -> str | None:
        """The answer as it is kept; none where it does not fit."""
        match self.answer:
            case AnswerKind.CHOICE:
                return self._chosen(heard.text)
            case AnswerKind.PATTERN:
                text = heard.text.strip()
                return text if text and self._matches(text) else None
        return answers.kept(self.answer, heard, turn)

    def _chosen(self, text: str) -> str | None:
        title = answers.chosen(text, (choice.title for choice in self.choices))
        values = {choice.title: choice.value or choice.title for choice in self.choices}
        return None if title is None else values[title]

    def answer_behind(self, name: str) -> str | None:
        """The answer that a tap stands for."""
        return next((choice.title for choice in self.choices if choice.id == name), None)

    def hears(self) -> Hears:
        """What it waits for."""
        return Hears(
            NEXT.id,
            self._example(),
            self.time.length,
            self.port_id("no_answer"),
            self.port_id("in_vain"),
            tries=self.tries,
            field=self.field,
        )

    def findings(self, lookup: Lookup, path: str) -> Iterator[Finding]:
        if not 1 <= self.tries <= TRIES_AT_MOST:
            sentence = Words("Ask once at least, and {most} times at most.", most=TRIES_AT_MOST)
            yield error("tries_out_of_range", sentence, f"{path}tries")
        if self.answer is AnswerKind.CHOICE:
            yield from self._choices(path)
        if self.answer is AnswerKind.PATTERN and self.pattern:
            yield from self._pattern(path)

    def _choices(self, path: str) -> Iterator[Finding]:
        if len(self.choices) > limits.QUICK_REPLIES:
            yield error(
                "too_many_choices",
                Words(
                    "Messenger shows at most {limit} answers; these are {count}.",
                    limit=limits.QUICK_REPLIES,
                    count=len(self.choices),
                ),
                f"{path}choices",
            )
        for index, choice in enumerate(self.choices):
            others = (other.title for other in self.choices[:index])
            if choice.title and answers.chosen(choice.title, others) is not None:
                yield error(
                    "choice_twice",
                    Words("The answer “{title}” is there twice. Change one.", title=choice.title),
                    f"{path}choices.{index}.title",
                )

    def _pattern(self, path: str) -> Iterator[Finding]:
        try:
            fits = patterns.matches(self.example, self.pattern)
        except BrokenPattern as problem:
            sentence = Words("The pattern can’t be read: {problem}.", problem=str(problem))
            yield error("broken_pattern", sentence, f"{path}pattern")
            return
        if self.example and not fits:
            sentence = Words("The example does not fit the pattern. Change one of them.")
            yield error("example_does_not_fit", sentence, f"{path}example")

    def _replies(self) -> tuple[QuickReply, ...]:
        """Answers to tap: what there is to choose from, or the person's own number or address."""
        if self.answer in OWN:
            return (OwnDetail(OWN[self.answer]),)
        if self.answer is not AnswerKind.CHOICE:
            return ()
        return tuple(Choice(choice.title, self.port_id(choice.id)) for choice in self.choices)

    def _matches(self, text: str) -> bool:
        try:
            return patterns.matches(text, self.pattern)
        except BrokenPattern:
            return False

    def _example(self) -> str:
        match self.answer:
            case AnswerKind.CHOICE:
                return self.choices[0].title if self.choices else ""
            case AnswerKind.PATTERN:
                return self.example
        return answers.FITTING[self.answer]
