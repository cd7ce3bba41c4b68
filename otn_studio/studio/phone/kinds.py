"""Which part shows which bubble: those that can be tapped, and those that only show something."""

from otn_studio.studio.phone import bubbles as shown
from otn_studio.studio.phone.attached import AttachedPart
from otn_studio.studio.phone.cards import ButtonsPart, GoOnPart, OptInPart, PageCardPart
from otn_studio.studio.phone.carousel import CarouselPart
from otn_studio.studio.phone.dots import DotsPart
from otn_studio.studio.phone.picture import PicturePart
from otn_studio.studio.phone.reach import Reached
from otn_studio.studio.phone.reached import ReachedPart
from otn_studio.studio.phone.replies import RepliesPart
from otn_studio.studio.phone.said import LinePart, SaidPart
from otn_studio.studio.phone.window_over import WindowOver, WindowOverPart

LIVE = {
    shown.Buttons: ButtonsPart,
    shown.Card: PageCardPart,
    shown.Carousel: CarouselPart,
    shown.OptIn: OptInPart,
    shown.GoOn: GoOnPart,
    shown.Replies: RepliesPart,
}
STILL = {
    shown.Said: SaidPart,
    shown.Picture: PicturePart,
    shown.Attached: AttachedPart,
    shown.Dots: DotsPart,
    shown.Line: LinePart,
    Reached: ReachedPart,
    WindowOver: WindowOverPart,
}
