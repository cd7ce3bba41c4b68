"""What each step of the assistant asks for."""

import secrets
from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QLineEdit

from otn_studio.studio.connecting.form import Form
from otn_studio.studio.connecting.parts import CopyLine, SecretLine
from otn_studio.studio.connecting.rules import RulesForm
from otn_studio.studio.connecting.said import TUNNELS
from otn_studio.studio.connecting.store import PageRow, Pages, Step
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.widgets.radios import Radios
from otn_studio.studio.words import _, shown


class SecretForm(Form):
    """One secret."""

    def __init__(self, name: str, words: str, step: Step) -> None:
        super().__init__()
        self._name, self._step = name, step
        self._line = SecretLine(f"connect_{name}", words)
        self._label = self.add(words, self._line)
        self.setFocusProxy(self._line)

    def show_row(self, row: PageRow | None) -> None:
        if self._step is Step.SECRET and row is not None and row.app_name:
            self._label.setText(_("The secret of the app “{app}”", app=row.app_name))
        self._line.show_kept(row is not None and self._step in row.passed)

    def given(self) -> Mapping[str, str]:
        return {self._name: self._line.line.text()}


class AddressForm(Form):
    """Which way leads to this computer, and by which address."""

    def __init__(self, engine: str) -> None:
        super().__init__()
        self._engine = engine
        choices = [(shown(name), shown(about)) for name, about, _command in TUNNELS]
        self._ways = Radios("tunnel", choices)
        self._ways.chosen.connect(self._show_command)
        self._command = CopyLine("tunnel_command", _("How to start it"))
        self._line = QLineEdit()
        self._line.setObjectName("connect_address")
        self._line.setAccessibleName(_("Its address"))
        self._line.setPlaceholderText("https://bot.shop.example")
        self.column.addWidget(self._ways)
        self.column.addSpacing(4)
        self.add(_("How to start it"), self._command)
        self.add(_("Its address"), self._line)
        self._ways.show_number(0)
        self._show_command(0)
        self.setFocusProxy(self._line)

    def show_row(self, row: PageRow | None) -> None:
        if row is not None and not self._line.isModified():
            self._line.setText(row.address)

    def given(self) -> Mapping[str, str]:
        return {"address": self._line.text()}

    def _show_command(self, number: int) -> None:
        self._command.show_text(TUNNELS[number][2].format(engine=self._engine))


class VerificationForm(Form):
    """Both lines, for those who paste them themselves."""

    def __init__(self) -> None:
        super().__init__()
        self._address = CopyLine("callback_url", _("Callback URL"))
        self._word = CopyLine("verify_word", _("Verify token"), secret=True)
        self.add(_("Callback URL"), self._address)
        self.add(_("Verify token"), self._word)

    def show_row(self, row: PageRow | None) -> None:
        if row is not None:
            self._address.show_text(row.address)
            self._word.show_text(row.word)


class MessageForm(Form):
    """The words to write, and where."""

    def __init__(self) -> None:
        super().__init__()
        self._word = CopyLine("first_words", _("Write this"))
        self._where = CopyLine("page_link", _("Here"))
        self._word.show_text(_("hello {number}", number=1_000 + secrets.randbelow(9_000)))
        self.add(_("Write this"), self._word)
        self.add(_("Here"), self._where)

    def show_row(self, row: PageRow | None) -> None:
        if row is not None:
            self._where.show_text(f"https://m.me/{row.id}")

    def given(self) -> Mapping[str, str]:
        return {"word": self._word.line.text()}


def make(pages: Pages, theme: Theme) -> Mapping[Step, Form]:
    """All of them."""
    makers: Mapping[Step, Callable[[], Form]] = {
        Step.TOKEN: lambda: SecretForm("token", _("The Page’s access key"), Step.TOKEN),
        Step.SECRET: lambda: SecretForm("secret", _("The app’s secret"), Step.SECRET),
        Step.ADDRESS: lambda: AddressForm(pages.engine_address),
        Step.VERIFICATION: VerificationForm,
        Step.RULES: lambda: RulesForm(theme),
        Step.MESSAGE: MessageForm,
    }
    return {step: makers.get(step, Form)() for step in Step}
