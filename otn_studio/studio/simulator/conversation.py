"""The conversation: a phone to talk with, and beside it what is known and what happened, and why."""

from collections.abc import Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from otn_studio.blocks.block import Start
from otn_studio.blocks.outgoing import Detail
from otn_studio.blocks.start.announced import Announced
from otn_studio.checks.conversations import script
from otn_studio.policy import recurring
from otn_studio.studio.document.document import Document
from otn_studio.studio.document.selection import Selection
from otn_studio.studio.panel.fields import label, summary
from otn_studio.studio.phone import times
from otn_studio.studio.phone.bubbles import OWN_DETAILS, Said
from otn_studio.studio.phone.entries import Kept
from otn_studio.studio.phone.phone import Phone
from otn_studio.studio.practice.composer import Composer
from otn_studio.studio.practice.kept_topics import KeptTopics
from otn_studio.studio.services.services import Services
from otn_studio.studio.simulator import reasons
from otn_studio.studio.simulator.facts import FactsView
from otn_studio.studio.simulator.happened import Happened
from otn_studio.studio.simulator.jumps import jumps
from otn_studio.studio.simulator.model import Simulation
from otn_studio.studio.simulator.seen import Seen
from otn_studio.studio.simulator.steps import BlockBar, StepBar
from otn_studio.studio.simulator.who import Who
from otn_studio.studio.story.telling import name_of
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.widgets.look import line, text
from otn_studio.studio.widgets.menu import Menu
from otn_studio.studio.widgets.menu_button import MenuButton
from otn_studio.studio.words import _, shown

PHONE_SHARE, FACTS_SHARE = 6, 5
HEART = "❤"
OWN = {Detail.PHONE: "+1 555 0100", Detail.EMAIL: "ann@example.com"}
"""What a made-up person sends with the tap that sends it."""


class ConversationView(QWidget):
    """``keep_wanted``: this conversation is to be a test."""

    keep_wanted = Signal()

    def __init__(
        self,
        simulation: Simulation,
        document: Document,
        selection: Selection,
        services: Services,
        theme: Theme,
    ) -> None:
        super().__init__()
        self._simulation, self._document = simulation, document
        self._seen: Seen | None = None
        self._more: dict[str, script.Deed] = {}
        self.who = Who(document, services.contacts, theme, simulation.now)
        self.phone = Phone(theme, services.page_name)
        self._composer = Composer(theme, comments=False)
        self.phone.set_foot(self._composer)
        self.setFocusProxy(self._composer)
        self._kept = KeptTopics(theme)
        self._clock = text("", "quiet")
        self._clock.setObjectName("simulator.clock")
        self._later = MenuButton(theme, "small")
        self._later.setText(_("Let time pass"))
        self._later.setObjectName("simulator.later")
        self._problem = text("", "error", wraps=True)
        self._problem.setObjectName("simulator.problem")
        self._facts = FactsView(theme)
        self._nothing = text(_("Nothing yet: write, or let time pass."), "quiet", wraps=True)
        self._happened = Happened(theme)
        self._steps = StepBar(simulation, theme)
        self._block = BlockBar(document, selection, simulation)
        self._keep = _button("simulator.keep", _("Save as a test…"))
        self._lay_out()
        self._listen()
        self._show()

    def _listen(self) -> None:
        do = self._simulation.do
        self._simulation.changed.connect(self._show)
        self.who.chosen.connect(self._simulation.begin)
        self._composer.sent.connect(self._send)
        self._composer.chosen.connect(lambda title: do(self._more[title]))
        self.phone.tapped.connect(self._tap)
        self.phone.notify_me_tapped.connect(self._agree)
        self._kept.stopping.connect(lambda topic: do(script.ChangeOfMind(1, topic, True)))
        self._kept.resuming.connect(lambda topic: do(script.ChangeOfMind(1, topic, False)))
        self._later.clicked.connect(self._offer_times)
        self._happened.chosen.connect(self._simulation.look_at)
        self._block.wanted.connect(do)
        self._keep.clicked.connect(self.keep_wanted)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.phone, 1)
        left.addWidget(self._kept)
        time = QHBoxLayout()
        time.setSpacing(8)
        time.addWidget(self._clock, 1)
        time.addWidget(self._later)
        left.addLayout(time)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self._facts, 5)
        right.addWidget(line())
        right.addWidget(text(_("What happened, and why"), "label"))
        right.addWidget(self._nothing)
        right.addWidget(self._happened, 6)
        right.addWidget(self._steps)
        right.addWidget(self._block)
        middle = QHBoxLayout()
        middle.setSpacing(16)
        middle.addLayout(left, PHONE_SHARE)
        middle.addLayout(right, FACTS_SHARE)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.who)
        column.addWidget(self._problem)
        column.addLayout(middle, 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self._keep)
        column.addLayout(foot)

    def _send(self) -> None:
        if self._composer.text:
            self._simulation.do(script.Me(1, self._composer.take()))

    def _tap(self, title: str, reply: str) -> None:
        play = self._simulation.play
        own = {shown(looks): OWN[detail] for detail, looks in OWN_DETAILS.items()}
        if title in own:
            self._simulation.do(script.Me(1, own[title]))
        elif play is not None:
            self._simulation.do(play.button(title, reply))

    def _agree(self, card: int) -> None:
        play = self._simulation.play
        if play is not None and self._seen is not None:
            asked, title = self._seen.cards[card], self._seen.titles[card]
            self._simulation.do(play.agreement(title, asked))

    def _offer_times(self) -> None:
        play, beats = self._simulation.play, self._simulation.shown
        if play is None:
            return
        known = beats[-1].known if beats else play.session.stage.known()
        menu = Menu(self)
        menu.setObjectName("simulator.times")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for jump in jumps(known, play.given.zone):
            entry = menu.addAction(shown(jump.words))
            deed = script.Advance(1, jump.time)
            entry.triggered.connect(lambda _checked=False, deed=deed: self._simulation.do(deed))
        menu.open_above(self._later)

    def _show(self) -> None:
        play, beats = self._simulation.play, self._simulation.shown
        self._complain(self._simulation.problem)
        self._keep.setEnabled(bool(play and play.deeds))
        self._nothing.setVisible(not beats)
        self._later.setEnabled(play is not None)
        if play is None:
            self.phone.show_bubbles((), _("One moment…"))
            return
        known = beats[-1].known if beats else play.session.stage.known()
        self._seen = Seen(play, beats)
        calm = _("Write something to begin, such as one of your keywords.")
        self.phone.show_bubbles(self._seen.bubbles, calm, follow=True)
        if beats and any(isinstance(b, Said) for b in self._seen.bubbles):
            self.phone.go_to_end()
        self._clock.setText(times.full(known.at))
        self._kept.show_topics(
            tuple(
                Kept(one.topic, name_of(play.project, one.topic), one.stopped)
                for one in known.permissions
                if isinstance(one, recurring.Permission) and recurring.is_alive(one, known.at)
            )
        )
        self._facts.show_known(known, play.project)
        self._happened.show_reasons(reasons.told(play), self._simulation.beat)
        self._more = dict(_more(self._document))
        self._composer.offer(tuple(self._more))

    def _complain(self, problem: str) -> None:
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))


def _more(document: Document) -> Iterator[tuple[str, script.Deed]]:
    """All that can be done and is not written, by what it is called."""
    flow = document.flow
    for id, block in flow.blocks.items():
        if isinstance(block, Announced) and block.topic in flow.topics:
            yield shown(summary(flow, block)), script.Announce(1, flow.topics[block.topic].name)
        elif isinstance(block, Start) and block.begins() is not None:
            yield shown(label(flow, block)), script.Start(1, id)
    for topic in flow.topics.values():
        yield _("Say yes to “{topic}” elsewhere", topic=topic.name), script.Agree(1, topic.name)
    yield _("Put a heart on the last message"), script.React(1, HEART)


def _button(name: str, words: str) -> QPushButton:
    button = QPushButton(words)
    button.setObjectName(name)
    button.setProperty("look", "small")
    return button
