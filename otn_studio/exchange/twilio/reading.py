"""A flow of Twilio Studio becomes one of ours."""

from collections.abc import Set
from functools import cached_property

from otn_studio.blocks.block import NEXT, Start
from otn_studio.blocks.start.another_flow import AnotherFlow
from otn_studio.blocks.start.default_reply import DefaultReply
from otn_studio.blocks.words import Words
from otn_studio.exchange import reading
from otn_studio.exchange.making import Making, report_missing, stable_id
from otn_studio.exchange.report import Imported, Report
from otn_studio.exchange.twilio.definition import Definition, Transition, Widget
from otn_studio.exchange.twilio.splitting import WORDS_ONLY, keyword, matches
from otn_studio.exchange.twilio.texts import Texts
from otn_studio.exchange.twilio.widgets import NOT_HERE, Widgets
from otn_studio.flow.project import Project

MESSAGES = ("incomingMessage", "incomingConversationMessage")
ANY_MESSAGE = Words(
    "With Twilio any message begins it; here it is the default reply, of which a Page has one."
)

ONE_WAY = Words("Messages of every kind begin it in one way here, so this way is never gone.")


def recognises(content: bytes) -> bool:
    """Whether it has what every definition has."""
    return b'"states"' in content and b'"transitions"' in content


def read(content: bytes, here: Project, name: str) -> Imported:
    """Make a flow of a definition."""
    definition = Definition.of(reading.values(content), name)
    return _Reading(definition, here).imported()


class _Reading:
    def __init__(self, definition: Definition, here: Project) -> None:
        self._definition = definition
        self._report = Report()
        names = (widget.name for widget in definition.widgets)
        id = stable_id(definition.name, f"twilio {definition.name} {sorted(names)}")
        self._making = Making(id, definition.name)
        self._texts = Texts(definition, self._making)
        self._widgets = Widgets(self._making, self._texts, self._report, here)

    def imported(self) -> Imported:
        self._report.created(Words("flow"), self._definition.name, "", self._making.id)
        for widget in self._definition.widgets:
            if widget.type == "trigger":
                self._start(widget)
        for widget in self._definition.widgets:
            if widget.type != "trigger" and not self._is_only_for_starts(widget):
                self._make(widget)
        report_missing(self._making, self._report)
        return Imported((self._making.flow(),), tuple(self._report))

    def _make(self, widget: Widget) -> None:
        notes: list[Words] = []
        is_known = self._widgets.make(widget, notes)
        given = Words("{type}", type=widget.type), widget.name, widget.where
        if is_known:
            self._report.made(*given, notes, self._making.id)
        else:
            self._report.lost(*given, NOT_HERE, self._making.id)

    def _start(self, trigger: Widget) -> None:
        notes: list[Words] = []
        split = self._split_behind(trigger)
        if split is not None:
            self._keywords(split)
        elif target := trigger.next(*MESSAGES):
            self._begin(DefaultReply(), target)
            notes.append(ANY_MESSAGE)
        if target := trigger.next("incomingParent"):
            self._begin(AnotherFlow(), target)
        for transition in self._other_messages(trigger):
            given = Words("trigger"), transition.event, transition.where
            self._report.lost(*given, ONE_WAY, self._making.id)
        for transition in trigger.transitions:
            if transition.next and transition.event not in (*MESSAGES, "incomingParent"):
                self._report.lost(
                    Words("trigger"),
                    transition.event,
                    transition.where,
                    Words("Here no call and no other program begins a flow in this way."),
                    self._making.id,
                )
        given = Words("trigger"), trigger.name, trigger.where
        self._report.made(*given, notes, self._making.id)

    def _other_messages(self, trigger: Widget) -> list[Transition]:
        """Messages of another kind, which lead elsewhere."""
        ways = [way for way in trigger.transitions if way.event in MESSAGES]
        return [way for way in ways if way.next not in ("", trigger.next(*MESSAGES))]

    def _begin(self, start: Start, target: str) -> None:
        id = self._making.add(start, start.kind.name)
        self._making.lead((id, NEXT.id), target)

    def _split_behind(self, trigger: Widget) -> Widget | None:
        """The split by the first message, with which the flow begins, if it does."""
        split = self._definition.named(trigger.next(*MESSAGES))
        if split is None or split.type != "split-based-on" or not matches(split):
            return None
        return split if all(keyword(way, split) for way in matches(split)) else None

    def _keywords(self, split: Widget) -> None:
        notes: list[Words] = []
        for transition in matches(split):
            start = keyword(transition, split)
            assert start is not None
            self._begin(start, transition.next)
            if start.match != "is":
                notes.append(WORDS_ONLY)
        if other := split.next("noMatch"):
            self._begin(DefaultReply(), other)
            notes.append(ANY_MESSAGE)
        if not self._is_only_for_starts(split):
            return
        given = Words("{type}", type=split.type), split.name, split.where
        self._report.made(*given, notes, self._making.id)

    def _is_only_for_starts(self, widget: Widget) -> bool:
        """Whether the triggers alone lead to a split by the first message: it has become starts."""
        return widget.name in self._first_splits - self._led_to

    @cached_property
    def _first_splits(self) -> Set[str]:
        triggers = [w for w in self._definition.widgets if w.type == "trigger"]
        splits = [self._split_behind(trigger) for trigger in triggers]
        return {split.name for split in splits if split is not None}

    @cached_property
    def _led_to(self) -> Set[str]:
        """What others than triggers lead to."""
        others = (w for w in self._definition.widgets if w.type != "trigger")
        return {way.next for other in others for way in other.transitions}
