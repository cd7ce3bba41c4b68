"""The pages of the menu beside the flows. Each is made, and its modules are loaded, when it is first
shown: the window need not wait for them.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from otn_studio.flow.document import Flow
from otn_studio.studio.later import Later
from otn_studio.studio.pages.engine.engine_watch import EngineWatch
from otn_studio.studio.services.services import Services
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.words import _

if TYPE_CHECKING:
    from otn_studio.studio.pages.broadcasts.page import BroadcastsPage
    from otn_studio.studio.pages.contacts.page import ContactsPage
    from otn_studio.studio.pages.engine.page import EnginePage
    from otn_studio.studio.pages.insights.page import InsightsPage
    from otn_studio.studio.pages.topics.page import TopicsPage


class PagesBeside(QObject):
    """``renamed``: a topic, by its id, has this name now. ``undo_changed``: what can be undone among
    them. ``drawn``: a flow to be opened. ``flow_wanted``: a new one. ``again``: the studio is to open
    anew.
    """

    renamed = Signal(str, str)
    undo_changed = Signal()
    drawn = Signal(object)
    flow_wanted = Signal()
    again = Signal()

    def __init__(
        self,
        services: Services,
        theme: Theme,
        watch: EngineWatch,
        open_drawing: Callable[[], Flow | None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._services, self._theme, self._watch = services, theme, watch
        self._open_drawing = open_drawing
        self.contents = Later(self._contents)
        self.by_name = {
            "contents": self.contents,
            "contacts": Later(self._contacts),
            "broadcasts": Later(self._broadcasts),
            "insights": Later(self._insights),
            "engine": Later(self._engine),
        }

    def _contents(self) -> "TopicsPage":
        from otn_studio.studio.pages.engine.page_values import PageValuesCard
        from otn_studio.studio.pages.topics.page import TopicsPage

        page = TopicsPage(self._services.topics, self._theme)
        page.put_beside(_("Values of the Page"), PageValuesCard(self._services.page_values))
        page.renamed.connect(self.renamed)
        page.undo_changed.connect(self.undo_changed)
        return page

    def _contacts(self) -> "ContactsPage":
        from otn_studio.studio.pages.contacts.page import ContactsPage

        page = ContactsPage(self._services.contacts, self._theme)
        page.begun.connect(self.flow_wanted)
        return page

    def _broadcasts(self) -> "BroadcastsPage":
        from otn_studio.studio.pages.broadcasts.page import BroadcastsPage

        page = BroadcastsPage(self._services.broadcasts, self._services.sequences, self._theme)
        page.drawn.connect(self.drawn)
        return page

    def _insights(self) -> "InsightsPage":
        from otn_studio.studio.pages.insights.page import InsightsPage

        page = InsightsPage(self._services.insights, self._theme)
        page.begun.connect(self.flow_wanted)
        return page

    def _engine(self) -> "EnginePage":
        from otn_studio.studio.connecting.card import PagesCard
        from otn_studio.studio.pages.engine.api_keys import ApiKeysCard
        from otn_studio.studio.pages.engine.mail import MailCard
        from otn_studio.studio.pages.engine.page import EnginePage
        from otn_studio.studio.pages.engine.service import ServiceCard
        from otn_studio.studio.secrets.card import SecretsCard

        services = self._services
        page = EnginePage(self._watch, self._theme, services.page_name)
        pages = PagesCard(services.pages, services.secrets, self._theme)
        pages.again.connect(self.again)
        page.put_below(pages)
        page.put_below(ServiceCard(services.service, self._watch.look), only_here=True)
        page.put_below(ApiKeysCard(services.api_keys))
        page.put_below(MailCard(services.mail))
        page.put_below(SecretsCard(services.secrets, self._open_drawing))
        return page
