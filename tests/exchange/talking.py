"""What a flow says in a conversation, to compare it with another's."""

from collections.abc import Mapping

from otn_studio.blocks.duration import Duration
from otn_studio.blocks.event import Fetched
from otn_studio.blocks.outgoing import MediaMessage
from otn_studio.checks.conversations.hearing import text_of
from otn_studio.checks.conversations.script import Advance, Given, Me
from otn_studio.checks.conversations.session import Session
from otn_studio.flow.document import Flow
from otn_studio.flow.project import Project


def talk(flow: Flow, *deeds: str, answers: Mapping[str, Fetched] = {}) -> list[list[str]]:
    """What the bot says after each of these: something written, or ``+2 hours``."""
    session = Session(Project.of(flow), flow, Given(answers=answers))
    heard = []
    for line, deed in enumerate(deeds, start=1):
        waits = deed.startswith("+")
        session.take(Advance(line, Duration.read(deed[1:]).length) if waits else Me(line, deed))
        heard.append([_said(message) for message in session.said])
        session.said.clear()
    return heard


def _said(message: object) -> str:
    return message.url if isinstance(message, MediaMessage) else text_of(message)
