"""What only a question knows to be wrong with itself."""

from otn_studio.blocks.elements.question import AnswerChoice, Question
from otn_studio.blocks.elements.text import Text
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.flow.document import Flow
from otn_studio.policy import limits
from tests.builders import started
from tests.checks.cases import error


def asks(**more: object) -> Flow:
    return started(SendMessage(elements=[Question(id="q", text="Well?", **more)]))


def choices(*titles: str) -> Flow:
    made = [AnswerChoice(id=f"c{number}", title=title) for number, title in enumerate(titles)]
    return asks(answer="choice", choices=made)


def pattern(pattern: str, example: str) -> Flow:
    return asks(answer="pattern", pattern=pattern, example=example)


MANY = [str(number) for number in range(limits.QUICK_REPLIES + 1)]
LAST = SendMessage(elements=[Text(id="t", text="Hi"), Question(id="q", text="Well?")])
FIRST = SendMessage(elements=[Question(id="q", text="Well?"), Text(id="t", text="Hi")])

CASES = [
    error("question_not_last", started(FIRST), started(LAST), "it", "elements.0"),
    error("tries_out_of_range", asks(tries=0), asks(tries=1), "it", "elements.0.tries"),
    error("tries_out_of_range", asks(tries=11), asks(tries=10), "it", "elements.0.tries"),
    error("too_many_choices", choices(*MANY), choices(*MANY[1:]), "it", "elements.0.choices"),
    error(
        "choice_twice", choices("Yes", "YES"), choices("Yes"), "it", "elements.0.choices.1.title"
    ),
    error("broken_pattern", pattern("(", "a"), pattern("(a)", "a"), "it", "elements.0.pattern"),
    error(
        "example_does_not_fit", pattern("a+", "b"), pattern("a+", "aa"), "it", "elements.0.example"
    ),
]
