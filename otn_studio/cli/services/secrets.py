"""The secrets of flows, from the keyring, with the live flows that ask for them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from otn_studio.blocks.words import Words
from otn_studio.cli.vault import Vault
from otn_studio.cli.words import shown
from otn_studio.flow.project import Project
from otn_studio.runtime.errands.hands import MAIL_PASSWORD
from otn_studio.runtime.publishing import Published as LivePrograms
from otn_studio.storage.database import Database
from otn_studio.studio.secrets.store import Lock, SecretRow


class PageSecrets:
    """The studio's `Secrets`."""

    def __init__(self, database: Database, page_id: str) -> None:
        self._database = database
        self._page_id = page_id
        self._vault = Vault(page_id)

    def lock(self) -> Lock:
        return self._vault.lock

    def unlock(self, password: str) -> None:
        self._vault.unlock(password)

    def all(self) -> Sequence[SecretRow]:
        flows = self._flows()
        given = self._vault.handed_over(flows)
        kept = self._vault.names() | self._vault.those_set(flows)
        names = sorted(flows.keys() | kept | given)
        return [SecretRow(n, tuple(flows.get(n, ())), n in kept | given, n in given) for n in names]

    def set(self, name: str, value: str) -> None:
        self._vault.set(name, value)

    def delete(self, name: str) -> None:
        self._vault.forget(name)

    def _flows(self) -> Mapping[str, list[str]]:
        """The names of those that ask for each; the mail server's password is asked for by itself."""
        found: dict[str, list[str]] = defaultdict(list)
        if self._vault.those_set([MAIL_PASSWORD]):
            found[MAIL_PASSWORD].append(shown(Words("e-mail to colleagues")))
        programs = LivePrograms(self._database, self._page_id)
        programs.refresh()
        for program in programs.all_live():
            for name in Project.of(program.flow).secrets_asked_for():
                found[name].append(program.flow.name)
        return found
