"""What is seen first of a flow: all of it where that can be read, else where it begins."""

from PySide6.QtCore import QSize

from otn_studio.flow.document import Flow
from otn_studio.studio.canvas.geometry import Point
from otn_studio.studio.canvas.scene import Scene
from otn_studio.studio.canvas.unfolding import LOOKS_DOWN, LOOKS_RIGHT
from otn_studio.studio.canvas.view import SIGN_BELOW, View


def show(scene: Scene, flow: Flow, screen: QSize) -> None:
    """Take on a flow before there is a window: of a large one what can be seen on that screen."""
    scene.unfold(flow, Point(screen.width(), screen.height()), SIGN_BELOW)


def look(view: View, scene: Scene) -> None:
    """Turn the view there."""
    if scene.is_whole:
        view.fit()
    first = scene.plan_so_far.begins_at()
    if first and (view.zoom < SIGN_BELOW or not scene.is_whole):
        view.zoom_to(1)
        view.settle()
        view.center_on(first.plus(view.visible().width * LOOKS_RIGHT, LOOKS_DOWN))
    view.forget_leaps()
