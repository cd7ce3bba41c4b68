"""The nodes of a flow of Botpress: what is said, what is waited for, and where it goes on."""

import json
import re
from typing import Any, Final

from otn_studio.blocks.actions.note import Note
from otn_studio.blocks.actions.set_field import SetField
from otn_studio.blocks.answers import AnswerKind
from otn_studio.blocks.block import NEXT
from otn_studio.blocks.block import Block as OurBlock
from otn_studio.blocks.comparing import Operator
from otn_studio.blocks.element import Element
from otn_studio.blocks.elements.question import Question
from otn_studio.blocks.logic.condition import Condition, FieldTest
from otn_studio.blocks.logic.end_flow import EndFlow
from otn_studio.blocks.logic.go_to_flow import GoToFlow
from otn_studio.blocks.logic.wait_for_answer import WaitForAnswer
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.blocks.words import Words
from otn_studio.exchange.botpress.bot import FLOW, Bot, Source
from otn_studio.exchange.botpress.saying import Saying
from otn_studio.exchange.making import Making, as_dict, as_list, as_text
from otn_studio.exchange.report import Report

_SAY: Final = re.compile(r"say\s+[#@]!?([\w-]+)")
_ACTION: Final = re.compile(r"([\w/-]+)\s*(\{.*\})?\s*", re.DOTALL)
_EQUAL: Final = re.compile(
    r"\s*((?:event\.(?:state\.)?|user\.|session\.|temp)[\w.$\[\]'\"-]*)\s*={2,3}\s*"
    r"(?:\"([^\"]*)\"|'([^']*)'|(-?[\w.]+))\s*"
)
_INTENT: Final = re.compile(
    r"\s*event\.nlu\.intent\.(?:name\s*={2,3}\s*|is\()\s*[\"']([\w-]+)[\"']\)?\s*"
)
ALWAYS: Final = frozenset({"true", "always", ""})
LONGEST_TEXT: Final = 2_000
Ways = list[tuple[str, str]]


class Nodes:
    """Makes the blocks of one flow; ``flow_ids`` are those of all of the bot's flows, by name."""

    def __init__(
        self, bot: Bot, source: Source, making: Making, report: Report, flow_ids: dict[str, str]
    ) -> None:
        self._bot = bot
        self._source = source
        self._making = making
        self._report = report
        self._flow_ids = flow_ids
        self._saying = Saying(bot.language, making)

    def make(self, node: dict[str, Any], where: str) -> list[Words]:
        """Make a node; answers what is not quite the same."""
        notes: list[Words] = []
        name = as_text(node.get("name"))
        if node.get("type") == "skill-call":
            ways = self._skill(node, name, where, notes)
        else:
            ways = self._run(node.get("onEnter"), name, [], f"{where}/onEnter", notes)
            said = as_dict(node.get("content"), f"{where}/content")
            if form := as_dict(said.get("formData"), f"{where}/content/formData"):
                form = {**form, "": as_text(said.get("contentType"))}
                ways = self._say([form], name, ways, notes)
            if node.get("onReceive") is not None or node.get("type") == "listen":
                ways = self._add(WaitForAnswer(field=self._saying.heard()), name, ways)
                ways = self._run(node.get("onReceive"), name, ways, f"{where}/onReceive", notes)
        if not ways:
            ways = self._add(Note(text=name[:LONGEST_TEXT]), name, ways)
        self._next(node, name, ways, where)
        return notes

    def _add(self, block: OurBlock, name: str, ways: Ways, port: str = NEXT.id) -> Ways:
        """One more block behind those that are there; the first is where the node begins."""
        id = self._making.add(block, name)
        self._making.enter(name, id)
        for way in ways:
            self._making.connect(way, id)
        return [(id, port)]

    def _run(self, entries: Any, name: str, ways: Ways, where: str, notes: list[Words]) -> Ways:
        """What is done one after the other; what is said in a row is one message."""
        forms: list[dict[str, Any]] = []
        for number, entry in enumerate(as_list(entries, where)):
            text = as_text(entry)
            if said := _SAY.match(text):
                if said[1] in self._bot.elements:
                    forms.append(self._bot.elements[said[1]])
                else:
                    notes.append(Words("What it says is not in the file; write it here."))
                    forms.append({"text": "…"})
                continue
            ways, forms = self._say(forms, name, ways, notes), []
            ways = self._act(text, name, ways, f"{where}/{number}")
        return self._say(forms, name, ways, notes)

    def _say(self, forms: list[dict[str, Any]], name: str, ways: Ways, notes: list[Words]) -> Ways:
        elements: list[Element] = []
        for form in forms:
            elements += self._saying.elements(form, f"m{len(elements)}", notes)
        if not elements:
            return ways
        return self._add(SendMessage(title=name, elements=elements), name, ways)

    def _act(self, text: str, name: str, ways: Ways, where: str) -> Ways:
        found = _ACTION.fullmatch(text)
        given = _arguments(found[2]) if found and found[2] else {}
        if found and found[1] == "builtin/setVariable" and as_text(given.get("name")):
            value = self._saying.ours(as_text(given.get("value")))
            return self._add(
                SetField(field=self._saying.field(given["name"]), value=value), name, ways
            )
        self._report.lost(
            Words("action"),
            text[:80],
            where,
            Words("What such a program does can’t be done here. A note stands in its place."),
            self._making.id,
        )
        return self._add(Note(text=f"Botpress: {text}"[:LONGEST_TEXT]), name, ways)

    def _skill(self, node: dict[str, Any], name: str, where: str, notes: list[Words]) -> Ways:
        """A choice is a question; of other skills nothing is known."""
        source = self._bot.skills.get(as_text(node.get("flow")))
        data = as_dict(source.values.get("skillData") if source else None, f"{where}/skillData")
        form = self._bot.elements.get(as_text(data.get("contentId")))
        if node.get("skill") != "choice" or form is None:
            notes.append(
                Words("What this skill does is not in the file. A note stands in its place.")
            )
            return self._add(Note(text=f"Botpress: {as_text(node.get('skill'))}"), name, [])
        field = self._making.field(f"choice_{name}", f"Choice {name}")
        choices = self._saying.choices(form, notes)
        question = Question(
            id="question",
            text=self._saying.text(form) or "…",
            answer=AnswerKind.CHOICE,
            choices=[choice for choice, _ in choices],
            field=field,
        )
        block = SendMessage(title=name, elements=[question])
        return self._add(block, name, [])

    def _next(self, node: dict[str, Any], name: str, ways: Ways, where: str) -> None:
        """The first condition that holds says where it goes on."""
        asked = ways[0][0]
        is_choice = node.get("type") == "skill-call" and self._is_message(asked)
        for number, entry in enumerate(as_list(node.get("next"), f"{where}/next")):
            here = f"{where}/next/{number}"
            given = as_dict(entry, here)
            condition, target = as_text(given.get("condition")), as_text(given.get("node"))
            if condition.strip() in ALWAYS:
                for way in ways:
                    self._lead(way, target)
                if is_choice:
                    self._lead((asked, "question.in_vain"), target)
                return
            test = self._test(condition, name)
            if test is None:
                self._report.lost(
                    Words("condition"),
                    condition[:80],
                    here,
                    Words("There is no such comparison here, so this way is never gone."),
                    self._making.id,
                )
                continue
            [(id, _)] = self._add(test, name, ways)
            self._lead((id, "yes"), target)
            ways = [(id, "no")]

    def _is_message(self, block: str) -> bool:
        return isinstance(self._making.block(block), SendMessage)

    def _test(self, condition: str, name: str) -> Condition | None:
        if intent := _INTENT.fullmatch(condition):
            words = self._bot.intents.get(intent[1], ())
            field = self._saying.heard()
            tests = [FieldTest(field=field, operator=Operator.IS, value=word) for word in words]
            return Condition(match="any", tests=tests) if tests else None
        if found := _EQUAL.fullmatch(condition):
            path, *values = found.groups()
            value = next(one for one in values if one is not None)
            is_choice = "skill-choice-ret" in path
            field = f"choice_{name}" if is_choice else path
            key = self._making.field(field, field) if is_choice else self._saying.field(path)
            return Condition(tests=[FieldTest(field=key, operator=Operator.IS, value=value)])
        return None

    def _lead(self, way: tuple[str, str], target: str) -> None:
        """To a node, to another flow, or to the end."""
        other, _, _node = target.partition("#")
        if target in ("END", "#", "##") or (target.startswith("#") and not other):
            self._making.connect(way, self._making.add(EndFlow(), "end"))
        elif other.endswith(FLOW):
            go = GoToFlow(flow=self._flow_ids.get(other, ""))
            self._making.connect(way, self._making.add(go, other.removesuffix(FLOW)))
        else:
            self._making.lead(way, target)


def _arguments(text: str) -> dict[str, Any]:
    try:
        given = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return given if isinstance(given, dict) else {}
