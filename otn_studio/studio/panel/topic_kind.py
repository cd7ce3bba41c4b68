"""Which topics fit where: those for one message, those for many, or both."""

from otn_studio.blocks.element import Element
from otn_studio.blocks.start.resumed import Resumed
from otn_studio.blocks.start.stopped import Stopped
from otn_studio.studio.panel.place import Place


def asks_for_many(place: Place) -> bool:
    """Whether a person is asked there for a permission that lasts."""
    return isinstance(place.owner(), Element) and recurs(place) is True


def recurs(place: Place) -> bool | None:
    """Whether a topic has to be a recurring one there; none: either will do."""
    match place.owner():
        case Element() as element:
            asked = element.asks()
            return asked.recurring if asked else None
        case Stopped() | Resumed():
            return True
    return None
