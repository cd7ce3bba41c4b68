"""The bar that says that a flow's file was changed elsewhere, and brings both together."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton

from otn_studio.blocks.words import Words
from otn_studio.studio.elsewhere.watch import Elsewhere
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.widgets.look import ThemedIcon, look, text
from otn_studio.studio.words import _, shown


class ElsewhereBar(QFrame):
    """``compare_wanted``: the person wants to see what is different."""

    compare_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("elsewhere")
        look(self, "bar")
        self._elsewhere: Elsewhere | None = None
        icon = text("")
        ThemedIcon(icon, theme, "diamond", "warning")
        self._words = text("", wraps=True)
        self._words.setObjectName("elsewhere_words")
        compare = QPushButton(_("What is different"))
        compare.setObjectName("elsewhere_compare")
        compare.clicked.connect(self.compare_wanted)
        self._theirs = QPushButton(_("Take what the file says"))
        self._theirs.setObjectName("follow_file")
        self._theirs.clicked.connect(lambda: self._bring_together(follow_theirs=True))
        self._mine = QPushButton()
        self._mine.setObjectName("bring_together")
        look(self._mine, "primary")
        self._mine.clicked.connect(lambda: self._bring_together(follow_theirs=False))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(8)
        row.addWidget(icon)
        row.addWidget(self._words, 1)
        for button in (compare, self._theirs, self._mine):
            row.addWidget(button)
        self.hide()

    def show_state(self, elsewhere: Elsewhere | None, name: str) -> None:
        """Show how it stands with the flow that is open."""
        self._elsewhere = elsewhere
        if elsewhere is None or elsewhere.theirs is None:
            self.hide()
            return
        found = elsewhere.together()
        is_disputed = bool(found.disputed) or found.beside
        words = _("The file of “{flow}” was changed elsewhere, too.", flow=name)
        self._words.setText(f"{words} {shown(_about(len(found.disputed), found.beside))}")
        self._mine.setText(_("Keep what I drew") if is_disputed else _("Bring both together"))
        self._theirs.setVisible(is_disputed)
        self.show()

    def _bring_together(self, *, follow_theirs: bool) -> None:
        if self._elsewhere is not None:
            self._elsewhere.bring_together(follow_theirs=follow_theirs)


def _about(blocks: int, beside: bool) -> Words:
    if blocks:
        return Words(
            "{n} block was changed in both places. All else fits together.",
            plural="{n} blocks were changed in both places. All else fits together.",
            n=blocks,
        )
    if beside:
        return Words(
            "The name, a topic or a field was changed in both places. All else fits together."
        )
    return Words("Nothing contradicts what you drew.")
