"""E-mail to colleagues, by the mail server of the settings."""

import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Final

from otn_studio.blocks.words import Words
from otn_studio.runtime.errands import Ended

TIMEOUT: Final = 20.0
TLS_PORT: Final = 465
MAIL_PORT: Final = 587
NO_SERVER: Final = Words("No mail server is set. Set OTN_STUDIO_MAIL_SERVER.")
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


def send(server: MailServer, password: str, to: str, subject: str, text: str, key: str) -> Ended:
    """Hand an e-mail to the server."""
    if not server.host:
        return Ended(problem=str(NO_SERVER), for_good=True)
    try:
        message = _message(server, to, subject, text, key)
        with _connection(server) as connection:
            if server.user:
                connection.login(server.user, password)
            connection.send_message(message)
    except smtplib.SMTPResponseException as refusal:
        words = Words("The mail server answered {code}.", code=refusal.smtp_code)
        return Ended(problem=str(words), for_good=refusal.smtp_code >= 500)
    except smtplib.SMTPRecipientsRefused:
        return Ended(problem=str(Words("The mail server does not take the address.")))
    except (smtplib.SMTPException, OSError, ValueError):
        return Ended(problem=str(Words("The mail server could not be reached.")))
    return Ended(OK)


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
