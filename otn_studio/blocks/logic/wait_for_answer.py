from typing import Annotated

from otn_studio.blocks.answers import FITTING, AnswerKind, kept
from otn_studio.blocks.block import NEXT, Block, Group, Kind, Option, Port, Role
from otn_studio.blocks.duration import Duration
from otn_studio.blocks.effect import Hears
from otn_studio.blocks.turn import Heard, SetField, Step, Told, Turn
from otn_studio.blocks.words import Words

NO_ANSWER = Port("no_answer", Words("No answer in time"))


class WaitForAnswer(Block):
    """Waits until the person writes something, or until the time is over.

    What they write comes here before it starts any flow.

    >>> str(WaitForAnswer(time="2 hours").summary())
    'Wait 2 hours for an answer'
    """

    kind = Kind(
        "wait_for_answer",
        title="Wait for an answer",
        group=Group.LOGIC,
        icon="message-circle-reply",
        ports=(Port(NEXT.id, Words("They wrote"), Role.ANSWER), NO_ANSWER),
        pauses=True,
    )

    time: Annotated[Duration, Option("Wait at most")] = Duration(1, "day")
    field: Annotated[str, Option("Keep the answer in", refers_to="field")] = ""

    def step(self, turn: Turn) -> Step:
        return turn.listen(self.time.length, NO_ANSWER.id)

    def told(self, turn: Turn, what: Told) -> Step:
        assert isinstance(what, Heard)
        text = kept(AnswerKind.TEXT, what, turn) or kept(AnswerKind.FILE, what, turn)
        return turn.go(NEXT.id, *([SetField(self.field, text)] if self.field else []))

    def effect(self) -> Hears:
        fitting = FITTING[AnswerKind.TEXT]
        return Hears(NEXT.id, fitting, self.time.length, NO_ANSWER.id, field=self.field)

    def summary(self) -> Words:
        return Words("Wait {time} for an answer", time=self.time.words)
