"""A conversation that was played, as one that can be played again."""

from collections.abc import Iterable, Mapping, Sequence

from otn_studio.blocks.outgoing import Message
from otn_studio.blocks.turn import Notify
from otn_studio.checks.conversations.hearing import text_of, titles
from otn_studio.checks.conversations.script import (
    Advance,
    Bot,
    Conversation,
    Deed,
    Expected,
    Facts,
    Given,
    Step,
)
from otn_studio.checks.conversations.session import Session
from otn_studio.checks.conversations.writing import said_as
from otn_studio.flow.document import Flow
from otn_studio.flow.project import Project


def recorded(
    project: Project, flow: Flow, name: str, given: Given, deeds: Sequence[Deed]
) -> Conversation:
    """What happens, with all that the bot says to it, and what is so in the end.

    Raises:
        WentOtherwise: one of the deeds can't be done.
    """
    session = Session(project, flow, given)
    before = session.usable()
    steps: list[Step] = []
    for deed in deeds:
        session.take(deed)
        said, session.said = session.said, []
        steps.append(deed)
        if said or isinstance(deed, Advance):
            steps.append(Bot(1, tuple(map(_expected, said))))
    facts = _facts(session, given, before)
    if facts != Facts(1):
        steps.append(facts)
    return Conversation(1, name, given, tuple(steps))


def _expected(message: Message) -> Expected:
    return Expected(1, said_as(text_of(message)), titles(message) or None)


def _facts(session: Session, given: Given, before: Iterable[str]) -> Facts:
    """What has changed."""
    stage = session.stage
    contact, worn = stage.contact, stage.contact.tags
    told = tuple(done.deed.to for done in stage.done if isinstance(done.deed, Notify))
    tags = sorted(worn ^ set(given.tags))
    held = dict.fromkeys((*before, *(one.topic for one in stage.permissions.all())))
    return Facts(
        1,
        _changed(given.fields, {key: contact.known(key) for key in contact.fields}),
        {tag: tag in worn for tag in tags if tag == tag.strip() and not tag.startswith("!")},
        _changed(given.page, stage.page.values),
        {_called(session, topic): topic in session.usable() for topic in held},
        told or None,
        True if session.is_handed_over else None,
    )


def _changed(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, str]:
    """What is new or another, and what is gone."""
    keys = dict.fromkeys((*after, *before))
    both = {key: (before.get(key) or "", after.get(key) or "") for key in keys}
    return {key: now for key, (then, now) in both.items() if then != now}


def _called(session: Session, topic: str) -> str:
    """A topic by its name, where that says which."""
    known = session.project.topic(topic)
    return known.name if known and session.topic(known.name) == topic else topic
