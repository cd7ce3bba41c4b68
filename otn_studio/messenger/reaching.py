"""Whether an address on the internet leads to our engine: asked as Messenger asks before it sends.

What is in between – a tunnel, a reverse proxy – says by its own errors what is the matter with it.
"""

import secrets
import socket
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from urllib.parse import urlsplit

import requests
from urllib3.exceptions import NameResolutionError

PATIENCE: Final = 10.0
_LONGEST: Final = 4_096
_TUNNEL: Final = frozenset({502, 503, 504, 521, 522, 523, 530})
"""What tunnels and proxies answer when there is nobody behind them."""


class Way(StrEnum):
    """Where the question got to."""

    REACHED = "reached"
    NO_SUCH_NAME = "no_such_name"
    NO_ANSWER = "no_answer"
    TOO_SLOW = "too_slow"
    NOT_SECURE = "not_secure"
    NOBODY_BEHIND = "nobody_behind"
    NOT_FOUND = "not_found"
    OTHER_WORD = "other_word"
    ELSEWHERE = "elsewhere"
    SOMEBODY_ELSE = "somebody_else"


@dataclass(frozen=True, slots=True)
class Reach:
    """What came of the question; ``details`` for those who are asked for help with it."""

    way: Way
    details: str = ""


def ask(url: str, verify_token: str, session: requests.Session | None = None) -> Reach:
    """Ask an address as Messenger does. It never follows a redirect, nor does Messenger."""
    challenge = str(secrets.randbelow(10**12))
    question = {
        "hub.mode": "subscribe",
        "hub.verify_token": verify_token,
        "hub.challenge": challenge,
    }
    with session or requests.Session() as asking:
        asking.trust_env = False
        try:
            with asking.get(
                url,
                params=question,
                timeout=PATIENCE,
                allow_redirects=False,
                stream=True,
                headers={"User-Agent": "otn-studio"},  # tunnels show browsers a page of their own
            ) as answer:
                said = answer.raw.read(_LONGEST, decode_content=True)
                return _judged(answer, said, challenge.encode())
        except requests.exceptions.SSLError as problem:
            return Reach(Way.NOT_SECURE, _reason(problem))
        except requests.Timeout:
            return Reach(Way.TOO_SLOW)
        except (requests.RequestException, OSError, ValueError) as problem:
            way = Way.NO_SUCH_NAME if _is_name(problem) else Way.NO_ANSWER
            return Reach(way, _reason(problem))


def _judged(answer: requests.Response, said: bytes, challenge: bytes) -> Reach:
    status = answer.status_code
    details = f"HTTP {status}"
    if status in _TUNNEL:
        return Reach(Way.NOBODY_BEHIND, details)
    if answer.is_redirect or 300 <= status < 400:
        host = urlsplit(answer.headers.get("Location", "")).netloc
        return Reach(Way.ELSEWHERE, f"{details} → {host}" if host else details)
    if status == 404:
        return Reach(Way.NOT_FOUND, details)
    if status == 403:
        return Reach(Way.OTHER_WORD, details)
    if status == 200 and said == challenge:
        return Reach(Way.REACHED)
    return Reach(Way.SOMEBODY_ELSE, details)


def _is_name(problem: Exception) -> bool:
    """Whether it is the name that nobody knows."""
    seen: BaseException | None = problem
    while seen is not None:
        if isinstance(seen, socket.gaierror | NameResolutionError):
            return True
        reason = getattr(seen, "reason", None)
        inner = reason if isinstance(reason, BaseException) else None
        args = [one for one in seen.args if isinstance(one, BaseException)]
        seen = inner or (args[0] if args else seen.__context__)
    return False


def _reason(problem: Exception) -> str:
    """Without the address, which holds the verify token."""
    return type(problem).__name__
