"""What the panel shows while nothing is selected: the flow itself, and what to do."""

from collections.abc import Iterator, Sequence

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from otn_studio.blocks.finding import Finding
from otn_studio.blocks.words import Words
from otn_studio.flow.changes import Rename, SwitchChannel
from otn_studio.flow.document import CHANNELS
from otn_studio.studio.panel.header import Header
from otn_studio.studio.panel.names import readable
from otn_studio.studio.panel.place import Tools
from otn_studio.studio.panel.view import View
from otn_studio.studio.panel.watch import Watch
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.widgets.look import text
from otn_studio.studio.widgets.radios import Radios
from otn_studio.studio.words import _


class FlowView(View):
    """Name and channel."""

    def __init__(self, tools: Tools, parent: QWidget) -> None:
        super().__init__(tools.theme, _header(tools.theme), parent)
        self._document = tools.document
        self._name = QLineEdit()
        self._name.setObjectName("flow name")
        self._name.setAccessibleName(_("Name"))
        self._channel = Radios(
            "flow channel",
            [(readable(channel), _explained(channel)) for channel in CHANNELS],
        )
        for label, widget in ((_("Name"), self._name), (_("Channel"), self._channel)):
            group = QVBoxLayout()
            group.setSpacing(4)
            group.addWidget(text(label, "label"))
            group.addWidget(widget)
            self.column.addLayout(group)
        self.column.addStretch(1)
        for input in (self._name, *self._channel.buttons):
            Watch(input, tools.document)
        self._name.textEdited.connect(self._rename)
        self._channel.chosen.connect(self._switch)
        self.refresh()

    def refresh(self) -> None:
        flow = self._document.flow
        if flow.name != self._name.text():
            self._name.setText(flow.name)
        self._channel.show_number(CHANNELS.index(flow.channel))

    def of_here(self, findings: Sequence[Finding]) -> list[Finding]:
        """Those that mean no block."""
        return [finding for finding in findings if not finding.block]

    def stops(self) -> Iterator[QWidget]:
        yield self._name
        yield from self._channel.buttons

    def _rename(self, name: str) -> None:
        self._document.do(Rename(name), Words("Rename the flow"), merge="flow name")

    def _switch(self, number: int) -> None:
        channel = CHANNELS[number]
        if channel != self._document.flow.channel:
            words = Words("Make it a flow for {channel}", channel=channel.capitalize())
            self._document.do(SwitchChannel(channel), words)


def _header(theme: Theme) -> Header:
    words = _("Select a block to see what it says and does, and to change it.")
    return Header(theme, _("This flow"), [_("Nothing is selected")], help=words)


def _explained(channel: str) -> str:
    if channel == "messenger":
        return _("Talks with people on your Page. Can ask for permission to write later.")
    return _("Talks with people on your Instagram account. Has no One Time Notification.")
