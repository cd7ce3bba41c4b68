"""The way of the people who come through the selected blocks, lit up and down the flow."""

from collections.abc import Callable, Iterable

from otn_studio.studio.canvas.plan import Plan, Way
from otn_studio.studio.canvas.scene import Scene
from otn_studio.studio.document.selection import Selection


class WayLight:
    """As long as it is on, it follows what is selected."""

    def __init__(self, scene: Scene, selection: Selection) -> None:
        self._scene = scene
        self._selection = selection
        self._is_on = False

    def toggle(self) -> None:
        """On, or off again."""
        self._is_on = not self._scene.spotlight.lit
        if self._is_on:
            self.follow()
        else:
            self._scene.put_out()

    def give_way(self) -> None:
        """Somebody else lights something up."""
        self._is_on = False

    def follow(self) -> None:
        """Something else is selected; somebody else may have put out the light."""
        if not self._is_on:
            return
        selected = self._selection.blocks & self._scene.plan.boxes.keys()
        if selected:
            ways = way_of(self._scene.plan, selected)
            self._scene.light(ways, min(selected), blocks=selected)
        else:
            self._is_on = False
            self._scene.put_out()


def way_of(plan: Plan, blocks: Iterable[str]) -> set[Way]:
    """The connections that lead to some blocks, and those that they lead on to."""
    blocks = set(blocks)
    down = _reached(plan, blocks, lambda way: way[0], lambda way: plan.leads_to[way])
    up = _reached(plan, blocks, lambda way: plan.leads_to[way], lambda way: way[0])
    return down | up


def _reached(
    plan: Plan, blocks: set[str], near: Callable[[Way], str], far: Callable[[Way], str]
) -> set[Way]:
    """The connections that one comes upon, from end to end."""
    found: set[Way] = set()
    waiting, seen = list(blocks), set(blocks)
    while waiting:
        here = waiting.pop()
        for way in plan.touching.get(here, ()):
            if near(way) == here:
                found.add(way)
                if far(way) not in seen:
                    seen.add(far(way))
                    waiting.append(far(way))
    return found
