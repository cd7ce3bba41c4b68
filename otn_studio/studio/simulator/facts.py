"""Beside the phone: what is known of the person at a beat, and what the Page may do."""

from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from otn_studio.blocks.known import SYSTEM_FIELDS
from otn_studio.checks.conversations.watching import Known
from otn_studio.flow.project import Project
from otn_studio.policy import one_time, recurring, window
from otn_studio.policy.sending import Permission
from otn_studio.studio.panel.fields import label
from otn_studio.studio.phone import times
from otn_studio.studio.story.telling import name_of
from otn_studio.studio.theme import sides
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.widgets.controls import IconLabel, discard
from otn_studio.studio.widgets.look import text
from otn_studio.studio.words import _, shown

SIDE, GAP = 14, 6


class Section(NamedTuple):
    """A heading, and what stands below it. ``role`` is the colour of its ``icon``."""

    title: str
    lines: tuple[str, ...]
    icon: str
    role: str = "quiet"


def sections(known: Known, project: Project) -> Iterator[Section]:
    """Those in which something stands."""
    is_open = window.is_open(known.last_action, known.at)
    yield Section(_("24 hours"), (_window(known),), "clock", "success" if is_open else "warning")
    if known.handed_over is not None and known.at < known.handed_over:
        until = times.weekday(known.handed_over)
        lines = (_("has the conversation until {time}", time=until),)
        yield Section(_("A colleague"), lines, "headset")
    permissions = (_permission(one, known, project) for one in known.permissions)
    for title, lines, icon, role in (
        (_("Permissions"), permissions, "bell-ring", "permission"),
        (_("Waits"), _waits(known, project), "hourglass", "quiet"),
        (_("Fields"), _fields(known, project), "braces", "quiet"),
        (_("Tags"), sorted(known.contact.tags), "tag", "quiet"),
    ):
        if found := tuple(lines):
            yield Section(title, found, icon, role)


def _window(known: Known) -> str:
    if known.last_action is None:
        return _("They have not written yet: writing to them takes a permission.")
    return times.window_left(known.last_action, known.at)


def _permission(one: Permission, known: Known, project: Project) -> str:
    return _("{topic}: {state}", topic=name_of(project, one.topic), state=_state(one, known))


def _state(one: Permission, known: Known) -> str:
    if isinstance(one, one_time.Permission):
        if one.used:
            return _("used")
        is_over = known.at >= one.expires_at
    else:
        is_over = not recurring.is_alive(one, known.at)
    if is_over:
        return _("ended")
    if one.stopped:
        return _("stopped")
    usable = known.usable.get(one.topic)
    if usable is not None and usable > known.at:
        return _("can be used from {time}", time=times.full(usable))
    if one.expires_at is None:
        return _("can be used")
    return _("can be used until {time}", time=times.full(one.expires_at))


def _waits(known: Known, project: Project) -> Iterator[str]:
    for waiting in known.waiting:
        flow = project.flows.get(waiting.flow)
        block = flow.blocks.get(waiting.block) if flow else None
        if flow is None or block is None:
            continue
        name = shown(label(flow, block))
        if waiting.until is None:
            yield _("{block}: for an answer", block=name)
        elif waiting.hears:
            until = times.weekday(waiting.until)
            yield _("{block}: for an answer, until {time}", block=name, time=until)
        else:
            yield _("{block}: until {time}", block=name, time=times.weekday(waiting.until))


def _fields(known: Known, project: Project) -> Iterator[str]:
    names = {
        key: field.name for flow in project.flows.values() for key, field in flow.fields.items()
    }
    names |= {key: shown(words) for key, (words, _type) in SYSTEM_FIELDS.items()}
    for key in known.contact.fields:
        yield _("{name}: {value}", name=names.get(key, key), value=known.contact.known(key))
    for key, value in known.page.values.items():
        yield _("{name}, of the Page: {value}", name=names.get(key, key), value=value)


def _indented(line: str) -> QLabel:
    label = text(line, wraps=True)
    label.setContentsMargins(SIDE + GAP, 0, 0, 0)
    return label


class FactsView(QScrollArea):
    """Shows the sections, one below the other."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName("simulator.facts")
        self.setAccessibleName(_("What is known of the person"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self.viewport().setAutoFillBackground(False)
        inside = QWidget()
        inside.setAutoFillBackground(False)
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(sides.margins(0, 0, 8, 0))
        self._column.setSpacing(4)
        self.setWidget(inside)
        self._shown: tuple[Section, ...] = ()

    def show_known(self, known: Known, project: Project) -> None:
        found = tuple(sections(known, project))
        if found == self._shown:
            return
        self._shown = found
        while self._column.count():
            item = self._column.takeAt(0)
            if item.widget() is not None:
                discard(item.widget())
        for section in found:
            if self._column.count():
                self._column.addSpacing(8)
            self._column.addWidget(self._heading(section))
            for line in section.lines:
                self._column.addWidget(_indented(line))
        self._column.addStretch()

    def _heading(self, section: Section) -> QWidget:
        heading = QWidget()
        row = QHBoxLayout(heading)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(IconLabel(self._theme, section.icon, section.role, SIDE))
        row.addWidget(text(section.title, "label"), 1)
        return heading

    @property
    def texts(self) -> tuple[str, ...]:
        """All that stands there."""
        return tuple(line for section in self._shown for line in section.lines)
