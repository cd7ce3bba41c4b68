"""The inputs of Typebot as questions: the last text before them is what they ask."""

from collections.abc import Callable, Mapping
from typing import Final

from otn_studio.blocks.answers import AnswerKind
from otn_studio.blocks.comparing import Operator
from otn_studio.blocks.elements.question import AnswerChoice, Question
from otn_studio.blocks.logic.condition import Condition, FieldTest
from otn_studio.blocks.words import Words
from otn_studio.exchange.making import Making, as_dict, as_text
from otn_studio.exchange.typebot.bot import Block, Item
from otn_studio.exchange.typebot.narrowing import narrowed
from otn_studio.exchange.typebot.texts import Texts
from otn_studio.policy import limits

RATING: Final = "rating input"
KINDS: Final[Mapping[str, AnswerKind]] = {
    "text input": AnswerKind.TEXT,
    "number input": AnswerKind.NUMBER,
    "email input": AnswerKind.EMAIL,
    "url input": AnswerKind.PATTERN,
    "date input": AnswerKind.DATE,
    "time input": AnswerKind.TIME,
    "phone number input": AnswerKind.PHONE,
    "file input": AnswerKind.FILE,
    RATING: AnswerKind.CHOICE,
    "choice input": AnswerKind.CHOICE,
    "picture choice input": AnswerKind.CHOICE,
}
CHOICES: Final = frozenset({"choice input", "picture choice input"})
TRIES: Final = 10
STARS: Final = 10
WEB: Final = "https?://\\S+"


def question(block: Block, text: str, texts: Texts, making: Making, notes: list[Words]) -> Question:
    """What an input asks, with the text before it."""
    kind = KINDS[block.type]
    field = texts.variable(block.options.get("variableId"))
    if not field and any(item.edge for item in block.items):
        field = making.field(f"answer_{block.id}", "Answer")
    retry = as_text(block.options.get("retryMessageContent"))
    notes += narrowed(block)
    is_web = kind is AnswerKind.PATTERN
    return Question(
        id="question",
        text=_with_labels(text or "…", block, texts, notes),
        answer=kind,
        choices=_choices(block, texts, notes) if kind is AnswerKind.CHOICE else (),
        pattern=WEB if is_web else "",
        example="https://example.com" if is_web else "",
        field=field,
        retry=texts.ours(retry, notes),
        tries=TRIES,
    )


def ratings(block: Block) -> range:
    """The numbers to choose from. Unless it is said otherwise they begin with 0, stars with 1."""
    length, start = block.options.get("length"), block.options.get("startsAt")
    most = length if type(length) is int and 1 <= length <= STARS else STARS
    if as_text(block.options.get("buttonType")) == "Icons":
        return range(1, most + 1)
    least = start if type(start) is int and 0 <= start <= most else 0
    return range(least, most + 1)


def _with_labels(text: str, block: Block, texts: Texts, notes: list[Words]) -> str:
    """What the lowest and the highest rating mean stands below the question."""
    if block.type != RATING:
        return text
    labels = as_dict(block.options.get("labels"), f"{block.where}/options/labels")
    numbers = ratings(block)
    ends = zip((numbers[0], numbers[-1]), ("left", "right"), strict=True)
    said = {n: texts.ours(as_text(labels.get(side)), notes) for n, side in ends}
    meant = ", ".join(f"{n}: {words}" for n, words in said.items() if words)
    return f"{text}\n{meant}" if meant else text


def _choices(block: Block, texts: Texts, notes: list[Words]) -> tuple[AnswerChoice, ...]:
    if block.type == RATING:
        return tuple(AnswerChoice(id=f"a{n}", title=str(n)) for n in ratings(block))
    if block.options.get("isMultipleChoice"):
        notes.append(Words("People choose one answer, not several."))
    if block.options.get("dynamicVariableId"):
        notes.append(Words("Its answers came from a list; write them here."))
    if block.type == "picture choice input":
        notes.append(Words("The answers are shown without their pictures."))
    if len(block.items) > limits.QUICK_REPLIES:
        notes.append(Words("Messenger shows at most {limit} answers.", limit=limits.QUICK_REPLIES))
    return tuple(
        _choice(item, number, texts, notes) for number, item in enumerate(block.items, start=1)
    )


def _choice(item: Item, number: int, texts: Texts, notes: list[Words]) -> AnswerChoice:
    said = title_of(item)
    if "{{" in said:
        notes.append(Words("Answers to tap are the same for everybody; nothing is filled in."))
    title = said
    if len(said) > limits.QUICK_REPLY_TITLE:
        title = said[: limits.QUICK_REPLY_TITLE - 1].rstrip() + "…"
        notes.append(
            Words("Answers to tap are shortened to {n} letters.", n=limits.QUICK_REPLY_TITLE)
        )
    if as_dict(item.values.get("displayCondition"), item.where).get("isEnabled"):
        notes.append(Words("An answer that was shown to some people only is shown to all."))
    return AnswerChoice(id=f"a{number}", title=title, value="" if title == said else said)


def title_of(item: Item) -> str:
    """What an answer says."""
    values = item.values
    return (as_text(values.get("content")) or as_text(values.get("title"))).strip() or "…"


def ways(
    block: Block,
    asked: Question,
    answered: tuple[str, str],
    making: Making,
    lead: Callable[[tuple[str, str], str], None],
) -> tuple[str, str]:
    """Answers that lead elsewhere are told apart behind the question; the way that is left over."""
    way = answered
    for item in block.items if block.type in CHOICES else ():
        if item.edge:
            test = FieldTest(field=asked.field, operator=Operator.IS, value=title_of(item))
            id = making.add(Condition(tests=[test]), title_of(item))
            making.connect(way, id)
            lead((id, "yes"), item.edge)
            way = (id, "no")
    return way
