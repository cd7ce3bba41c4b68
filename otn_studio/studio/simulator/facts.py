"""Beside the phone: what is known of the person at a beat, and what the Page may do."""

from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from otn_studio.blocks.known import SYSTEM_FIELDS
from otn_studio.checks.conversations.watching import Known
from otn_studio.flow.project import Project
from otn_studio.policy import one_time, recurring
from otn_studio.policy.sending import Permission
from otn_studio.studio.panel.controls import discard, text_label
from otn_studio.studio.panel.fields import label
from otn_studio.studio.phone import times
from otn_studio.studio.story.telling import name_of
from otn_studio.studio.words import _, shown


class Section(NamedTuple):
    """A heading, and what stands below it."""

    title: str
    lines: tuple[str, ...]


def sections(known: Known, project: Project) -> Iterator[Section]:
    """Those in which something stands."""
    yield Section(_("24 hours"), (_window(known),))
    if known.handed_over is not None and known.at < known.handed_over:
        until = times.weekday(known.handed_over)
        yield Section(_("A colleague"), (_("has the conversation until {time}", time=until),))
    for title, lines in (
        (_("Permissions"), (_permission(one, known, project) for one in known.permissions)),
        (_("Waits"), _waits(known, project)),
        (_("Fields"), _fields(known, project)),
        (_("Tags"), sorted(known.contact.tags)),
    ):
        if found := tuple(lines):
            yield Section(title, found)


def _window(known: Known) -> str:
    if known.last_action is None:
        return _("They have not written yet: writing to them takes a permission")
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


class FactsView(QScrollArea):
    """Shows the sections, one below the other."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("simulator.facts")
        self.setAccessibleName(_("What is known of the person"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self.viewport().setAutoFillBackground(False)
        inside = QWidget()
        inside.setAutoFillBackground(False)
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 8, 0)
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
            self._column.addWidget(text_label(section.title, "label"))
            for line in section.lines:
                self._column.addWidget(text_label(line, wrap=True))
        self._column.addStretch()

    @property
    def texts(self) -> tuple[str, ...]:
        """All that stands there."""
        return tuple(line for section in self._shown for line in section.lines)
