"""A story played once more, with all that happens in it kept: for the phone, and for the canvas."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from otn_studio.blocks.outgoing import Message
from otn_studio.blocks.story import Act, Story
from otn_studio.checks.proof.rehearsal import STEPS_OF_ONE, VERSION, Fate, Rehearsal
from otn_studio.flow.project import Project
from otn_studio.interpreter.effects import SendMessages
from otn_studio.interpreter.program import LivePrograms, Program

Step = tuple[str, str, str]
"""A way out that was taken, by its flow, block and port."""


@dataclass(frozen=True)
class Did:
    """The person did something. ``last_action`` is when they last opened the window."""

    at: datetime
    act: Act
    last_action: datetime | None


@dataclass(frozen=True)
class Came:
    """Messages of a block came, by a permission for ``topic`` if it is set, or were refused."""

    at: datetime
    flow: str
    block: str
    messages: tuple[Message, ...]
    topic: str
    refusal: Fate
    last_action: datetime | None


Happening = Did | Came


class Replay(Rehearsal):
    """``happened`` is what one could see, ``taken`` every way out on the way to it."""

    def __init__(self, project: Project, story: Story) -> None:
        self.happened: list[Happening] = []
        self.taken: list[Step] = []
        self._story = story
        self._flows = project.flows
        programs = LivePrograms(Program(flow.id, VERSION, flow) for flow in self._flows.values())
        super().__init__(project, programs, story.person, story.begins_at, story.late)

    def play(self) -> None:
        """Up to the message that is refused.

        Raises:
            NotPossible: the flows are not as they were when the story was found.
        """
        for moment in self._story.moments:
            act = moment.act
            self._go_on(lambda act=act: self.can(act))
            until = self.now + moment.pause
            self._go_on(lambda until=until: self._is_idle_until(until))
            if self.is_over:
                return
            self.now = until
            self.act(act)
        self._go_on(lambda: False)

    @property
    def is_over(self) -> bool:
        """Whether what the story ends with has just happened."""
        last = self.happened[-1] if self.happened else None
        return (
            isinstance(last, Came)
            and (last.flow, last.block) == (self._story.flow, self._story.block)
            and last.refusal is not None
            and last.at >= self._story.ends_at
        )

    def act(self, act: Act) -> None:
        super().act(act)
        self.happened.append(Did(self.now, act, self.last_action))

    def _note_gone(self, gone: Sequence[Step]) -> None:
        for flow, block, port in gone:
            if port and self._flows[flow].leads_to(block, port) is not None:
                self.taken.append((flow, block, port))

    def _send(self, effect: SendMessages) -> None:
        super()._send(effect)
        place = (effect.flow, effect.block)
        refusal = self.sent[-1].refusal
        came = Came(self.now, *place, effect.messages, effect.topic, refusal, self.last_action)
        self.happened.append(came)

    def _go_on(self, enough) -> None:
        """Step by step until that is enough, or all is over."""
        while not self.is_over and self.next_step_at() is not None and not enough():
            if self.steps > STEPS_OF_ONE:
                return
            self.step()

    def _is_idle_until(self, until: datetime) -> bool:
        due = self.next_step_at()
        return due is None or due > until
