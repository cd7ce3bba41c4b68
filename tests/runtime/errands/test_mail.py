"""E-mail to colleagues, to a real mail server on this computer."""

import socketserver
import threading
from email import message_from_bytes, policy

import pytest

from otn_studio.runtime.errands import mail
from otn_studio.runtime.errands.errands import Ended
from otn_studio.runtime.errands.mail import MailServer


class Post(socketserver.StreamRequestHandler):
    """Speaks as much of SMTP as it takes, and keeps what it is given."""

    def handle(self) -> None:
        self._say("220 post")
        while line := self.rfile.readline().decode().strip():
            word = line.split(":")[0].split()[0].upper()
            if word == "DATA":
                self._say("354 go on")
                lines = iter(self.rfile.readline, b".\r\n")
                self.server.letters.append(b"".join(lines))
                self._say("250 kept")
            elif word == "EHLO":
                self._say("250-post")
                self._say("250 AUTH PLAIN")
            elif word == "AUTH":
                self._say(self.server.to_login)
            elif word == "RCPT":
                self._say(self.server.to_recipients)
            elif word == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 fine")

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


@pytest.fixture
def post():
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Post) as post:
        post.daemon_threads = True
        post.letters, post.to_recipients = [], "250 fine"
        post.to_login = "235 welcome"
        thread = threading.Thread(target=post.serve_forever, args=(0.02,))
        thread.start()
        yield post
        post.shutdown()
        thread.join()


def send(post, to: str = "help@shop.example", plain: bool = True) -> Ended:
    server = MailServer("127.0.0.1", post.server_address[1], "", "bot@shop.example", plain)
    return mail.send(server, "", to, "Ann néeds help", "Size 42 é\n.\n", "key-1")


def test_a_letter_arrives_as_it_was_written(post):
    assert send(post) == Ended(200)
    letter = message_from_bytes(post.letters[0], policy=policy.default)
    assert (letter["To"], letter["From"]) == ("help@shop.example", "bot@shop.example")
    assert (letter["Subject"], letter["Message-ID"]) == ("Ann néeds help", "<key-1@otn-studio>")
    assert letter.get_content().splitlines()[0] == "Size 42 é"


def test_what_the_server_refuses_is_said(post):
    post.to_recipients = "550 nobody here"
    assert send(post) == Ended(problem="The mail server does not take the address.")


def test_without_encryption_nothing_is_sent(post):
    assert "does not take encrypted e-mail" in send(post, plain=False).problem
    assert post.letters == []


def test_without_a_server_it_is_said_what_to_do():
    end = mail.send(MailServer(), "", "help@shop.example", "", "", "key-1")
    assert end.for_good
    assert "Set it on the Engine page." in end.problem


def test_what_is_wrong_is_said_in_plain_words(post):
    post.to_login = "535 no"
    server = MailServer("127.0.0.1", post.server_address[1], "", "bot@shop.example", plain=True)
    said = mail.send(server, "wrong", "help@shop.example", "", "", "key-1")
    assert said.problem.startswith("The mail server does not take this user with this password.")
    assert "wrong" not in said.problem
    nowhere = MailServer("no-such-server.invalid", 587, "", "bot@shop.example")
    said = mail.send(nowhere, "", "help@shop.example", "", "", "key-1")
    assert said.problem == "There is no mail server “no-such-server.invalid”. Check its name."


def test_an_address_brings_no_lines_of_its_own(post):
    assert not send(post, "help@shop.example\nBcc: all@shop.example").succeeded
    assert post.letters == []
