"""Set a secret that flows ask for by its name, such as the key of your shop: {{ secret.shop_key }}.

It is kept in this computer's keyring, and nowhere else. The password of the mail server is called
mail_password.
"""

import getpass
import sys
from argparse import ArgumentParser, Namespace

from otn_studio.blocks.words import Words
from otn_studio.cli.connect import add_page, open_page
from otn_studio.cli.vault import Vault
from otn_studio.cli.words import say, shown


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help="small letters, digits and _")
    parser.add_argument("--forget", action="store_true", help="take it out of the keyring")
    add_page(parser)


def run(given: Namespace) -> int:
    with open_page(given) as (_database, chosen):
        vault = Vault(chosen.page_id)
    if given.forget:
        found = vault.forget(given.name)
        say(Words("The secret is forgotten.") if found else Words("There was no such secret."))
        return 0
    vault.set(given.name, _value())
    say(Words("The secret is kept. Flows ask for it by {{{{ secret.{name} }}}}.", name=given.name))
    return 0


def _value() -> str:
    """What is typed without being seen, or what comes through a pipe."""
    if sys.stdin.isatty():
        return getpass.getpass(shown(Words("Value: ")))
    return sys.stdin.readline().rstrip("\r\n")
