"""Which topics fit where: those for one message, those for many, or both."""

from otn_studio.blocks.element import Element
from otn_studio.blocks.start.resumed import Resumed
from otn_studio.blocks.start.stopped import Stopped
from otn_studio.studio.panel.place import Place


def asks(place: Place) -> bool:
    """Whether a person is asked for permission there."""
    owner = place.owner()
    return isinstance(owner, Element) and owner.asks() is not None


def recurs(place: Place) -> bool | None:
    """Whether a topic has to be a recurring one there; none: either will do."""
    match place.owner():
        case Element() as element:
            asked = element.asks()
            return asked.recurring if asked else None
        case Stopped() | Resumed():
            return True
    return None
