"""Two flow files beside each other: what the second has of different."""

from otn_studio.flow.document import Flow
from otn_studio.studio.compare.comparison import Comparison
from otn_studio.studio.compare.page_beside import PageBeside
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.widgets.elided import Elided
from otn_studio.studio.words import _


class ComparePage(PageBeside):
    """A flow that is open, beside the one in another file."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "leave_compare", Elided("", "title", middle=True))
        self._comparison = Comparison(theme)
        self.column.addWidget(self._comparison, 1)

    def compare(self, before: Flow, name: str, after: Flow) -> None:
        """Show what the flow that is open has that the other, of a file of this name, has not."""
        self.title.say(_("“{flow}”, compared with {file}", flow=after.name, file=name))
        self._comparison.compare(before, after)
