from otn_studio.blocks.block import Block, Group, Kind
from otn_studio.blocks.turn import Step, Turn
from otn_studio.blocks.turn import TakeBack as TakeBackEffect
from otn_studio.blocks.words import Words


class TakeBack(Block):
    """Takes the conversation back from your colleagues: the bot answers again.

    What flows had to say meanwhile goes out now. Where nothing was handed over, it does nothing.

    >>> str(TakeBack().summary())
    'Take back from a person'
    """

    kind = Kind("take_back", title="Take back from a person", group=Group.ACTION, icon="bot")

    def step(self, turn: Turn) -> Step:
        return turn.go("next", TakeBackEffect())

    def summary(self) -> Words:
        return Words("Take back from a person")
