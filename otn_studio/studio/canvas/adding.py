"""Adding to the canvas: the list that asks what, and where that goes."""

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QPointF
from PySide6.QtWidgets import QWidget

from otn_studio.blocks.block import Group
from otn_studio.studio.canvas.geometry import Point
from otn_studio.studio.canvas.gestures.gesture import Tools
from otn_studio.studio.canvas.offers import GROUP_TITLES, Offer, offers
from otn_studio.studio.canvas.palette import Palette
from otn_studio.studio.canvas.pending import Pending
from otn_studio.studio.canvas.plan import Way
from otn_studio.studio.canvas.shape import MIDDLE_OF_HEAD, WIDTH
from otn_studio.studio.canvas.under import Under
from otn_studio.studio.document.document import Document
from otn_studio.studio.theme import sides
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.words import _

if TYPE_CHECKING:
    from otn_studio.studio.canvas.quick_add import QuickAdd

FROM_TOP = 72


class Adding(QObject):
    """The palette and the list, and what becomes of what is chosen there."""

    def __init__(self, canvas: QWidget, tools: Tools, document: Document, theme: Theme) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._tools = tools
        self._document = document
        self._waiting: tuple[Point | None, Way | None] = None, None
        self._into: Way | None = None
        self._under = Under(tools.view)
        self._theme = theme
        self.palette = Palette(canvas, theme)
        self.palette.opened.connect(self._open_group)
        document.changed.connect(self._let_go_of_what_is_gone)

    @cached_property
    def quick_add(self) -> "QuickAdd":
        """The list, made when it is first wanted."""
        from otn_studio.studio.canvas.quick_add import QuickAdd

        made = QuickAdd(self._canvas, self._theme)
        made.chosen.connect(self._add_chosen)
        made.closed.connect(self._end_asking)
        made.list.dragged.connect(self._show_target)
        made.list.dropped.connect(self._drop)
        return made

    def ask(self, point: Point | None, after: Way | None, found: list[Offer]) -> None:
        """Ask what to put at a place, or wherever there is room; ``after`` leads there then."""
        view = self._tools.view
        self._waiting = point, after
        if point is None:
            place = QPoint((self._canvas.width() - self.quick_add.width()) // 2, FROM_TOP)
        else:
            place = view.to_window(point).toPoint()
        if after is not None and point is not None:
            view.freeze(Pending(self._tools.scene, after, point))
        self.quick_add.open(place, found, self._document.flow.channel)

    def ask_into(self, point: Point, way: Way) -> None:
        """Ask what to put into a connection."""
        place = self._tools.view.to_window(point).toPoint()
        self._into = way
        self._tools.scene.hover.choose(way)
        self.quick_add.open(place, offers(starts=False), self._document.flow.channel)

    def _open_group(self, group: Group, place: QPoint) -> None:
        self._waiting = None, None
        heading = _(GROUP_TITLES[group])
        if sides.are_swapped():
            place -= QPoint(self.quick_add.width(), 0)
        self.quick_add.open(place, offers(group), self._document.flow.channel, heading)

    def _add_chosen(self, offer: Offer) -> None:
        point, after = self._waiting
        self._tools.view.thaw()
        if self._into is not None:
            self._show(self._tools.editing.insert(offer, self._into))
        elif after is not None and point is not None:
            self._show(self._tools.editing.add(offer, point.plus(0, -MIDDLE_OF_HEAD), after))
        else:
            self._add(offer, point)

    def _add(self, offer: Offer, point: Point | None) -> None:
        """To the Send Message that is selected, at a place, or in the middle."""
        view, editing, only = self._tools.view, self._tools.editing, self._tools.selection.only
        if point is None and only in self._tools.plan.boxes and editing.add_to(offer, only):
            self._show(only)
        else:
            corner = point or view.visible().center.plus(-WIDTH / 2, -MIDDLE_OF_HEAD)
            self._show(editing.add(offer, corner))

    def _show(self, block: str) -> None:
        self._tools.view.show_box(self._tools.plan.boxes[block])

    def _let_go_of_what_is_gone(self) -> None:
        """Ask no longer what follows a block, or comes into a connection, that is not there now."""
        flow, after, into = self._document.flow, self._waiting[1], self._into
        after_is_gone = after is not None and after[0] not in flow.blocks
        if after_is_gone or (into is not None and flow.leads_to(*into) is None):
            self.quick_add.close_again()

    def _end_asking(self) -> None:
        self._waiting, self._into = (None, None), None
        self._tools.view.thaw()
        self._tools.view.setFocus()

    def _show_target(self, offer: Offer, place: QPoint) -> None:
        """The connection that it would be put into rises."""
        inside = self._tools.view.viewport().mapFromGlobal(place)
        point = self._tools.view.to_canvas(QPointF(inside))
        self._tools.scene.hover.show_hovered(None, self._way_for(offer, point), None)

    def _way_for(self, offer: Offer, point: Point) -> Way | None:
        blocked = offer.is_start or self._tools.plan.block_at(point) is not None
        return None if blocked else self._under.connection(point)

    def _drop(self, offer: Offer, place: QPoint) -> None:
        """Dragged out of the list: into a Send Message, into a connection, or onto the canvas."""
        viewport = self._tools.view.viewport()
        inside = viewport.mapFromGlobal(place)
        self.quick_add.close_again()
        if not viewport.rect().contains(inside):
            return
        point = self._tools.view.to_canvas(QPointF(inside))
        block = self._tools.plan.block_at(point)
        way = self._way_for(offer, point)
        if way is not None:
            self._show(self._tools.editing.insert(offer, way))
        elif block is None or not self._tools.editing.add_to(offer, block):
            self._add(offer, point.plus(-WIDTH / 2, -MIDDLE_OF_HEAD))
