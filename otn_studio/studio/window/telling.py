"""Keeps the bar and the actions up to date with what is shown: a flow, the start page, another page."""

from typing import Final

from otn_studio.studio.flows.open_flow import OpenFlow
from otn_studio.studio.pages.engine.engine_watch import EngineWatch
from otn_studio.studio.window import actions
from otn_studio.studio.window.actions import Actions
from otn_studio.studio.window.topbar import TopBar
from otn_studio.studio.words import _

OF_BUILDER: Final = (actions.LANGUAGES, actions.SIMULATOR, actions.PRACTICE, actions.PUBLISH)
OF_FLOW: Final = (
    actions.SAVE,
    actions.SAVE_AS,
    actions.EXPORT,
    actions.CLOSE,
    actions.VERSIONS,
    actions.COMPARE,
    *OF_BUILDER,
)


class Telling:
    """Where no flow is shown, there is none to publish."""

    def __init__(self, made: Actions, bar: TopBar, watch: EngineWatch, page_name: str) -> None:
        self._actions = made
        self._bar = bar
        self._watch = watch
        self._page_name = page_name

    def tell(self, flow: OpenFlow | None, *, is_page: bool) -> None:
        """``is_page``: another page than the flow's is shown."""
        for declaration in OF_FLOW:
            self._actions[declaration].setEnabled(flow is not None)
        if is_page:
            self._tell_page()
        elif flow is None:
            self._bar.show_flow(None)
        else:
            self._tell_flow(flow)

    def _tell_flow(self, flow: OpenFlow) -> None:
        busy = flow.publisher.is_busy
        self._actions[actions.PUBLISH].setEnabled(not busy)
        self._actions[actions.PUBLISH].setText(_("Publishing…") if busy else _("Publish"))
        self._actions[actions.SIMULATOR].setChecked(flow.builder.shows_simulator)
        self._actions[actions.PRACTICE].setChecked(flow.builder.shows_practice)
        self._bar.show_flow(flow.document.flow.name, flow.state)

    def _tell_page(self) -> None:
        for declaration in OF_BUILDER:
            self._actions[declaration].setEnabled(False)
        connected = _("Practice") if self._watch.state.practice else _("Page connected")
        self._bar.show_page(self._page_name, connected if self._watch.is_known else "")
