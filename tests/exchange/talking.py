"""What a flow says in a conversation, to compare it with another's."""

from collections.abc import Iterable, Mapping

from otn_studio.blocks.duration import Duration
from otn_studio.blocks.event import Fetched
from otn_studio.blocks.outgoing import MediaMessage
from otn_studio.checks.conversations.hearing import text_of
from otn_studio.checks.conversations.script import Advance, Deed, Given, Me, Start
from otn_studio.checks.conversations.session import Session
from otn_studio.flow.document import Flow
from otn_studio.flow.project import Project
from tests.builders import NOW

NOTHING: Mapping[str, Fetched] = {}


def answered(block: str, body: str, status: int = 200) -> dict[str, Fetched]:
    """What another program answers to a block's request."""
    return {block: Fetched(NOW, 0, status=status, body=body)}


def talk(
    flow: Flow,
    *deeds: str,
    answers: Mapping[str, Fetched] = NOTHING,
    beside: Project | None = None,
) -> list[list[str]]:
    """What the bot says after each of these: something written, or ``+2 hours``."""
    return _heard(flow, _deeds(deeds), answers, beside or Project.of(flow))


def begin(
    flow: Flow, start: str, *deeds: str, answers: Mapping[str, Fetched] = NOTHING
) -> list[list[str]]:
    """The same, after what a start of the flow answers has happened."""
    return _heard(flow, [Start(1, start), *_deeds(deeds)], answers, Project.of(flow))


def _deeds(deeds: Iterable[str]) -> list[Deed]:
    return [
        Advance(1, Duration.read(deed[1:]).length) if deed.startswith("+") else Me(1, deed)
        for deed in deeds
    ]


def _heard(
    flow: Flow, deeds: Iterable[Deed], answers: Mapping[str, Fetched], project: Project
) -> list[list[str]]:
    session = Session(project, flow, Given(answers=answers))
    heard = []
    for deed in deeds:
        session.take(deed)
        heard.append([_said(message) for message in session.said])
        session.said.clear()
    return heard


def _said(message: object) -> str:
    return message.url if isinstance(message, MediaMessage) else text_of(message)
