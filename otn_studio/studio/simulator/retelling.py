"""The story of a finding, as something to go through and to go on from."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from otn_studio.blocks import story as stories
from otn_studio.blocks.story import Story
from otn_studio.checks.conversations import script
from otn_studio.checks.conversations.script import Advance, Deed, Given
from otn_studio.checks.conversations.session import Session, WentOtherwise
from otn_studio.flow.document import Flow
from otn_studio.flow.project import Project

Retold = tuple[Given, tuple[Deed, ...]]


def retold(project: Project, flow: Flow, story: Story) -> Retold:
    """Who it happens to, and what they do; as far as it can be done with this flow."""
    person, rules = story.person, project.rules
    given = Given(
        now=story.begins_at,
        zone=rules.zone,
        rules=rules.profile.name,
        country=rules.country,
        fields={key: value for key, value in person.fields.items() if value is not None},
        tags=tuple(tag for tag, worn in person.tags.items() if worn),
        answers={block: answer for (id, block), answer in person.outcomes.items() if id == flow.id},
    )
    session = Session(project, flow, given)
    deeds: list[Deed] = []
    try:
        for deed in _deeds(session, story):
            session.take(deed)
            deeds.append(deed)
    except WentOtherwise:
        return given, tuple(deeds)
    return given, tuple(deeds)


def _deeds(session: Session, story: Story) -> Iterator[Deed]:
    """Each as the conversation stands when it is asked for."""
    stage = session.stage
    for moment in story.moments:
        while not stage.can(moment.act) and (due := stage.next_step_at()) is not None:
            yield Advance(1, due)
        if moment.pause > timedelta(0):
            yield Advance(1, stage.now + moment.pause)
        if (deed := _deed(session, moment.act)) is None:
            return
        yield deed
    if story.ends_at > stage.now:
        yield Advance(1, _whole_minute_after(story.ends_at))


def _deed(session: Session, act: stories.Act) -> Deed | None:
    """The same as somebody does it here; none: nobody can."""
    match act:
        case stories.Write():
            return script.Me(1, "Hello?")
        case stories.React():
            return script.React(1, "❤")
        case stories.Given(topic):
            return script.Agree(1, topic)
        case stories.Answer(text=text):
            return script.Me(1, text)
        case stories.Begin(flow, block) if flow == session.flow.id:
            return script.Start(1, block)
        case stories.Tap():
            shown = session.buttons
            return next(
                (script.TapOn(1, a) for a in shown.addresses() if shown.find(a) == act), None
            )
        case stories.SayYes():
            asked = session.requests
            return next((script.Yes(1, a) for a in asked.addresses() if asked.find(a) == act), None)
        case stories.Stop(topic):
            return script.ChangeOfMind(1, topic, True)
        case stories.Resume(topic):
            return script.ChangeOfMind(1, topic, False)
    return None


def _whole_minute_after(at: datetime) -> datetime:
    """What is late by seconds in the story has come by then."""
    return at.replace(second=0, microsecond=0) + timedelta(minutes=1)
