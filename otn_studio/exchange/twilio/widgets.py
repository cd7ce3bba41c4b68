"""The widgets of Twilio Studio, each as the blocks that do the same."""

from collections.abc import Callable, Mapping
from typing import Final

from otn_studio.blocks.actions.hand_over import HandOver
from otn_studio.blocks.actions.http_request import HttpRequest, KeptValue
from otn_studio.blocks.actions.note import Note
from otn_studio.blocks.actions.set_field import SetField
from otn_studio.blocks.asking import Header, SentValue
from otn_studio.blocks.block import NEXT, Block
from otn_studio.blocks.duration import Duration
from otn_studio.blocks.element import Element
from otn_studio.blocks.elements.question import Question
from otn_studio.blocks.elements.text import Text
from otn_studio.blocks.logic.go_to_flow import GoToFlow
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.blocks.words import Words
from otn_studio.exchange.making import Making, as_dict, as_list, as_text, media
from otn_studio.exchange.report import Report
from otn_studio.exchange.twilio.definition import Widget
from otn_studio.exchange.twilio.splitting import Splits
from otn_studio.exchange.twilio.texts import Texts
from otn_studio.flow.project import Project

EVENTS: Final[Mapping[str, frozenset[str]]] = {
    "send-message": frozenset({"sent", "failed"}),
    "send-and-wait-for-reply": frozenset({"incomingMessage", "timeout", "deliveryFailure"}),
    "set-variables": frozenset({"next"}),
    "split-based-on": frozenset({"match", "noMatch"}),
    "make-http-request": frozenset({"success", "failed"}),
    "run-subflow": frozenset({"completed", "failed"}),
    "send-to-flex": frozenset({"callComplete"}),
}
"""The ways out that each widget has here, too."""
LONGEST_MINUTES: Final = 7 * 24 * 60
OURS_TO: Final = frozenset({"", "{{contact.channel.address}}"})
NOT_HERE = Words(
    "There is nothing like it here. A note stands in its place, and the conversation goes on as if it"
    " had gone well."
)


class Widgets:
    """Makes blocks of widgets; what is not quite the same, it says."""

    def __init__(self, making: Making, texts: Texts, report: Report, here: Project) -> None:
        self._making = making
        self._texts = texts
        self._report = report
        self._here = here
        self._splits = Splits(making, texts, report)

    def _ways_lost(self, widget: Widget) -> None:
        """Ways out of a widget that lead on, and that nobody goes here."""
        for way in widget.transitions:
            is_empty = way.event == "match" and not way.conditions
            if way.next and (is_empty or way.event not in EVENTS[widget.type]):
                self._report.lost(
                    Words("transition"),
                    f"{way.event}: {way.next}",
                    way.where,
                    Words("There is no such way out here, so this way is never gone."),
                    self._making.id,
                )

    def make(self, widget: Widget, notes: list[Words]) -> bool:
        """Make it; answers whether there is something like it here."""
        make: Mapping[str, Callable[[Widget, list[Words]], None]] = {
            "send-message": self._send_message,
            "send-and-wait-for-reply": self._send_and_wait,
            "set-variables": self._set_variables,
            "split-based-on": self._splits.make,
            "make-http-request": self._request,
            "run-subflow": self._subflow,
            "send-to-flex": self._hand_over,
        }
        if widget.type in make:
            make[widget.type](widget, notes)
            self._ways_lost(widget)
            return True
        note = Note(title=widget.name, text=f"Twilio: {widget.type}")
        self._lead(
            self._only(note, widget),
            NEXT.id,
            widget.transitions[0].next if widget.transitions else "",
        )
        return False

    def _only(self, block: Block, widget: Widget) -> str:
        """A widget that is one block."""
        id = self._making.add(block, widget.name)
        self._making.enter(widget.name, id)
        return id

    def _lead(self, block: str, port: str, to: str) -> None:
        self._making.lead((block, port), to)

    def _messages(self, widget: Widget, notes: list[Words]) -> list[Element]:
        """What it shows, text last, where a question can take its place."""
        if widget.text("to").replace(" ", "") not in OURS_TO:
            notes.append(Words("It goes to the person of the conversation, not to another number."))
        if widget.text("content_sid") or widget.text("content_template_sid"):
            notes.append(Words("The template of its content is not in the file; write its text."))
        body = self._texts.ours(widget.text("body"), notes)
        url = widget.text("media_url").strip()
        shown: list[Element] = [media("media", url)] if url else []
        return [*shown, *([Text(id="text", text=body)] if body.strip() else [])]

    def _send_message(self, widget: Widget, notes: list[Words]) -> None:
        elements = self._messages(widget, notes)
        id = self._only(SendMessage(title=widget.name, elements=elements), widget)
        self._lead(id, NEXT.id, widget.next("sent"))
        self._lead(id, "could_not_send", widget.next("failed"))

    def _send_and_wait(self, widget: Widget, notes: list[Words]) -> None:
        elements = self._messages(widget, notes)
        text = elements.pop().text if elements and isinstance(elements[-1], Text) else ""
        question = Question(
            id="question",
            text=text,
            field=self._texts.reply(widget.name),
            tries=1,
            time=self._time(widget, notes),
        )
        block = SendMessage(title=widget.name, elements=[*elements, question])
        id = self._only(block, widget)
        replied = widget.next("incomingMessage")
        self._lead(id, NEXT.id, replied)
        self._lead(id, "question.in_vain", replied)
        self._lead(id, "question.no_answer", widget.next("timeout"))
        self._lead(id, "could_not_send", widget.next("deliveryFailure"))

    def _time(self, widget: Widget, notes: list[Words]) -> Duration:
        seconds = widget.text("timeout").strip() or "3600"
        if not seconds.isascii() or not seconds.isdigit() or len(seconds) > 9:
            notes.append(Words("It waits for one hour, since its own time is not a number."))
            seconds = "3600"
        minutes = max(1, -(-int(seconds) // 60))
        if minutes > LONGEST_MINUTES:
            notes.append(Words("It waits for 7 days, not longer."))
            minutes = LONGEST_MINUTES
        if minutes % 1440 == 0:
            return Duration(minutes // 1440, "day")
        return Duration(minutes // 60, "hour") if minutes % 60 == 0 else Duration(minutes, "minute")

    def _set_variables(self, widget: Widget, notes: list[Words]) -> None:
        before = ""
        entries = as_list(
            widget.properties.get("variables"), f"{widget.where}/properties/variables"
        )
        for index, entry in enumerate(entries):
            where = f"{widget.where}/properties/variables/{index}"
            given = as_dict(entry, where)
            value = self._texts.ours(as_text(given.get("value")), notes)
            block = SetField(field=self._texts.variable(as_text(given.get("key"))), value=value)
            id = self._making.add(block, widget.name)
            if before:
                self._making.connect((before, NEXT.id), id)
            else:
                self._making.enter(widget.name, id)
            before = id
        if before:
            self._lead(before, NEXT.id, widget.next("next"))
        else:
            self._making.pass_on(widget.name, widget.next("next"))

    def _request(self, widget: Widget, notes: list[Words]) -> None:
        entries = as_list(widget.properties.get("parameters"), f"{widget.where}/parameters")
        given = [
            as_dict(entry, f"{widget.where}/parameters/{n}") for n, entry in enumerate(entries)
        ]
        values = [
            SentValue(
                name=as_text(g.get("key")), value=self._texts.ours(as_text(g.get("value")), notes)
            )
            for g in given
        ]
        body = self._texts.ours(widget.text("body"), notes)
        type = widget.text("content_type").partition(";")[0].strip()
        method = widget.text("method").upper() or "GET"
        if widget.properties.get("add_twilio_auth"):
            notes.append(
                Words("Twilio’s own sign-in is not sent; add it as a header with a secret.")
            )
        sends = "nothing"
        if values:
            sends = "query" if method == "GET" else "json" if "json" in type else "form"
        elif body.strip():
            sends = "text"
        block = HttpRequest(
            title=widget.name,
            method=method if method in ("GET", "POST", "PUT", "PATCH", "DELETE") else "GET",
            url=self._texts.ours(widget.text("url"), notes),
            headers=[Header(name="Content-Type", value=type)] if sends == "text" and type else [],
            sends=sends,
            values=values,
            body=body,
            answer=[KeptValue(path=p, field=f) for p, f in self._texts.parsed(widget.name)],
        )
        id = self._only(block, widget)
        self._lead(id, "success", widget.next("success"))
        self._lead(id, "failure", widget.next("failed"))
        self._lead(id, "no_answer", widget.next("failed"))

    def _subflow(self, widget: Widget, notes: list[Words]) -> None:
        flow = widget.text("flow_sid")
        if flow not in self._here.flows:
            notes.append(Words("The other flow is not in this file. Choose which one it goes to."))
            flow = ""
        id = self._only(GoToFlow(title=widget.name, flow=flow), widget)
        self._lead(id, NEXT.id, widget.next("completed"))
        if widget.next("failed"):
            notes.append(Words("There is no way out for a flow that failed: it goes on as usual."))

    def _hand_over(self, widget: Widget, notes: list[Words]) -> None:
        notes.append(Words("Colleagues answer in the Page’s inbox instead of in Flex."))
        id = self._only(HandOver(title=widget.name), widget)
        self._lead(id, NEXT.id, widget.next("callComplete"))
