"""Random projects that make sense: every block type, no texts that differ from person to person."""

from dataclasses import replace
from random import Random

from otn_studio.blocks.actions.set_field import SetField
from otn_studio.blocks.block import Block, Role, Start
from otn_studio.blocks.comparing import Operator
from otn_studio.blocks.duration import Duration
from otn_studio.blocks.element import Element
from otn_studio.blocks.elements.buttons import Button, Buttons
from otn_studio.blocks.elements.otn_request import OtnRequest
from otn_studio.blocks.elements.picture import Picture
from otn_studio.blocks.elements.quick_replies import QuickReplies, QuickReply
from otn_studio.blocks.elements.recurring_request import RecurringRequest
from otn_studio.blocks.elements.text import Text
from otn_studio.blocks.field import Field, FieldType
from otn_studio.blocks.languages import said
from otn_studio.blocks.logic.condition import Condition, FieldTest, TagTest
from otn_studio.blocks.logic.go_to_flow import GoToFlow, Result
from otn_studio.blocks.logic.wait import Wait
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.blocks.start.announced import Announced
from otn_studio.blocks.start.another_flow import AnotherFlow
from otn_studio.blocks.start.comment import Comment
from otn_studio.blocks.start.default_reply import DefaultReply
from otn_studio.blocks.start.get_started import GetStarted
from otn_studio.blocks.start.ice_breaker import IceBreaker
from otn_studio.blocks.start.joined import Joined
from otn_studio.blocks.start.keyword import Keyword
from otn_studio.blocks.start.me_link import MeLink
from otn_studio.blocks.start.menu_entry import MenuEntry
from otn_studio.blocks.start.opted_in import OptedIn
from otn_studio.blocks.start.resumed import Resumed
from otn_studio.blocks.start.stopped import Stopped
from otn_studio.flow.document import Flow, Topic
from otn_studio.flow.project import Project
from otn_studio.policy.calendar import Frequency
from otn_studio.policy.profiles import Rules
from tests.checks.proof import drawing

ONE_TIME = ("shoes", "bread")
LASTING = {"news": Frequency.WEEKLY, "tips": Frequency.DAILY, "deals": Frequency.MONTHLY}
TOPICS = {
    **{id: Topic(id.capitalize()) for id in ONE_TIME},
    **{id: Topic(id.capitalize(), often) for id, often in LASTING.items()},
}
WAITS = (
    *("1 minute", "30 minutes", "5 hours", "23 hours", "24 hours", "25 hours"),
    *("2 days", "3 days", "7 days", "8 days", "15 days", "32 days", "100 days", "300 days"),
)
SUB_FLOW, SEQUENCE = "sub", "course"
FIELDS = {"size": Field("Size"), "mood": Field("Mood"), "age": Field("Age", FieldType.NUMBER)}
OPERATORS = (
    *(Operator.IS, Operator.IS_NOT, Operator.IS_SET, Operator.MORE_THAN, Operator.HAS_PATTERN),
)
SET_TO = ("1", "2", "3", "{{ contact.size }}", "{{ contact.mood | append: '!' }}")
"""What fields are set to: some of it does not fit where a number is kept."""


def project(random: Random, rules: Rules, most_blocks: int = 30) -> Project:
    """One to three flows, of which the last can be gone to from the others; and a sequence."""
    count = random.choice((1, 1, 2, 3))
    flows = [_flow(random, f"flow{n}", most_blocks // count, n) for n in range(count)]
    if count > 1:
        flows[-1] = _as_sub_flow(flows[-1])
    if random.random() < 0.4:
        flows.append(_as_sequence(_flow(random, SEQUENCE, most_blocks // 2, count)))
    return Project.of(*flows, rules=rules)


def _flow(random: Random, id: str, most_blocks: int, number: int) -> Flow:
    starts = [_start(random, number) for _ in range(random.choice((1, 1, 2, 3)))]
    size = random.randint(2, max(3, most_blocks - len(starts)))
    others = [_block(random) for _ in range(size)]
    blocks = {f"b{index}": block for index, block in enumerate([*starts, *others])}
    return Flow(
        id,
        id.capitalize(),
        topics=TOPICS,
        fields=FIELDS,
        blocks=blocks,
        connections=_connections(random, blocks, len(starts)),
        language="en",
        translations={"de": _translations(random, blocks)} if random.random() < 0.3 else {},
    )


def _translations(random: Random, blocks: dict[str, Block]) -> dict[str, dict[str, str]]:
    """Texts of which some are longer than what they translate, and some empty for most people."""
    texts = ("Kurz", "Was denn?", "Lang " * 60, "{{ contact.nothing }}")
    return {
        id: {text.way: random.choice(texts) for text in said(block) if random.random() < 0.7}
        for id, block in blocks.items()
        if random.random() < 0.5
    }


def _as_sequence(flow: Flow) -> Flow:
    """What begins for whoever is put on it, and for nobody else."""
    starts = [id for id, block in flow.blocks.items() if isinstance(block, Start)]
    blocks = {id: Joined() if id == starts[0] else block for id, block in flow.blocks.items()}
    connections = {id: ports for id, ports in flow.connections.items() if id not in starts[1:]}
    return replace(
        flow,
        blocks={id: block for id, block in blocks.items() if id not in starts[1:]},
        connections=connections,
    )


def _as_sub_flow(flow: Flow) -> Flow:
    blocks = {
        id: SendMessage(elements=[Text(id="t", text="Inside")]) if isinstance(b, GoToFlow) else b
        for id, b in flow.blocks.items()
    }
    blocks["in"] = AnotherFlow()
    first = next(id for id, block in blocks.items() if not isinstance(block, Start))
    return replace(
        flow, id=SUB_FLOW, blocks=blocks, connections={**flow.connections, "in": {"next": first}}
    )


def _connections(
    random: Random, blocks: dict[str, Block], starts: int
) -> dict[str, dict[str, str]]:
    ids = list(blocks)
    targets = ids[starts:]
    found: dict[str, dict[str, str]] = {}
    for index, (id, block) in enumerate(blocks.items()):
        onwards = ids[max(index + 1, starts) :]
        for port in block.ports():
            rescue = port.role is Role.RESCUE
            if random.random() < (0.5 if rescue else 0.15):
                continue
            lets_pass = isinstance(block, Wait) or port.role is Role.CHOICE
            back = lets_pass and random.random() < 0.15
            choices = targets if back else onwards[:4]
            if choices:
                found.setdefault(id, {})[port.id] = random.choice(choices)
    return found


def _start(random: Random, number: int) -> Block:
    topic = random.choice(list(TOPICS))
    lasting = random.choice(list(LASTING))
    return random.choice(
        (
            *(Keyword(keywords=(f"word{number}{n}",)) for n in range(3)),
            Keyword(match="contains", keywords=(f"word{number}0",)),
            *(GetStarted(), DefaultReply(), MeLink(ref=f"ref{number}")),
            *(MenuEntry(text="Menu"), IceBreaker(question="Well?"), Comment(), Comment()),
            *(Announced(topic=topic), OptedIn(topic=topic)),
            *(Stopped(topic=lasting), Resumed(topic=lasting)),
        )
    )


def _block(random: Random) -> Block:
    kind = random.choices(
        ("say", "topic", "ask", "wait", "condition", "set", "go", "more"), (6, 3, 4, 5, 2, 1, 1, 6)
    )[0]
    match kind:
        case "say":
            return SendMessage(elements=[_said(random)])
        case "topic":
            text = "x" * random.choice((5, 5, 300))
            topic = random.choice(list(TOPICS))
            return SendMessage(elements=[Text(id="t", text=text)], by_topic=topic)
        case "ask":
            return SendMessage(elements=[_asked(random)])
        case "wait":
            return Wait(for_=Duration.read(random.choice(WAITS)))
        case "condition":
            return Condition(tests=[_test(random)])
        case "more":
            return drawing.block(random, list(TOPICS), SEQUENCE)
        case "set":
            return SetField(
                field=random.choice(("size", "mood", "age")), value=random.choice(SET_TO)
            )
    results = [Result(id="bought", name="Bought")] if random.random() < 0.5 else []
    return GoToFlow(flow=SUB_FLOW, results=results)


def _said(random: Random) -> Element:
    replies = [QuickReply(id="yes", title="Yes"), QuickReply(id="no", title="No")]
    buttons = [Button(id="go", title="Go"), Button(id="stay", title="Stay")]
    return random.choice(
        (
            *(Text(id="t", text="Hello"), Text(id="t", text="Bye")),
            Picture(id="p", url="https://example.com/shoe.jpg"),
            QuickReplies(id="q", text="Well?", replies=replies),
            Buttons(id="b", text="Well?", buttons=buttons),
        )
    )


def _asked(random: Random) -> Element:
    topic = random.choice(list(TOPICS))
    if topic in ONE_TIME:
        return OtnRequest(id="card", topic=topic, title="Shall we write?")
    return RecurringRequest(id="card", topic=topic, title=f"{topic} {random.choice('ab')}")


def _test(random: Random) -> FieldTest | TagTest:
    if random.random() < 0.2:
        return TagTest(tag="vip", has=random.random() < 0.5)
    operator = random.choice(OPERATORS)
    field = random.choice(("size", "mood"))
    value = random.choice("123")
    if operator is Operator.HAS_PATTERN and random.random() < 0.5:
        value = "^[12]"  # nobody knows beforehand who fits it
    return FieldTest(field=field, operator=operator, value=value)
