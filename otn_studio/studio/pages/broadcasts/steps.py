"""The two steps of a new broadcast."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from PySide6.QtCore import QDateTime, Signal
from PySide6.QtWidgets import (
    QDateTimeEdit,
    QHBoxLayout,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from otn_studio.policy import limits
from otn_studio.policy.calendar import Frequency
from otn_studio.studio.pages.broadcasts import words
from otn_studio.studio.services.broadcasting import Outlook
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.widgets.controls import CalmCombo, CheckBox
from otn_studio.studio.widgets.counted import Count
from otn_studio.studio.widgets.look import mark, text
from otn_studio.studio.widgets.segments import Segments
from otn_studio.studio.words import _, shown

MESSAGE, FLOW = 0, 1
NOW, LATER = 0, 1
_MINUTES = 30


class WhatStep(QWidget):
    """Which topic, and the message or the flow."""

    topic_chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._often: dict[str, Frequency | None] = {}
        self._topics = _box(theme, "broadcast_topic", _("Topic"))
        self._topics.currentIndexChanged.connect(self._choose_topic)
        self._kind = Segments("broadcast_kind", [_("A message"), _("A flow")])
        self._kind.chosen.connect(self._show_kind)
        self._count = Count("broadcast_count", limits.TEXT)
        self._text = QPlainTextEdit()
        self._text.setObjectName("broadcast_text")
        self._text.setAccessibleName(_("Message"))
        self._text.setTabChangesFocus(True)
        self._text.setPlaceholderText(_("They are back, in all sizes."))
        self._text.setFixedHeight(120)
        self._text.textChanged.connect(self._counted)
        self._flows = _box(theme, "broadcast_flow", _("Flow"))
        self._no_flow = text(
            _("No published flow begins with “You announce” for this topic."), "quiet", wraps=True
        )
        self._lay_out()
        self._show_kind()

    @property
    def topic(self) -> str:
        return self._topics.currentData() or ""

    @property
    def is_recurring(self) -> bool:
        return self._often.get(self.topic) is not None

    @property
    def text(self) -> str | None:
        return self._text.toPlainText() if self._kind.number == MESSAGE else None

    @property
    def flow(self) -> str | None:
        return self._flows.currentData() if self._kind.number == FLOW else None

    def offer(self, topics: Sequence[tuple[str, str, Frequency | None]]) -> None:
        for id, name, often in topics:
            self._often[id] = often
            self._topics.addItem(name, id)

    def offer_flows(self, flows: Mapping[str, str]) -> None:
        self._flows.clear()
        for id, name in flows.items():
            self._flows.addItem(name, id)
        self._show_kind()

    def complaint(self) -> str:
        """What is missing, or wrong."""
        if self._kind.number == FLOW:
            return "" if self.flow else self._no_flow.text()
        wrong = words.complaint(self._text.toPlainText())
        mark(self._text, bool(wrong))
        return wrong

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._kind)
        head.addStretch(1)
        head.addWidget(self._count)
        column = _column(self)
        column.addWidget(text(_("Topic"), "label"))
        column.addWidget(self._topics)
        column.addSpacing(12)
        column.addLayout(head)
        for part in (self._text, self._flows, self._no_flow):
            column.addWidget(part)
        column.addStretch(1)

    def _choose_topic(self) -> None:
        if self.topic:
            self.offer_flows({})
            self.topic_chosen.emit(self.topic)

    def _show_kind(self) -> None:
        is_flow = self._kind.number == FLOW
        self._text.setVisible(not is_flow)
        self._count.setVisible(not is_flow)
        self._flows.setVisible(is_flow and self._flows.count() > 0)
        self._no_flow.setVisible(is_flow and self._flows.count() == 0)

    def _counted(self) -> None:
        self._count.show_length(len(self._text.toPlainText()))
        mark(self._text, False)


class WhomStep(QWidget):
    """For whom, when, and whom that reaches."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._zone = ZoneInfo("UTC")
        self._segments = _box(theme, "broadcast_segment", _("For whom"))
        self._segments.addItem(_("Everybody who said yes"), None)
        self._when = Segments("broadcast_when", [_("Now"), _("Later")])
        self._at = QDateTimeEdit()
        self._at.setObjectName("broadcast_at")
        self._at.setAccessibleName(_("Begins"))
        self._at.setCalendarPopup(True)
        self._named = text("", "quiet")
        self._waits = CheckBox(theme, _("Those who must wait get it at their next time"))
        self._waits.setObjectName("broadcast_waits")
        self._waits.setChecked(True)
        self._reach = text("", wraps=True)
        self._reach.setObjectName("broadcast_reach")
        self._warning = text("", "warning", wraps=True)
        self._warning.setObjectName("broadcast_warning")
        self._lay_out()
        self._show_when()
        self._segments.currentIndexChanged.connect(lambda _index: self.changed.emit())
        self._when.chosen.connect(self._choose_when)
        self._at.dateTimeChanged.connect(lambda _instant: self.changed.emit())
        self._waits.toggled.connect(lambda _on: self.changed.emit())

    @property
    def segment(self) -> int | None:
        return self._segments.currentData()

    @property
    def at(self) -> datetime | None:
        """When it begins, by the Page's clocks; none: at once."""
        if self._when.number == NOW:
            return None
        shown_time = self._at.dateTime()
        day, time = shown_time.date(), shown_time.time()
        return datetime(
            day.year(), day.month(), day.day(), time.hour(), time.minute(), tzinfo=self._zone
        )

    @property
    def waits(self) -> bool:
        return self._waits.isChecked()

    def offer(self, segments: Sequence[tuple[int, str]], zone: ZoneInfo) -> None:
        for id, name in segments:
            self._segments.addItem(name, id)
        self._zone = zone
        self._named.setText(_("in the Page’s time zone, {zone}", zone=zone.key))
        soon = datetime.now(zone) + timedelta(minutes=_MINUTES)
        rounded = soon.replace(minute=soon.minute // _MINUTES * _MINUTES)
        self._at.setDateTime(
            QDateTime(rounded.year, rounded.month, rounded.day, rounded.hour, rounded.minute, 0)
        )

    def show_waiting(self, is_recurring: bool) -> None:
        """Only where a yes is good for many messages does anybody have to wait."""
        self._waits.setVisible(is_recurring)

    def show_counting(self) -> None:
        self._reach.setText(_("One moment…"))

    def show_outlook(self, outlook: Outlook) -> None:
        self._reach.setText("\n".join(shown(line) for line in outlook.lines))
        self._warning.setText(shown(outlook.warning) if outlook.warning else "")
        self._warning.setVisible(outlook.warning is not None)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self._at)
        row.addWidget(self._named, 1)
        column = _column(self)
        column.addWidget(text(_("For whom"), "label"))
        column.addWidget(self._segments)
        column.addSpacing(12)
        column.addWidget(text(_("Begins"), "label"))
        column.addWidget(self._when)
        column.addLayout(row)
        column.addSpacing(8)
        column.addWidget(self._waits)
        column.addSpacing(8)
        column.addWidget(self._reach)
        column.addWidget(self._warning)
        column.addStretch(1)

    def _choose_when(self) -> None:
        self._show_when()
        self.changed.emit()

    def _show_when(self) -> None:
        for part in (self._at, self._named):
            part.setVisible(self._when.number == LATER)


def _box(theme: Theme, name: str, words: str) -> CalmCombo:
    box = CalmCombo(theme)
    box.setObjectName(name)
    box.setAccessibleName(words)
    return box


def _column(widget: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    return column
