"""E-mail to colleagues, by the mail server that is set."""

import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any, Final

from otn_studio.blocks.words import Problem
from otn_studio.runtime.errands.errands import Ended

TIMEOUT: Final = 20.0
TLS_PORT: Final = 465
MAIL_PORT: Final = 587
OK: Final = 200


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where e-mail goes to. On port 465 it is encrypted from the first byte on, on others from when
    the server says that it can; ``plain``: not at all, which is of use on one's own computer only.
    """

    host: str = ""
    port: int = MAIL_PORT
    user: str = ""
    sender: str = ""
    plain: bool = False


class NotSent(Problem):
    """An e-mail did not go out; ``for_good``: no further try would change that."""

    def __init__(self, text: str, *, for_good: bool = False, **values: Any) -> None:
        super().__init__(text, **values)
        self.for_good = for_good


def send(server: MailServer, password: str, to: str, subject: str, text: str, key: str) -> Ended:
    """Hand an e-mail to the server, as an errand."""
    try:
        deliver(server, password, to, subject, text, key)
    except NotSent as problem:
        return Ended(problem=str(problem.words), for_good=problem.for_good)
    return Ended(OK)


def deliver(server: MailServer, password: str, to: str, subject: str, text: str, key: str) -> None:
    """Hand an e-mail to the server.

    Raises:
        NotSent: the server did not take it.
    """
    if not server.host:
        raise NotSent("No mail server is set. Set it on the Engine page.", for_good=True)
    with _in_plain_words(server):
        message = _message(server, to, subject, text, key)
        with _connection(server) as connection:
            if server.user or password:
                connection.login(server.user or server.sender, password)
            connection.send_message(message)


def _message(server: MailServer, to: str, subject: str, text: str, key: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = server.sender or server.user
    message["To"] = to
    message["Subject"] = subject
    message["Message-ID"] = f"<{key}@otn-studio>"
    message.set_content(text)
    return message


def _connection(server: MailServer) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if server.port == TLS_PORT and not server.plain:
        return smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT, context=context)
    connection = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT)
    try:
        if not server.plain:
            connection.starttls(context=context)
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def _in_plain_words(server: MailServer) -> Iterator[None]:
    """What went wrong, as somebody understands it who has to mend it."""
    try:
        yield
    except smtplib.SMTPAuthenticationError as refusal:
        raise NotSent(
            "The mail server does not take this user with this password. Some want a password that"
            " is made for programs.",
            for_good=True,
        ) from refusal
    except smtplib.SMTPRecipientsRefused as refusal:
        raise NotSent("The mail server does not take the address.") from refusal
    except smtplib.SMTPSenderRefused as refusal:
        sender = server.sender or server.user
        raise NotSent(
            "The mail server does not take e-mail from “{sender}”.",
            sender=sender,
            for_good=refusal.smtp_code >= 500,
        ) from refusal
    except smtplib.SMTPResponseException as refusal:
        raise NotSent(
            "The mail server answered {code}.",
            code=refusal.smtp_code,
            for_good=refusal.smtp_code >= 500,
        ) from refusal
    except (smtplib.SMTPNotSupportedError, smtplib.SMTPServerDisconnected, ssl.SSLError) as odd:
        raise NotSent(
            "“{host}” does not take encrypted e-mail on port {port}. Mostly it is port 587 or 465.",
            host=server.host,
            port=server.port,
        ) from odd
    except socket.gaierror as unknown:
        raise NotSent(
            "There is no mail server “{host}”. Check its name.", host=server.host
        ) from unknown
    except (smtplib.SMTPException, OSError, ValueError) as problem:
        raise NotSent("The mail server could not be reached. Check its name and port.") from problem
