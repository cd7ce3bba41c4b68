"""The question mark beside what went wrong, or would."""

from otn_studio.studio.help.asking import ask_for_help
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.widgets.controls import IconButton
from otn_studio.studio.words import _


class HelpButton(IconButton):
    """Leads to where it is explained."""

    def __init__(self, theme: Theme, place: str) -> None:
        super().__init__(theme, "circle-question-mark", _("More about this"))
        self.setObjectName("help_about_it")
        self.clicked.connect(lambda: ask_for_help(self, place))
