"""The page of the engine, on this computer and on servers, with mail and secrets."""

from dataclasses import replace
from datetime import timedelta

from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from otn_studio.runtime.sending.stops import WORDS
from otn_studio.storage import pages
from otn_studio.studio.secrets.store import Lock
from otn_studio.studio.services.services import EngineProcess, EngineState
from tests.studio.pages.fakes import NOW
from tests.studio.screens_stage import Stage


class EngineScreens(Stage):
    """Stopped, running, in trouble, and what is set there."""

    def _engine_page(self) -> None:
        self.window.go_to("engine")
        self._shoot("engine")
        self._press("engine_switch")
        self._shoot("engine-running")
        self._find(QLineEdit, "api_key_name").setText("Stock system")
        self._press("make_api_key")
        self._scroll_engine_to("api_key_name")
        self._shoot("engine-key")
        self._scroll_engine_to("engine_switch")
        self._engine_stopped_by_messenger()
        self._engine_on_servers()
        self._shoot("engine-on-servers")
        self._mail()
        self._secrets()
        self.engine.now = replace(self.engine.now, on_servers=False, processes=())

    def _scroll_engine_to(self, name: str) -> None:
        QApplication.processEvents()
        room = self.window.findChild(QWidget, "engine_room")
        room.ensureWidgetVisible(self._find(QWidget, name), 0, 120)

    def _mail(self) -> None:
        for line, words in (("server", "smtp.kicks.example"), ("sender", "bot@kicks.example")):
            self._find(QLineEdit, f"mail_{line}").setText(words)
        self._press("test_mail")
        self._scroll_engine_to("mail")
        self._shoot("mail-sent")
        self._find(QLineEdit, "mail_sender").setText("bot")
        self._press("keep_mail")
        self._shoot("mail-without-sender")

    def _secrets(self) -> None:
        for button, screen in (
            ("open_secrets", "secrets"),
            ("delete_secret_shop_key", "delete-secret"),
            ("keep_it", ""),
            ("new_secret", "new-secret"),
            ("keep_secret", "new-secret-without-name"),
            ("cancel_secret", ""),
            ("set_secret_stock_system", "set-secret"),
            ("cancel_secret", ""),
        ):
            self._press(button)
            if screen:
                self._shoot(screen)
        self._press("close_secrets")
        self._secrets_of_a_computer_without_a_keyring()

    def _secrets_of_a_computer_without_a_keyring(self) -> None:
        for lock, screen in ((Lock.NEW, "choose-password"), (Lock.LOCKED, "unlock-secrets")):
            self.secrets.locked = lock
            self._come_back_to("engine")
            self._shoot("engine-below")
            self._press("open_secrets")
            self._shoot(screen)
            self._press("cancel_unlock")

    def _engine_stopped_by_messenger(self) -> None:
        why = WORDS[pages.RESTORED].text
        self.engine.now = replace(self.engine.now, problem=why, may_go_on=True, restored=True)
        self._come_back_to("engine")
        self._find(QWidget, "engine_go_on")
        self._shoot("engine-go-on")
        self._shoot_question("engine-send-again")
        self._press("engine_go_on")

    def _engine_on_servers(self) -> None:
        since, gone = NOW - timedelta(days=3), NOW - timedelta(hours=2)
        parts = {"hook-1": "webhook", "work-1": "worker", "work-2": "worker", "send-1": "sender"}
        processes = tuple(
            EngineProcess(
                role,
                f"{host}.kicks.example",
                since,
                *((gone, True) if host == "work-2" else (NOW,)),
            )
            for host, role in parts.items()
        )
        self.engine.now = EngineState(True, False, 12, since, on_servers=True, processes=processes)
        self._come_back_to("engine")
        self._find(QWidget, "engine_processes")
