"""The small window of + New Broadcast: what, then for whom and when, with the counts before sending."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from otn_studio.studio.background import Background
from otn_studio.studio.pages.broadcasts import words
from otn_studio.studio.pages.broadcasts.steps import WhatStep, WhomStep
from otn_studio.studio.problem_words import sentence
from otn_studio.studio.services.broadcasting import Broadcasts, Choices, Draft, Outlook
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.widgets.dialog import SmallDialog
from otn_studio.studio.words import _

WIDTH = 520


class NewBroadcastWindow(SmallDialog):
    """``planned``: it is to be sent, by its number."""

    planned = Signal(int)

    def __init__(self, broadcasts: Broadcasts, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent, "new_broadcast_window", _("New Broadcast"), WIDTH)
        self._broadcasts = broadcasts
        self._background = Background(self)
        self._asked = 0
        self._what = WhatStep(theme)
        self._whom = WhomStep(theme)
        self._steps = QStackedWidget()
        self._steps.addWidget(self._what)
        self._steps.addWidget(self._whom)
        self.column.addWidget(self._steps)
        self.add_problem("new_broadcast_problem")
        self._back = self.add_button("broadcast_back", _("Cancel"))
        self._next = self.add_button("broadcast_next", _("Next"), "primary", default=True)
        self._back.clicked.connect(self._go_back)
        self._next.clicked.connect(self._go_on)
        self._what.topic_chosen.connect(self._ask_flows)
        self._whom.changed.connect(self._ask_outlook)
        self._next.setEnabled(False)
        self._background.run(broadcasts.choices, self._chosen_from, self._failed)

    def _chosen_from(self, choices: Choices) -> None:
        self._what.offer(choices.topics)
        self._whom.offer(choices.segments, choices.zone)
        self._next.setEnabled(bool(choices.topics))
        if not choices.topics:
            self.complain(_("There are no topics yet. Make one under Contents first."))

    def _ask_flows(self, topic: str) -> None:
        def offer(flows: Mapping[str, str]) -> None:
            if topic == self._what.topic:
                self._what.offer_flows(flows)

        self._background.run(lambda: self._broadcasts.flows(topic), offer)

    def _go_back(self) -> None:
        if self._steps.currentWidget() is self._what:
            self.reject()
        else:
            self._show_step(self._what)

    def _go_on(self) -> None:
        if self._steps.currentWidget() is self._whom:
            self._send()
        elif wrong := self._what.complaint():
            self.complain(wrong)
        else:
            self._show_step(self._whom)
            self._whom.show_waiting(self._what.is_recurring)
            self._ask_outlook()

    def _show_step(self, step: QWidget) -> None:
        self._steps.setCurrentWidget(step)
        is_first = step is self._what
        self._back.setText(_("Cancel") if is_first else _("Back"))
        self._next.setText(_("Next") if is_first else _("Send"))
        self._next.setEnabled(is_first)
        self._asked += 1
        self.complain("")

    def _draft(self) -> Draft:
        return Draft(
            self._what.topic,
            self._what.text,
            self._what.flow,
            self._whom.at,
            self._whom.segment,
            self._whom.waits,
        )

    def _ask_outlook(self) -> None:
        """An answer to what was asked before is let go."""
        self._asked += 1
        if self._steps.currentWidget() is not self._whom:
            return
        asked, draft = self._asked, self._draft()
        self._next.setEnabled(False)
        self._whom.show_counting()
        self._background.run(
            lambda: self._broadcasts.outlook(draft),
            lambda outlook: self._foreseen(asked, outlook),
            self._failed,
        )

    def _foreseen(self, asked: int, outlook: Outlook) -> None:
        if asked != self._asked:
            return
        self._whom.show_outlook(outlook)
        planned = self._whom.at is not None
        self._next.setText(words.send_to(outlook.people, planned))
        self._next.setEnabled(outlook.people > 0 or planned)
        self.grow()

    def _send(self) -> None:
        draft = self._draft()
        self._next.setEnabled(False)
        self._background.run(lambda: self._broadcasts.send(draft), self._sent, self._failed)

    def _sent(self, id: int) -> None:
        self.planned.emit(id)
        self.accept()

    def _failed(self, error: Exception) -> None:
        self.complain(sentence(error))
        self._next.setEnabled(True)
