"""What flows have done for a person, besides messages."""

from collections.abc import Iterable

from otn_studio.blocks.event import Event
from otn_studio.blocks.turn import HandOver, Notify, StopTopic, TakeBack
from otn_studio.interpreter.effects import Do
from otn_studio.runtime.conversing import colleagues, stopping
from otn_studio.runtime.conversing.desk import Desk
from otn_studio.runtime.errands import errands


def do(desk: Desk, effect: Do) -> Iterable[Event]:
    """Do it, or let it be done. Answers what the conversation is told."""
    match effect.deed:
        case StopTopic(topic):
            return stopping.stop_by_flow(desk, topic)
        case HandOver(longest):
            colleagues.hand_over(desk, effect, longest)
        case TakeBack():
            colleagues.take_back(desk, effect)
        case Notify() as notice:
            errands.notify(desk, effect, notice)
    return ()
