"""What the canvas looks like with frames and notes, while something is moved, and while one looks for
words."""

from collections.abc import Callable

from PySide6.QtCore import QPointF

from otn_studio.studio.canvas.canvas import Canvas
from otn_studio.studio.canvas.gestures.gesture import Spot
from otn_studio.studio.canvas.gestures.lasso import Lasso
from otn_studio.studio.canvas.gestures.move import Move
from otn_studio.studio.flows.builder import Builder

SIZES = ("size-41", "size-42", "size-43")
LONG = "A frame with a title that is much longer than the frame is wide, whatever one does"


def shoot_canvas(builder: Builder, shoot: Callable[[str], None]) -> None:
    """Takes back all that it does to the flow."""
    canvas, before = builder.canvas, len(builder.document.history.done)
    canvas.view.fit()
    _frames(canvas, builder, shoot)
    _gestures(canvas, builder, shoot)
    _commands(canvas, builder, shoot)
    while len(builder.document.history.done) > before:
        builder.document.undo()
    builder.selection.select([])


def _frames(canvas: Canvas, builder: Builder, shoot: Callable[[str], None]) -> None:
    select, framing = builder.selection.select, canvas.framing
    select(SIZES)
    sizes = framing.enclose()
    framing.write(sizes, "Sizes\nEach is kept for later, so that the right people hear of it.")
    framing.color("blue")
    select(["wait"])
    framing.write(framing.enclose(), LONG)
    framing.color("green")
    bounds = canvas.plan.bounds()
    note = framing.note(bounds.corner.plus(0, -180))
    framing.write(
        note, "Ask the shop\nWhich sizes come first? Next week's sheet has them, says Ann."
    )
    canvas.view.fit()
    select([])
    shoot("frames")
    select([], frames=[sizes])
    canvas.view.look_at(canvas.plan.frames.boxes[sizes], most=1.0)
    shoot("frame-selected")
    canvas.frame_editor.open(sizes)
    shoot("frame-writing")
    canvas.frame_editor.close_again(keep=False)
    canvas.menu.open(None)
    shoot("frame-menu")
    canvas.menu.close()
    canvas.view.zoom_to(0.15)
    canvas.view.settle()
    shoot("frames-afar")


def _gestures(canvas: Canvas, builder: Builder, shoot: Callable[[str], None]) -> None:
    view, plan, tools = canvas.view, canvas.plan, canvas._tools
    view.look_at(plan.boxes["thanks"], most=1.0)
    start = plan.boxes["thanks"].corner
    for screen, block, by in (("guides", "thanks", (60, 3)), ("drop-into", "remind", None)):
        start = plan.boxes[block].corner
        end = start.plus(*by) if by else plan.routes["thanks", "too_late"].at(0.5)
        gesture = Move(tools, Spot(start, QPointF()), [block])
        gesture.start()
        gesture.move(Spot(end, QPointF()))
        shoot(screen)
        gesture.cancel()
    view.fit()
    box = plan.boxes["ask"].grown(30)
    lasso = Lasso(tools, Spot(box.corner, QPointF()), ())
    lasso.start()
    for x, y in ((box.right, box.y - 40), (box.right + 20, box.bottom), (box.x - 30, box.bottom)):
        lasso.move(Spot(box.corner._replace(x=x, y=y), QPointF()))
    shoot("lasso")
    lasso.cancel()


def _commands(canvas: Canvas, builder: Builder, shoot: Callable[[str], None]) -> None:
    canvas.keys.do("find")
    shoot("find")
    canvas.find_bar.field.setText("size")
    shoot("found")
    canvas.find_bar.field.setText("zebra")
    shoot("found-nothing")
    canvas.find_bar.close_again()
    builder.selection.select(["size-41"])
    canvas.keys.do("way")
    shoot("way-of-the-people")
    canvas.keys.do("way")
    builder.selection.select(["which-size", "ask"])
    canvas.keys.do("collapse")
    shoot("collapsed")
    canvas.keys.do("tidy")
    canvas.menu.open(None)
    shoot("several-menu")
    canvas.menu.close()
    way = "kept", "next"
    canvas.view.look_at(canvas.plan.boxes["kept"], most=1.0)
    canvas._tools.insert(canvas.plan.routes[way].at(0.5), way)
    shoot("insert")
    canvas.quick_add.close_again()
