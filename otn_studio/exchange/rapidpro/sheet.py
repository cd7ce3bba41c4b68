"""What is known of a container, and of one of its flows, while the flow is drawn."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from otn_studio.blocks.actions.http_request import HttpRequest, KeptValue
from otn_studio.blocks.words import Words
from otn_studio.exchange.drawing import Drawing, Label
from otn_studio.exchange.rapidpro import naming
from otn_studio.exchange.rapidpro.naming import ASPECTS, Names, snake
from otn_studio.exchange.rapidpro.translating import translated
from otn_studio.exchange.report import Report
from otn_studio.exchange.source import Part
from otn_studio.flow.project import Project

DETAIL: Final = Words("Detail")
NOTHING_LIKE_IT: Final = Words("There is nothing like it here.")
FACEBOOK: Final = '"facebook:"'
"""Everybody comes from there."""
OWN: Final = {
    (): "name",
    ("name",): "name",
    ("first_name",): "first_name",
    ("language",): "locale",
    ("timezone",): "time_zone",
    ("created_on",): "first_seen",
    ("last_seen_on",): "last_answer",
}
"""What RapidPro knows of everybody, and what it is called here."""


@dataclass
class Container:
    """A whole file. ``flows`` are the ids of its flows here, by theirs; ``groups`` their names."""

    here: Project
    report: Report = field(default_factory=Report)
    names: Names = field(default_factory=Names)
    flows: dict[str, str] = field(default_factory=dict)
    groups: dict[str, str] = field(default_factory=dict)
    sequences: dict[str, list[str]] = field(default_factory=dict)
    """The sequences that people of a group are on, by the group's name."""


@dataclass
class Sheet:
    """One flow. ``entered`` are the flows of the file that it goes to."""

    container: Container
    source: Part
    drawing: Drawing
    entered: list[str] = field(default_factory=list)
    webhook_paths: set[str] = field(default_factory=set)

    @property
    def uuid(self) -> str:
        return self.source.text("uuid")

    @property
    def names_webhook_parts(self) -> bool:
        """Whether ``@webhook`` has its status and its content as parts."""
        parts = self.source.text("spec_version").split(".")[:2]
        version = [int(part[:4]) for part in parts if part.isdecimal()]
        return version[:2] >= [13, 3]

    @property
    def names(self) -> Names:
        return self.container.names

    # What becomes of a part

    def made(self, kind: Words, name: str, where: str, *whys: Words | None) -> None:
        """It is made; not quite the same, if there is a reason."""
        reasons = [why for why in whys if why is not None]
        report, flow = self.container.report, self.drawing.id
        if not reasons:
            report.created(kind, name, where, flow)
            return
        why = reasons[0]
        for more in reasons[1:]:
            why = Words("{one} {other}", one=why, other=more)
        report.changed(kind, name, where, why, flow)

    def lost(self, kind: Words, name: str, where: str, why: Words = NOTHING_LIKE_IT) -> None:
        self.container.report.lost(kind, name, where, why, self.drawing.id)

    def leftover(self, part: Part, *known: str) -> None:
        """Tell of every detail of a part that nobody asks for."""
        for key, value in part.values.items():
            if key not in known and not _is_nothing(value):
                self.lost(DETAIL, key, part.at(key))

    # What texts know

    def use(self, key: str) -> str:
        """A field that the flow needs from now on; answers its key."""
        if key in self.names.fields:
            self.drawing.fields[key] = self.names.fields[key]
        return key

    def liquid(self, template: str) -> tuple[str, Words | None]:
        """A template as Liquid, and what to know of it."""
        made = translated(template, self.find)
        return made.text, made.why()

    def find(self, path: tuple[str, ...]) -> str | None:
        """What a path of an expression is called here."""
        match path:
            case ("contact", *rest) if tuple(rest) in OWN:
                return f"contact.{OWN[tuple(rest)]}"
            case ("contact", "urn" | "urns", *_) | ("urns", "facebook", *_):
                return FACEBOOK
            case ("contact", "channel", *_):
                return '"Facebook"'
            case ("urns", *_) | ("contact", "tel"):
                return '""'
            case ("contact" | "parent" | "child", "contact", *rest):
                return self.find(("contact", *rest))
            case ("fields", key) | ("contact" | "parent" | "child", "fields", key):
                return self._contact(self.names.contact_field(key))
            case ("contact", key) if self.names.knows(key):
                return self._contact(self.names.contact_field(key))
            case ("input",) | ("input", "text" | "value"):
                return self._contact(self.names.answer())
            case ("results", name, *rest) | ("run", "results", name, *rest):
                return self._result(self.uuid, name, rest)
            case ("child", "results", name, *rest) | ("child", "run", "results", name, *rest):
                return self._result(self._child_with(name), name, rest)
            case ("parent", "results", name, *rest) | ("parent", "run", "results", name, *rest):
                aspect = _aspect(rest)
                return self._contact(self.names.handed_over(self.uuid, snake(name), aspect))
            case ("child", "status") | ("child", "run", "status"):
                return '"completed"'
            case ("webhook", *rest) if rest:
                return self._webhook(rest)
            case ("locals", "_new_ticket"):
                return '"ticket"'
            case ("locals", name):
                return self._contact(self.names.result(self.uuid, f"local {name}"))
            case ("globals", key):
                return f"page.{self.use(self.names.page_value(key))}"
            case ("run", "flow", "name"):
                return f'"{self.source.text("name")}"' if '"' not in self.drawing.name else None
        return None

    def keep_answers(self) -> None:
        """Let every call of another program keep what the texts want of its answer."""
        kept = [
            KeptValue(path=f"$.{path}", field=self.use(self.names.webhook(path)))
            for path in sorted(self.webhook_paths)
        ]
        for id, block in self.drawing.blocks.items():
            if isinstance(block, HttpRequest) and kept:
                self.drawing.change(id, block.model_copy(update={"answer": tuple(kept)}))

    def localized(self, uuid: str) -> Iterator[tuple[str, Part]]:
        """What is said of an item in further languages, by the language."""
        for code, texts in self.source.each("localization"):
            language = naming.language(code)
            if uuid in texts and language and language != self.drawing.language:
                yield language, texts.part(uuid)

    def _contact(self, key: str) -> str:
        return f"contact.{self.use(key)}"

    def _result(self, flow: str, name: str, rest: Iterable[str]) -> str:
        return self._contact(self.names.result(flow, snake(name), _aspect(rest)))

    def _child_with(self, name: str) -> str:
        """The flow that this one goes to and whose result it reads."""
        results = self.names.results
        those = (flow for flow in self.entered if snake(name) in results.get(flow, ()))
        return next(those, self.entered[0] if self.entered else "")

    def _webhook(self, steps: list[str]) -> str | None:
        """A value of what another program answered; since version 13.3 it is one part of several."""
        if self.names_webhook_parts:
            if steps[0] != "json" or len(steps) == 1:
                return None
            steps = steps[1:]
        path = ".".join(steps)
        self.webhook_paths.add(path)
        return self._contact(self.names.webhook(path))


def node(uuid: str) -> Label:
    """Where a node of the source is drawn."""
    return ("node", uuid)


def _aspect(rest: Iterable[str]) -> str:
    return next((ASPECTS.get(step, "") for step in rest), "")


def _is_nothing(value: Any) -> bool:
    return value is None or value is False or value in ("", [], {})
