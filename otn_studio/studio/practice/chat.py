"""The practice chat: play a person who talks with the published flow."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from otn_studio.studio.phone import times
from otn_studio.studio.phone.bubbles import Bubble, Line, Replies, Said
from otn_studio.studio.phone.entries import kept_topics, of_entries
from otn_studio.studio.phone.phone import Phone
from otn_studio.studio.practice.composer import Composer
from otn_studio.studio.practice.controls import Controls
from otn_studio.studio.practice.kept_topics import KeptTopics
from otn_studio.studio.practice.trouble import Trouble
from otn_studio.studio.practice.turns import Act, Call, Turns
from otn_studio.studio.problem_words import sentence
from otn_studio.studio.services.services import Chat, Practice
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.words import _

LOOK_MILLISECONDS = 700
NAMES = ("Ben", "Chloé", "Deniz", "Emeka", "Farah", "Goran", "Hana", "Ann")
"""Who comes when the chat is started over."""


class PracticeChat(QWidget):
    """Shows the conversation as it is, and looks again by itself while it can be seen.

    One act of the person at a time: from the click until its result is on the phone. What they
    write meanwhile waits for its turn.
    """

    def __init__(self, practice: Practice, theme: Theme, page_name: str) -> None:
        super().__init__()
        self._practice = practice
        self._chat: Chat | None = None
        self._act: Act | None = None
        self._sends_next = False
        self._again: Callable[[], None] | None = None
        self._turns = Turns(self)
        self._timer = QTimer(self, singleShot=True, interval=LOOK_MILLISECONDS)
        self._timer.timeout.connect(self._look)
        self._phone = Phone(theme, page_name)
        self._composer = Composer(theme)
        self._controls = Controls(theme)
        self._kept = KeptTopics(theme)
        self._trouble = Trouble()
        self._phone.set_foot(self._composer)
        self.setFocusProxy(self._composer)
        self._lay_out()
        self._listen()
        self._show()

    @property
    def phone(self) -> Phone:
        return self._phone

    @property
    def is_looking(self) -> bool:
        """Whether it will look again by itself."""
        return self._timer.isActive()

    def showEvent(self, event) -> None:
        super().showEvent(event)
        self._look()

    def hideEvent(self, event) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def _listen(self) -> None:
        self._composer.sent.connect(self._send)
        self._composer.commented.connect(self._comment)
        self._composer.chosen.connect(self._choose)
        self._phone.tapped.connect(self._tap)
        self._phone.notify_me_tapped.connect(self._notify_me)
        self._phone.go_on_tapped.connect(self._go_on)
        self._kept.stopping.connect(self._stop)
        self._kept.resuming.connect(self._resume)
        self._controls.later.connect(self._let_pass)
        self._controls.start_over.connect(self._start_over)
        self._trouble.again.connect(self._try_again)

    def _lay_out(self) -> None:
        note = QLabel(_("Practice: nothing here reaches a real person."), wordWrap=True)
        note.setProperty("look", "quiet")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(12)
        column.addWidget(note)
        column.addWidget(self._phone, 1)
        column.addWidget(self._kept)
        column.addWidget(self._trouble)
        column.addWidget(self._controls)
        column.addStretch()

    def _send(self) -> None:
        if self._act is not None:
            self._sends_next = True
        elif self._composer.text:
            text = self._composer.take()
            self._do(
                Act(
                    lambda: self._practice.write(text),
                    _("Sending…"),
                    pending=Said(text=text, by_person=True, pending=True),
                    undone=lambda: self._composer.give_back(text),
                    again=self._send,
                )
            )

    def _comment(self) -> None:
        if self._act is None and self._composer.text:
            text = self._composer.take()
            self._do(
                Act(
                    lambda: self._practice.comment(text),
                    _("Sending…"),
                    undone=lambda: self._composer.give_back(text),
                )
            )

    def _choose(self, title: str) -> None:
        pending = Said(text=title, by_person=True, pending=True)
        self._do(Act(lambda: self._practice.choose(title), _("Sending…"), pending))

    def _tap(self, title: str, reply: str) -> None:
        pending = Said(text=title, by_person=True, pending=True)
        self._do(Act(lambda: self._practice.tap(reply), _("Sending…"), pending))

    def _notify_me(self, card: int) -> None:
        self._do(Act(lambda: self._practice.notify_me(card), _("Sending…")))

    def _go_on(self, card: int) -> None:
        self._do(Act(lambda: self._practice.go_on(card), _("Sending…")))

    def _stop(self, title: str) -> None:
        self._do(Act(lambda: self._practice.stop(title), _("Sending…")))

    def _resume(self, title: str) -> None:
        self._do(Act(lambda: self._practice.resume(title), _("Sending…")))

    def _let_pass(self, days: float) -> None:
        self._do(Act(lambda: self._practice.pass_time(days), _("Time passes…")))

    def _start_over(self) -> None:
        name = _after(self._chat.name if self._chat else "")
        self._do(
            Act(
                lambda: self._practice.begin_anew(name),
                _("Somebody new comes…"),
                done=self._forget,
            )
        )

    def _forget(self) -> None:
        self._chat = None

    def _do(self, act: Act) -> None:
        """Do it elsewhere, then look at what came of it. One act at a time."""
        if self._act is not None:
            return
        self._act = act
        self._again = None
        self._trouble.tell("")
        self._controls.begin(act.doing)
        self._show()
        self._phone.go_to_end()
        self._turns.take(Call(act.work, lambda _nothing: self._done(act), self._failed))

    def _done(self, act: Act) -> None:
        act.done()
        self._look(after_act=True)

    def _failed(self, problem: Exception) -> None:
        act = self._act
        act.undone()
        self._again = act.again or (lambda: self._do(act))
        self._sends_next = False
        self._trouble.tell(sentence(problem))
        self._end_act()
        self._look_later()

    def _end_act(self) -> None:
        self._act = None
        self._controls.end()
        self._show()
        if self._sends_next:
            self._sends_next = False
            self._send()

    def _look(self, *, after_act: bool = False) -> None:
        """See how the conversation stands; not while something is under way that ends in a look."""
        self._timer.stop()
        if after_act or self._turns.is_free:
            self._turns.take(
                Call(
                    self._practice.look,
                    lambda chat: self._seen(chat, after_act),
                    lambda problem: self._not_seen(problem, after_act),
                )
            )

    def _seen(self, chat: Chat, after_act: bool) -> None:
        self._chat = chat
        self._composer.offer(chat.choices)
        self._controls.show_time(times.full(chat.now))
        if self._again is None:
            self._trouble.tell("")
        self._end_look(after_act)

    def _not_seen(self, problem: Exception, after_act: bool) -> None:
        if self._again is None:
            self._trouble.tell(sentence(problem))
        self._end_look(after_act)

    def _end_look(self, after_act: bool) -> None:
        if after_act:
            self._end_act()
        else:
            self._show()
        self._look_later()

    def _look_later(self) -> None:
        if self.isVisible():
            self._timer.start()

    def _try_again(self) -> None:
        again, self._again = self._again or self._look, None
        again()

    def _show(self) -> None:
        chat = self._chat
        bubbles = of_entries(chat.entries, chat.now, chat.name, chat.typing) if chat else ()
        self._kept.show_topics(kept_topics(chat.lasting, chat.entries) if chat else ())
        if self._act is not None and self._act.pending is not None:
            bubbles = _with_pending(bubbles, self._act.pending)
        self._phone.show_bubbles(bubbles, self._calm(), follow=True)

    def _calm(self) -> str:
        """What stands in an empty conversation."""
        if self._chat is not None:
            return _("Write something to begin, such as one of your keywords.")
        return "" if self._trouble.is_told else _("One moment…")


def _after(name: str) -> str:
    """Who comes after somebody.

    >>> _after("Ann"), _after("Ben"), _after("Somebody else")
    ('Ben', 'Chloé', 'Ben')
    """
    return NAMES[(NAMES.index(name) + 1) % len(NAMES)] if name in NAMES else NAMES[0]


def _with_pending(bubbles: Sequence[Bubble], pending: Said) -> tuple[Bubble, ...]:
    """What is on its way stands where it will stand; quick replies are gone with it."""
    kept = [bubble for bubble in bubbles if not isinstance(bubble, Replies)]
    place = len(kept) - 1 if kept and isinstance(kept[-1], Line) else len(kept)
    return (*kept[:place], pending, *kept[place:])
