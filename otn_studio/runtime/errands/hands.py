"""Who does errands, outside of the database: each one try, and how it ended."""

import json
from collections.abc import Callable, Mapping
from typing import Any, Final, Protocol

from otn_studio.blocks import asking, secret
from otn_studio.blocks.actions.notify import is_mailbox
from otn_studio.messenger.graph import CallFailed
from otn_studio.runtime.errands import mail
from otn_studio.runtime.errands.errands import Ended
from otn_studio.runtime.errands.mail import MailServer
from otn_studio.runtime.errands.web_calls import Web
from otn_studio.storage.engine.errands import FETCH, NOTIFY, PASS, TAKE, Errand

INBOX: Final = "263902037430900"
"""The app of the Page's own inbox. Source: Messenger Platform, "Handover Protocol"."""
MAIL_PASSWORD: Final = "mail_password"
"""The name of the secret with which the mail server is told who we are."""
DONE: Final = Ended(200)
PUBLIC_WEB: Final = Web()

SecretOf = Callable[[str], str | None]
"""The value of a secret; none where it is not set."""


def _none_is_set(name: str) -> str | None:
    return None


def _no_server() -> MailServer:
    return MailServer()


class Graph(Protocol):
    """Whoever moves conversations from app to app: Messenger, or the emulator in its place."""

    def pass_thread(self, page_id: str, person_id: str, app_id: str) -> None: ...

    def take_thread(self, page_id: str, person_id: str) -> None: ...


class Hands:
    """Does errands for one Page, from any number of threads at a time."""

    def __init__(
        self,
        page_id: str,
        graph: Graph,
        secret_of: SecretOf = _none_is_set,
        mail_server: Callable[[], MailServer] = _no_server,
        web: Web = PUBLIC_WEB,
    ) -> None:
        self._page_id = page_id
        self._graph = graph
        self._secret_of = secret_of
        self._mail_server = mail_server
        self._web = web

    def do(self, errand: Errand) -> Ended:
        match errand.kind:
            case kind if kind == FETCH:
                return self._fetch(errand.what, errand.key)
            case kind if kind == NOTIFY:
                return self._notify(errand)
            case kind if kind == PASS:
                return self._move(lambda: self._graph.pass_thread(*self._whose(errand), INBOX))
            case kind if kind == TAKE:
                return self._move(lambda: self._graph.take_thread(*self._whose(errand)))
        raise ValueError(errand.kind)

    def _fetch(self, what: dict[str, Any], key: str) -> Ended:
        url, body = what["url"], what["body"]
        headers = dict(what["headers"])
        names = secret.marked("".join((url, body, *headers.values())))
        secrets = self._secrets(names)
        if secrets is None:
            return Ended(problem=asking.NO_SECRET, for_good=True)
        filled = {name: asking.filled_in(value, "", secrets) for name, value in headers.items()} | {
            "Idempotency-Key": key
        }
        kind = next((v for n, v in headers.items() if n.lower() == "content-type"), "")
        return self._web.call(
            what["method"],
            asking.filled_in(url, "", asking.in_address(secrets)),
            filled,
            asking.filled_in(body, kind, secrets),
            what["time_limit"],
        )

    def _notify(self, errand: Errand) -> Ended:
        to, subject, text = errand.what["to"], errand.what["subject"], errand.what["text"]
        if is_mailbox(to):
            password = self._secret_of(MAIL_PASSWORD) or ""
            return mail.send(self._mail_server(), password, to, subject, text, errand.key)
        said = {"subject": subject, "text": text, "contact": str(errand.contact_id)}
        request = {
            "method": "POST",
            "url": to,
            "headers": [["Content-Type", asking.JSON]],
            "body": json.dumps(said, ensure_ascii=False),
            "time_limit": asking.LONGEST_WAIT,
        }
        return self._fetch(request, errand.key)

    def _whose(self, errand: Errand) -> tuple[str, str]:
        return self._page_id, errand.person_id

    def _move(self, call: Callable[[], None]) -> Ended:
        try:
            call()
        except CallFailed as problem:
            return Ended(problem=str(problem))
        return DONE

    def _secrets(self, names: frozenset[str]) -> Mapping[str, str] | None:
        """Their values; none where one of them is not set."""
        found = {name: self._secret_of(name) for name in names}
        known = {name: value for name, value in found.items() if value is not None}
        return known if len(known) == len(names) else None
