"""One of our flows becomes a flow definition of Twilio Studio."""

import json
from collections.abc import Callable, Mapping
from typing import Final

from otn_studio.blocks.actions.http_request import HttpRequest
from otn_studio.blocks.actions.set_field import SetField
from otn_studio.blocks.actions.tag import Tag
from otn_studio.blocks.actions.untag import Untag
from otn_studio.blocks.asking import FORM, JSON
from otn_studio.blocks.block import NEXT, Block, Start
from otn_studio.blocks.logic.condition import Condition
from otn_studio.blocks.logic.end_flow import EndFlow
from otn_studio.blocks.logic.go_to_block import GoToBlock
from otn_studio.blocks.logic.go_to_flow import GoToFlow
from otn_studio.blocks.logic.wait_for_answer import WaitForAnswer
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.blocks.start.another_flow import AnotherFlow
from otn_studio.blocks.start.default_reply import DefaultReply
from otn_studio.blocks.start.keyword import Keyword
from otn_studio.blocks.words import Problem, Words
from otn_studio.exchange.report import Exported, Report
from otn_studio.exchange.twilio import asking
from otn_studio.exchange.twilio.messages import Messages
from otn_studio.exchange.twilio.states import States, theirs
from otn_studio.flow.document import Flow
from otn_studio.flow.project import Project

TRIGGER: Final = "Trigger"
_KEYWORDS: Final = {"is": "equal_to", "starts_with": "starts_with", "contains": "contains"}
NOT_THERE = Words("Twilio has nothing like it: the conversation goes on past it.")
ONE_LANGUAGE = Words("A flow of Twilio speaks one language. Export the others from copies.")
NO_FRAMES = Words("Twilio draws no frames; the conversation is the same without.")
NO_START = Words("With Twilio, messages begin a flow, and nothing of this kind.")


def write(project: Project) -> Exported:
    """The definition of the project's flow.

    Raises:
        Problem: there are several.
    """
    if len(project.flows) != 1:
        raise Problem("A file of Twilio Studio holds one flow. Export them one by one.")
    return _Writing(*project.flows.values()).exported()


class _Writing:
    def __init__(self, flow: Flow) -> None:
        self._flow = flow
        self._report = Report()
        self._states = States()
        self._first = self._states.name(TRIGGER)
        self._names = {
            id: self._states.name(id)
            for id, block in flow.blocks.items()
            if isinstance(block, tuple(self._ways_to_write()))
        }
        self._messages = Messages(self._states, self._to)

    def exported(self) -> Exported:
        self._starts()
        for id, block in self._flow.blocks.items():
            if not isinstance(block, Start):
                self._block(id, block)
        for language in self._flow.translations:
            self._report.lost(
                Words("language"), language, f"/translations/{language}", ONE_LANGUAGE
            )
        for id, frame in self._flow.frames.items():
            self._report.lost(Words("frame"), frame.title, f"/frames/{id}", NO_FRAMES)
        whole = self._states.definition(self._flow.name, self._first)
        text = json.dumps(whole, ensure_ascii=False, indent=2) + "\n"
        return Exported(text.encode(), tuple(self._report))

    def _ways_to_write(self) -> Mapping[type[Block], Callable[[str, Block, list[Words]], None]]:
        return {
            SendMessage: lambda id, block, notes: self._messages.write(
                id, self._names[id], block, notes
            ),
            WaitForAnswer: lambda id, block, notes: self._messages.wait(
                id, self._names[id], block, notes
            ),
            SetField: self._set,
            Tag: self._tag,
            Untag: self._tag,
            Condition: self._condition,
            HttpRequest: self._request,
            GoToFlow: self._subflow,
        }

    def _block(self, id: str, block: Block) -> None:
        notes: list[Words] = []
        given = Words(block.kind.title), str(block.label()), f"/blocks/{id}"
        write = self._ways_to_write().get(type(block))
        if write is None:
            if isinstance(block, GoToBlock | EndFlow):
                self._report.created(*given)
            else:
                self._report.lost(*given, NOT_THERE)
            return
        write(id, block, notes)
        self._report.made(*given, notes)

    def _to(self, id: str, *ports: str) -> str | None:
        """The widget that follows by the first of these ways out that leads anywhere."""
        for port in ports:
            to, seen = self._flow.leads_to(id, port), {id}
            while to is not None and to not in self._names and to not in seen:
                seen.add(to)
                to = self._flow.leads_to(to, NEXT.id) or self._any_way(to)
            if to in self._names:
                return self._names[to]
        return None

    def _any_way(self, id: str) -> str | None:
        return next(iter(self._flow.connections.get(id, {}).values()), None)

    def _starts(self) -> None:
        """Words that begin it are told apart by a split behind the trigger."""
        leads: dict[str, str | None] = {"incomingMessage": None, "incomingParent": None}
        ways: list[tuple[str, str, str | None]] = []
        for id, block in self._flow.blocks.items():
            if not isinstance(block, Start):
                continue
            given = Words(block.kind.title), str(block.label()), f"/blocks/{id}"
            to = self._to(id, NEXT.id)
            match block:
                case Keyword():
                    ways += [(_KEYWORDS[block.match], word, to) for word in block.keywords]
                case DefaultReply():
                    leads["incomingMessage"] = to
                case AnotherFlow():
                    leads["incomingParent"] = to
                case _:
                    self._report.lost(*given, NO_START)
                    continue
            self._report.created(*given)
        if ways:
            split = self._states.name("first_words")
            other, leads["incomingMessage"] = leads["incomingMessage"], split
        self._states.add(self._first, "trigger", leads)
        if ways:
            self._states.split(split, "{{trigger.message.Body}}", ways, other)

    def _set(self, id: str, block: Block, notes: list[Words]) -> None:
        assert isinstance(block, SetField)
        self._keep(id, block.field, theirs(block.value, notes))

    def _tag(self, id: str, block: Block, notes: list[Words]) -> None:
        assert isinstance(block, Tag | Untag)
        notes.append(asking.NO_TAGS)
        worn = asking.WORN if isinstance(block, Tag) else ""
        self._keep(id, asking.tag_variable(block.tag), worn)

    def _keep(self, id: str, key: str, value: str) -> None:
        leads = {"next": self._to(id, NEXT.id)}
        entry = {"key": key, "value": value}
        self._states.add(self._names[id], "set-variables", leads, variables=[entry])

    def _condition(self, id: str, block: Block, notes: list[Words]) -> None:
        """One split for each test."""
        assert isinstance(block, Condition)
        yes, no = self._to(id, "yes"), self._to(id, "no")
        asked = [way for test in block.tests if (way := asking.asked(test, notes)) is not None]
        if not asked:
            self._states.split(self._names[id], "", [], no)
            return
        names = [self._names[id], *(self._states.name(id) for _ in asked[1:])]
        for name, following, way in zip(names, [*names[1:], None], asked, strict=True):
            last = following is None
            holds = yes if last or block.match == "any" else following
            fails = no if last or block.match == "all" else following
            match, other = (holds, fails) if way.is_so else (fails, holds)
            self._states.split(name, way.operand, [(way.type, way.value, match)], other)

    def _request(self, id: str, block: Block, notes: list[Words]) -> None:
        assert isinstance(block, HttpRequest)
        name, kept = self._names[id], self._states.name(f"{id}_answer") if block.answer else None
        if block.headers:
            notes.append(Words("Twilio sends no headers of one’s own; they are left out."))
        if block.method not in ("GET", "POST"):
            notes.append(Words("Twilio knows GET and POST only: it sends POST."))
        success = self._to(id, "success")
        sent = [{"key": v.name, "value": theirs(v.value, notes)} for v in block.values]
        what = {"parameters": sent} if sent else {"body": theirs(block.body, notes)}
        self._states.add(
            name,
            "make-http-request",
            {"success": kept or success, "failed": self._to(id, "failure", "no_answer")},
            method="GET" if block.method == "GET" else "POST",
            url=theirs(block.url, notes),
            content_type=f"{JSON if block.sends in ('json', 'text') else FORM};charset=utf-8",
            **(what if block.sends != "nothing" else {}),
        )
        if kept:
            answer = [
                {"key": v.field, "value": f"{{{{widgets.{name}.parsed{v.path.strip()[1:]}}}}}"}
                for v in block.answer
            ]
            self._states.add(kept, "set-variables", {"next": success}, variables=answer)

    def _subflow(self, id: str, block: Block, notes: list[Words]) -> None:
        assert isinstance(block, GoToFlow)
        notes.append(
            Words("Choose the flow in Twilio Studio: it is known there by another number.")
        )
        self._states.add(
            self._names[id],
            "run-subflow",
            {"completed": self._to(id, NEXT.id), "failed": None},
            flow_sid=block.flow,
            flow_revision="LatestPublished",
        )
