"""Small flows, and what the proof finds in them."""

from otn_studio.blocks.block import Block
from otn_studio.blocks.duration import Duration
from otn_studio.blocks.elements.text import Text
from otn_studio.blocks.finding import Severity
from otn_studio.blocks.logic.wait import Wait
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.checks.proof.findings import findings
from otn_studio.flow.document import Flow
from otn_studio.flow.project import Project
from otn_studio.policy.calendar import Frequency
from otn_studio.policy.profiles import Rules
from tests.builders import START, a_flow

ASKING = ("start > ask", "ask.card.opted_in > first")
WEEKLY = {"news": Frequency.WEEKLY}
CLASSIC = Rules()
ERROR, WARNING = Severity.ERROR, Severity.WARNING


def proved(*flows: Flow, rules: Rules = CLASSIC) -> list[tuple[str, str, Severity]]:
    """What the proof finds, as block, code and severity."""
    found = findings(Project.of(*flows, rules=rules))
    return [
        (f.block, f.code.removeprefix("policy_"), f.severity) for fs in found.values() for f in fs
    ]


def by(topic: str, text: str = "News") -> SendMessage:
    return SendMessage(elements=[Text(id="t", text=text)], by_topic=topic)


def wait(amount: int, unit: str) -> Wait:
    return Wait(for_=Duration(amount, unit))


def flow(*arrows: str, recurring: dict | None = None, id: str = "shop", **blocks: Block) -> Flow:
    return a_flow({"start": START, **blocks}, *arrows, recurring=recurring or {}, id=id)
