"""Every screen of the studio, one after the other, as a person comes by."""

from tests.studio.around import shoot_around
from tests.studio.camera import Camera
from tests.studio.canvas.screens import shoot_canvas
from tests.studio.screens_always_on import shoot_always_on
from tests.studio.screens_blocks import BlockScreens
from tests.studio.screens_connecting import shoot_connecting
from tests.studio.screens_engine import EngineScreens
from tests.studio.screens_exchange import shoot_exchange
from tests.studio.screens_flow import FlowScreens
from tests.studio.screens_help import shoot_help
from tests.studio.screens_insights import shoot_insights
from tests.studio.screens_pages import PageScreens
from tests.studio.simulator import screens as simulator


class Screens(FlowScreens, BlockScreens, PageScreens, EngineScreens):
    """All of them."""

    def all(self, camera: Camera) -> None:
        """Take them all."""
        self._shoot = camera.shoot
        self._start()
        self._flow()
        self._adding()
        shoot_canvas(self._builder, self._shoot)
        self._problems()
        self._story()
        self._many_blocks()
        self._elements()
        self._long_words()
        self._languages()
        self._practice()
        simulator.shoot(self.window, self.folder, self._shoot)
        self._contents()
        self._people()
        self._broadcasts()
        shoot_insights(self.window, self.insights, self._shoot)
        shoot_connecting(self.window, self.pages, self._shoot)
        self._engine_page()
        shoot_always_on(self.window, self.service, self.updates, self._shoot)
        shoot_around(self.window, self.publishing, self._shoot)
        shoot_exchange(self.window, self._theme, self._shoot)
        shoot_help(self.window, self._shoot)
