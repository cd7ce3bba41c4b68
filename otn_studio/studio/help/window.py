"""The window of help: what there is at the left, a page to read at the right, and the way back."""

from pathlib import PurePosixPath

from PySide6.QtCore import QSize, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from otn_studio.studio.help import blocks, library
from otn_studio.studio.help.library import HelpPage, bare_name
from otn_studio.studio.help.paper import WIDTH, Paper
from otn_studio.studio.help.searching import found, prepare
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.theme.type import LABEL, font
from otn_studio.studio.widgets.controls import IconButton
from otn_studio.studio.widgets.look import look
from otn_studio.studio.widgets.search import SearchField
from otn_studio.studio.words import _, spoken

SIDE, HEIGHT = 296, 720
HEADING = 40
NAME = Qt.ItemDataRole.UserRole
FLOWS = "flows/"


class HelpWindow(QDialog):
    """Stands beside the studio, so that one can read and draw. ``sample_wanted``: by its name."""

    sample_wanted = Signal(str)

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self.setObjectName("help")
        self.setWindowTitle(_("Help"))
        self.resize(SIDE + WIDTH + 24, HEIGHT)
        self._sections = library.sections(spoken())
        self._of_blocks = frozenset(blocks.names())
        written = (name for section in self._sections for name in section.pages)
        self._names = list(dict.fromkeys((*blocks.names(), *written)))
        self._pages: dict[str, HelpPage] = {}
        self._unread = iter(self._names)
        self._ahead = QTimer(self, interval=0)
        self._ahead.timeout.connect(self._read_ahead)
        self._past: list[str] = []
        self._future: list[str] = []
        self._here = ""
        self._search = SearchField(theme, "help_search", _("Search the help"))
        self._search.setFixedWidth(SIDE - 96)
        self._search.textChanged.connect(self._list)
        self._contents = QListWidget()
        self._paper = Paper(theme)
        self._paper.followed.connect(self.follow)
        self._back = IconButton(theme, "chevron-left", _("Back"))
        self._on = IconButton(theme, "chevron-right", _("Forward"))
        self._lay_out()
        self._list()

    def follow(self, link: str) -> None:
        """Go where a link leads: to a page, to a part of this one, to a sample, or out to the web."""
        if link.startswith(("https://", "http://")):
            QDesktopServices.openUrl(QUrl(link))
        elif FLOWS in link:
            self.sample_wanted.emit(PurePosixPath(link).stem)
        else:
            self.open_at(self._full(link))

    def open_at(self, place: str) -> None:
        """Show a page, as ``topics.md`` or ``topics.md#a-part``."""
        if place != self._here:
            if self._here:
                self._past.append(self._here)
            self._future.clear()
        self.show()
        self._go(place)
        self._ahead.start()
        self.raise_()
        self.activateWindow()

    def _page(self, name: str) -> HelpPage:
        """Written when it is first read: those of the blocks take their time."""
        if name not in self._pages:
            of_block = name in self._of_blocks
            self._pages[name] = blocks.page(name) if of_block else library.page(name, spoken())
        return self._pages[name]

    def _read_ahead(self) -> None:
        """The next of the pages in which somebody may look for something."""
        name = next(self._unread, None)
        if name is None:
            self._ahead.stop()
        else:
            prepare(self._page(name))

    def _full(self, link: str) -> str:
        """A link as it is written on this page, as the name of a page."""
        name, mark, part = link.partition("#")
        here = self._here.partition("#")[0]
        if not name:
            return f"{here}#{part}"
        full = bare_name(name) if name.startswith("../") else PurePosixPath(here).parent / name
        return f"{full}{mark}{part}"

    def _go(self, place: str) -> None:
        name, _mark, part = place.partition("#")
        self._here = place
        self._paper.read(self._page(name), part, self._search.text())
        self._back.setEnabled(bool(self._past))
        self._on.setEnabled(bool(self._future))
        self._mark_here()

    def _go_back(self) -> None:
        self._future.append(self._here)
        self._go(self._past.pop())

    def _go_on(self) -> None:
        self._past.append(self._here)
        self._go(self._future.pop())

    def _list(self) -> None:
        """The contents; of somebody who looks for something, what was found."""
        typed = self._search.text().strip()
        self._contents.clear()
        if typed:
            pages = found(map(self._page, self._names), typed)
            self._add_heading(_("Found") if pages else _("Nothing found. Try another word."))
            for page in pages:
                self._add(page)
        else:
            for section in self._sections:
                self._add_heading(section.title)
                for name in section.pages:
                    self._add(self._page(name))
        self._mark_here()

    def _add_heading(self, title: str) -> None:
        item = QListWidgetItem(title)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setFont(font(LABEL, strong=True))
        item.setSizeHint(QSize(0, HEADING if self._contents.count() else HEADING // 2))
        item.setTextAlignment(Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeading)
        self._contents.addItem(item)

    def _add(self, page: HelpPage) -> None:
        item = QListWidgetItem(page.title)
        item.setData(NAME, page.name)
        self._contents.addItem(item)

    def _mark_here(self) -> None:
        """Show in the list where one is; the page of a block belongs to that of all of them."""
        here = self._here.partition("#")[0]
        rows = {self._contents.item(row).data(NAME): row for row in range(self._contents.count())}
        row = rows.get(here, rows.get(blocks.ALL, -1) if here.startswith(blocks.FOLDER) else -1)
        self._contents.blockSignals(True)
        self._contents.setCurrentRow(row)
        self._contents.blockSignals(False)

    def _pick(self, item: QListWidgetItem | None) -> None:
        if item is not None and item.data(NAME):
            self.open_at(item.data(NAME))

    def _lay_out(self) -> None:
        look(self._contents, "contents")
        self._contents.setObjectName("help_contents")
        self._contents.setAccessibleName(_("Contents"))
        self._contents.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._contents.currentItemChanged.connect(lambda item, _before: self._pick(item))
        for button, name, go in (
            (self._back, "help_back", self._go_back),
            (self._on, "help_forward", self._go_on),
        ):
            button.setObjectName(name)
            button.clicked.connect(go)
        side = QFrame()
        look(side, "side")
        side.setFixedWidth(SIDE)
        column = QVBoxLayout(side)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        steps = QHBoxLayout()
        steps.setSpacing(4)
        steps.addWidget(self._back)
        steps.addWidget(self._on)
        steps.addWidget(self._search)
        column.addLayout(steps)
        column.addWidget(self._contents, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(side)
        row.addWidget(self._paper, 1)
