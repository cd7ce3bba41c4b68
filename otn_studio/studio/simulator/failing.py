"""Why a test failed, and where in its conversation that was."""

from datetime import datetime

from otn_studio.checks.conversations import script
from otn_studio.checks.conversations.playing import Result
from otn_studio.checks.conversations.script import Bot, Deed, Facts
from otn_studio.flow.document import Flow
from otn_studio.studio.panel.fields import label
from otn_studio.studio.phone import times
from otn_studio.studio.words import _, shown


def told(flow: Flow, result: Result) -> str:
    """In one sentence, with what had happened before it; nothing where it did not fail."""
    if result.failure is None:
        return ""
    problem = shown(result.failure.words)
    match _last_deed(result):
        case None:
            return problem
        case script.Advance(time=datetime() as until):
            return _("On {time}: {problem}", time=times.full(until), problem=problem)
        case script.Advance(time=passed):
            return _("After {time}: {problem}", time=times.in_words(passed), problem=problem)
        case deed:
            return _("After “{words}”: {problem}", words=_said(flow, deed), problem=problem)


def _last_deed(result: Result) -> Deed | None:
    """The one before the line that failed; the very last, where something came after all of them."""
    conversation, line = result.conversation, result.failure.line
    came_at_the_end = line == conversation.line
    deeds = [step for step in conversation.steps if not isinstance(step, Bot | Facts)]
    before = [deed for deed in deeds if came_at_the_end or deed.line < line]
    return before[-1] if before else None


def _said(flow: Flow, deed: Deed) -> str:
    match deed:
        case script.Me(text=words) | script.React(emoji=words):
            return words
        case script.TapOn(address=address) | script.Yes(address=address):
            return address.title
        case script.Start(block=block):
            return shown(label(flow, flow.blocks[block])) if block in flow.blocks else block
    return deed.topic
