"""Calls of the Graph API.

Whatever happens, a call ends in an answer that says what may be believed: the message was taken, it was
refused, nobody knows, or it certainly never went out. The access token travels in a header, so that it
is in no address, and stays out of every answer.
"""

import json
import re
import threading
import time
import weakref
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar
from urllib.parse import quote, urlencode

import requests
from urllib3 import encode_multipart_formdata
from urllib3.exceptions import HTTPError

from otn_studio.messenger.connecting import ConnectingAdapter, NotConnected
from otn_studio.messenger.errors import GraphError, error_in
from otn_studio.messenger.person import FIELDS
from otn_studio.messenger.untrusted import identifier, mapping, mappings, parsed, text
from otn_studio.policy import media

DEFAULT_URL = "https://graph.facebook.com/v23.0"
LONGEST_ANSWER = 1024 * 1024
"""Ours, in bytes: Messenger's answers have a few hundred."""
_LONGEST_MESSAGE = 500


@dataclass(frozen=True, slots=True)
class Accepted:
    """Messenger took the message. ``recipient_id`` is empty where Messenger does not tell, and
    ``message_id`` where it was a typing sign.
    """

    message_id: str
    recipient_id: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Messenger said no, so nothing was delivered."""

    error: GraphError


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """The message may have been delivered, or not."""

    why: str


@dataclass(frozen=True, slots=True)
class NotReached:
    """The call certainly never went out."""

    why: str


class CallFailed(Exception):
    """A call did not end in the answer that it was for; the message is one sentence.

    ``error`` is Messenger's, where it said no.
    """

    def __init__(self, why: str, error: GraphError | None = None) -> None:
        super().__init__(why)
        self.error = error


Answer = Accepted | Refused | NoAnswer | NotReached
T = TypeVar("T")
_NOT_IN_BATCH = NoAnswer("Messenger was not done with this message of a batch in time.")


class _Session(requests.Session):
    """Follows no redirect, not even a look: the token is for one address."""

    def get_redirect_target(self, resp: requests.Response) -> None:
        return None


class GraphClient:
    """Sends for one Page, from any number of threads at a time.

    ``timeout`` is in seconds, for the connection, the answer's start and the rest of it, each.

    Raises:
        ValueError: the address or the access token can't be used. The token is not in the message.
    """

    def __init__(self, base_url: str, token: str, timeout: float) -> None:
        if not base_url.startswith(("http://", "https://")):
            raise ValueError("The address of the Graph API must start with https://")
        requests.Request("POST", base_url).prepare()
        if not re.fullmatch(r"[!-~]+", token):
            raise ValueError("The access token is empty or holds characters that no token has.")
        self._base_url = base_url.rstrip("/")
        self._token = token
        self._timeout = timeout
        self._own = threading.local()
        self._sessions: weakref.WeakSet[requests.Session] = weakref.WeakSet()
        self._lock = threading.Lock()

    def send(self, page_id: str, body: dict[str, Any]) -> Answer:
        """Send a message. Never tried again here: that is for those who keep the books."""
        read = self._answer_to_sign if "sender_action" in body else self._answer
        return self._post(f"{quote(page_id, safe='')}/messages", body, read)

    def send_batch(self, page_id: str, bodies: Sequence[dict[str, Any]]) -> list[Answer]:
        """Send up to 50 messages in one call; answers what became of each, in their order."""
        parts = [_part(page_id, body) for body in bodies]
        answers = self._post("", {"batch": parts}, self._answers)
        if not isinstance(answers, list):
            return [answers] * len(bodies)
        missing = [_NOT_IN_BATCH] * (len(bodies) - len(answers))
        return answers[: len(bodies)] + missing

    def subscribe(self, page_id: str, fields: Sequence[str]) -> None:
        """Let Messenger send the Page's webhooks to this app, again where it has given up.

        Raises:
            CallFailed: it did not come about, as far as we know.
        """
        self.ask("POST", page_id, "subscribed_apps", subscribed_fields=",".join(fields))

    def pass_thread(self, page_id: str, person_id: str, app_id: str) -> None:
        """Hand a conversation over to another app. Source: Messenger Platform, "Handover Protocol".

        Raises:
            CallFailed: it did not come about, as far as we know.
        """
        body = {"recipient": {"id": person_id}, "target_app_id": app_id}
        self.ask("POST", page_id, "pass_thread_control", body=body)

    def take_thread(self, page_id: str, person_id: str) -> None:
        """Take a conversation back.

        Raises:
            CallFailed: it did not come about, as far as we know.
        """
        body = {"recipient": {"id": person_id}}
        self.ask("POST", page_id, "take_thread_control", body=body)

    def set_profile(self, page_id: str, profile: Mapping[str, Any], gone: Sequence[str]) -> None:
        """Put up what the Page shows before anybody writes, and take away what it shows no more.

        Raises:
            CallFailed: it did not come about, as far as we know.
        """
        if profile:
            self.ask("POST", page_id, "messenger_profile", body=profile)
        if gone:
            self.ask("DELETE", page_id, "messenger_profile", body={"fields": list(gone)})

    def upload(self, page_id: str, medium: str, name: str, content: bytes) -> str:
        """Give Messenger a file to keep, and answer the number by which it can be sent for a while.

        Raises:
            CallFailed: it did not come about, as far as we know.
        """
        message = {"attachment": {"type": medium, "payload": {"is_reusable": True}}}
        fields = {
            "message": json.dumps(message),
            "filedata": (name, content, media.content_type(name)),
        }
        form = encode_multipart_formdata(fields)
        answer = self.ask("POST", page_id, "message_attachments", form=form)
        if not (number := identifier(answer.get("attachment_id"))):
            raise CallFailed("Messenger’s answer could not be read.")
        return number

    def notification_tokens(self, page_id: str) -> Iterator[list[dict[str, Any]]]:
        """All lasting permissions of the Page, some at a time.

        Raises:
            CallFailed: the list, or the rest of it, could not be had.
        """
        cursor: dict[str, str] = {}
        while True:
            body = self.ask("GET", page_id, "notification_message_tokens", limit=100, **cursor)
            yield mappings(body.get("data"))
            paging = mapping(body.get("paging"))
            after = text(mapping(paging.get("cursors")).get("after"))
            if not after or not paging.get("next") or after == cursor.get("after"):
                return
            cursor = {"after": after}

    def person(self, person_id: str) -> dict[str, Any]:
        """What Messenger tells of somebody; they may have forbidden it.

        Raises:
            CallFailed: it tells nothing, or could not be asked.
        """
        return self.ask("GET", person_id, fields=",".join(FIELDS))

    def close(self) -> None:
        """Close the connections of all threads."""
        with self._lock:
            sessions = list(self._sessions)
        for session in sessions:
            session.close()

    def _post(
        self, path: str, body: dict[str, Any], read: Callable[[requests.Response], T]
    ) -> T | NoAnswer | NotReached:
        """Any call that sends."""
        try:
            with self._session().post(
                f"{self._base_url}/{path}",
                data=json.dumps(body).encode(),
                timeout=self._timeout,
                stream=True,
            ) as response:
                return read(response)
        except NotConnected as problem:
            return NotReached(str(problem))
        except requests.Timeout:
            return NoAnswer("Messenger did not answer in time.")
        except (requests.RequestException, HTTPError):
            return NoAnswer("The connection broke before Messenger answered.")

    def ask(
        self,
        method: str,
        page_id: str,
        edge: str = "",
        *,
        body: Mapping[str, Any] | None = None,
        form: tuple[bytes, str] | None = None,
        **params: str | int,
    ) -> dict[str, Any]:
        """Any other call than a send: one that can be made again, and has an answer to read.

        A ``form`` comes with what kind of form it is.

        Raises:
            CallFailed: it did not come about, as far as we know.
        """
        sent, kind = form or (None, "application/json")
        if body is not None:
            sent = json.dumps(body).encode()
        url = f"{self._base_url}/{quote(page_id, safe='')}/{edge}".rstrip("/")
        try:
            with self._session().request(
                method,
                url,
                params=params,
                data=sent,
                headers={"Content-Type": kind},
                timeout=self._timeout,
                stream=True,
            ) as response:
                answer = _body(response, time.monotonic() + self._timeout)
                error = error_in(response.status_code, answer)
        except NotConnected as problem:
            raise CallFailed(str(problem)) from problem
        except (requests.RequestException, HTTPError) as problem:
            raise CallFailed("The connection broke before Messenger answered.") from problem
        if error:
            raise CallFailed(self._shown(error.message), error)
        if not isinstance(answer, dict):
            raise CallFailed("Messenger’s answer could not be read.")
        return answer

    def _session(self) -> requests.Session:
        """This thread's session: they are not made for being shared."""
        if not hasattr(self._own, "session"):
            self._own.session = self._new_session()
        return self._own.session

    def _new_session(self) -> requests.Session:
        """A session that takes nothing from the environment: no proxies, no passwords of others."""
        session = _Session()
        session.trust_env = False
        session.headers = requests.structures.CaseInsensitiveDict(
            {
                "Authorization": f"Bearer {self._token}",
                "Content-Type": "application/json",
                "Accept": "application/json",
                "User-Agent": "otn-studio",
            }
        )
        session.mount("https://", ConnectingAdapter())
        session.mount("http://", ConnectingAdapter())
        with self._lock:
            self._sessions.add(session)
        return session

    def _answer(self, response: requests.Response) -> Answer:
        """An error's status stands even where the rest of the answer is lost."""
        body = _body(response, time.monotonic() + self._timeout)
        return self._read(response.status_code, body, response.headers)

    def _answer_to_sign(self, response: requests.Response) -> Answer:
        """A typing sign is no message, and gets no number."""
        body = _body(response, time.monotonic() + self._timeout)
        if error := error_in(response.status_code, body):
            return Refused(replace(error, message=self._shown(error.message)))
        return Accepted("", identifier(mapping(body).get("recipient_id")))

    def _answers(self, response: requests.Response) -> list[Answer] | Answer:
        """Each part has an answer of its own, unless the whole batch was refused or is lost."""
        body = _body(response, time.monotonic() + self._timeout)
        if response.ok and isinstance(body, list):
            return [self._answer_of_part(part) for part in body]
        return self._read(response.status_code, body, response.headers)

    def _answer_of_part(self, part: Any) -> Answer:
        """Messenger answers ``null`` for a part that it was not done with in time."""
        if not isinstance(part, dict):
            return _NOT_IN_BATCH
        status = identifier(part.get("code"))
        headers = {
            text(one.get("name")): text(one.get("value")) for one in mappings(part.get("headers"))
        }
        said = parsed(text(part.get("body")).encode("utf-8", "replace"))
        return self._read(int(status) if status.isdecimal() else 200, said, headers)

    def _read(self, status: int, body: Any, headers: Mapping[str, str]) -> Answer:
        error = error_in(status, body, headers.get("Retry-After"), headers.get("Date"))
        if error:
            return Refused(replace(error, message=self._shown(error.message)))
        message_id = identifier(mapping(body).get("message_id"))
        if not message_id:
            return NoAnswer("Messenger’s answer could not be read.")
        return Accepted(message_id, identifier(mapping(body).get("recipient_id")))

    def _shown(self, message: str) -> str:
        """An error's message without the token, which Messenger quotes where it can't read it."""
        return message.replace(self._token, "…")[:_LONGEST_MESSAGE]


def _part(page_id: str, body: dict[str, Any]) -> dict[str, str]:
    """A call as a part of a batch, where it has the form of a form."""
    fields = {
        name: value if isinstance(value, str) else json.dumps(value) for name, value in body.items()
    }
    path = f"{quote(page_id, safe='')}/messages"
    return {"method": "POST", "relative_url": path, "body": urlencode(fields)}


def _body(response: requests.Response, deadline: float) -> Any:
    """What the answer says; ``None`` where it is cut off, too long, too slow or not JSON."""
    body = bytearray()
    try:
        while chunk := response.raw.read1(16 * 1024, decode_content=True):
            body += chunk
            if len(body) > LONGEST_ANSWER or time.monotonic() > deadline:
                return None
    except HTTPError:
        return None
    return parsed(bytes(body))
