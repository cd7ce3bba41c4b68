"""The Pages of the database, and the steps by which one is connected."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final
from zoneinfo import available_timezones

from otn_studio.blocks.words import Problem
from otn_studio.cli import connected, resume
from otn_studio.cli.page_keys import APP_SECRET, NAMES, PAGE_TOKEN, VERIFY_TOKEN, PageKeys
from otn_studio.cli.services.connecting import asking, first_message
from otn_studio.cli.services.connecting.proposing import proposal
from otn_studio.cli.services.connecting.serving import ConnectedEngine
from otn_studio.cli.settings import Settings
from otn_studio.cli.words import shown
from otn_studio.policy.profiles import PROFILES
from otn_studio.runtime.clock import Clock
from otn_studio.runtime.sending import access, stops
from otn_studio.storage import connections, pages
from otn_studio.storage.connections import Connection
from otn_studio.storage.database import Database
from otn_studio.studio.connecting.store import (
    PRACTICE,
    NotPassed,
    PageRow,
    Proposal,
    Step,
)

Given = Mapping[str, str]
ENTER: Final = "enter"
"""What the step of verification is given where we are to write the address into the app's settings."""


class PageConnections:
    """The studio's `Pages`. ``choose`` remembers the one to work for; ``settings`` are those of the
    environment.
    """

    def __init__(
        self,
        database: Database,
        settings: Settings,
        clock: Clock,
        engine: ConnectedEngine,
        chosen: str,
        choose: Callable[[str], None],
    ) -> None:
        self._database = database
        self._settings = settings
        self._clock = clock
        self._engine = engine
        self._chosen = chosen
        self._choose = choose
        self.engine_address = f"http://{engine.address}"
        self.handed_over = connected.names_page(settings)
        self._steps: Mapping[Step, Callable[[str, Connection, Given], Connection]] = {
            Step.SECRET: self._secret,
            Step.PERMISSIONS: self._permissions,
            Step.ADDRESS: self._address,
            Step.VERIFICATION: self._verification,
            Step.SUBSCRIPTION: self._subscription,
            Step.RULES: self._rules,
            Step.MESSAGE: self._message,
        }

    def all(self) -> Sequence[PageRow]:
        with self._database.reading() as connection:
            known = connections.all_of(connection)
            stopped = {id: pages.stop(connection, id) for id in known}
        now = self._clock.now()
        practice = PageRow(PRACTICE, chosen=self._chosen == PRACTICE)
        rows = [self._row(id, kept, now, stopped[id]) for id, kept in known.items()]
        return [practice, *rows]

    def test(self, step: Step, page_id: str, given: Given) -> PageRow:
        if step is Step.TOKEN:
            page_id = self._token(page_id, _tidy(given.get("token", "")))
        else:
            kept = self._kept(page_id)
            self._keep(page_id, self._steps[step](page_id, kept, given), step)
        return next(row for row in self.all() if row.id == page_id)

    def propose(self, page_id: str) -> Proposal:
        return proposal(self._kept(page_id), self._clock.now().date())

    def choose(self, page_id: str) -> None:
        self._choose(page_id)

    def disconnect(self, page_id: str) -> None:
        self._kept(page_id)
        self._engine.renew(lambda: self._forget(page_id))
        if self._chosen == page_id:
            self._choose(PRACTICE)

    def _forget(self, page_id: str) -> None:
        PageKeys(page_id).forget()
        with self._database.writing() as connection:
            connections.keep(connection, page_id, None)

    def _token(self, page_id: str, given: str) -> str:
        info, name = asking.token(self._settings.graph_url, given)
        if page_id and info.page_id != page_id:
            raise NotPassed(
                "This access key is for “{other}”, and not for “{page}”. Copy the one beside that"
                " Page.",
                other=name,
                page=self._kept(page_id).name,
            )
        before = self._known(info.page_id)
        keys, now = PageKeys(info.page_id), self._clock.now()
        keys.set(PAGE_TOKEN, given)
        if keys.get(VERIFY_TOKEN) is None:
            keys.set(VERIFY_TOKEN, secrets.token_urlsafe(24))
        if before.app_id != info.app_id:
            before = before.failing(*Step)
        app = {"app_id": info.app_id, "app_name": info.app_name}
        kept = before.failing(Step.PERMISSIONS).passing(Step.TOKEN, now, name=name, **app)
        with self._database.writing() as connection:
            connections.keep(connection, info.page_id, access.seen(kept, info, now))
        resume.go_on(self._database, info.page_id, [pages.TOKEN])
        self._engine.renew()
        return info.page_id

    def _known(self, page_id: str) -> Connection:
        """What is kept of the Page; a new one has the others' address, as it has their engine."""
        with self._database.reading() as connection:
            known = connections.all_of(connection)
        addresses = (kept.address for kept in known.values() if kept.address)
        return known.get(page_id) or Connection(address=next(addresses, ""))

    def _secret(self, page_id: str, kept: Connection, given: Given) -> Connection:
        secret = _tidy(given.get("secret", ""))
        asking.secret(self._url, self._key(page_id, PAGE_TOKEN), secret, kept.app_name)
        PageKeys(page_id).set(APP_SECRET, secret)
        self._engine.renew()
        return kept

    def _permissions(self, page_id: str, kept: Connection, given: Given) -> Connection:
        info = asking.permissions(self._url, self._key(page_id, PAGE_TOKEN))
        return access.seen(kept, info, self._clock.now())

    def _address(self, page_id: str, kept: Connection, given: Given) -> Connection:
        address = asking.address(given.get("address", ""), self._settings.practises)
        self._serve(page_id)
        asking.reached(address, self._key(page_id, VERIFY_TOKEN), self.engine_address)
        if address != kept.address:
            kept = kept.failing(Step.VERIFICATION)
        return replace(kept, address=address)

    def _verification(self, page_id: str, kept: Connection, given: Given) -> Connection:
        app = self._url, kept.app_id, self._key(page_id, APP_SECRET)
        if given.get("how") == ENTER:
            self._serve(page_id)
            asking.enter_webhook(*app, kept.address, self._key(page_id, VERIFY_TOKEN))
        asking.verified(*app, kept.address)
        return kept

    def _subscription(self, page_id: str, kept: Connection, given: Given) -> Connection:
        asking.subscribed(self._url, self._key(page_id, PAGE_TOKEN), page_id, kept.app_id)
        return kept

    def _rules(self, page_id: str, kept: Connection, given: Given) -> Connection:
        zone, profile = given.get("zone", "").strip(), given.get("profile", "")
        if zone not in available_timezones():
            raise NotPassed(
                "There is no time zone “{zone}”. Choose one such as Europe/Berlin.", zone=zone
            )
        if profile not in PROFILES:
            raise NotPassed("Choose the rules that apply to your Page.")
        return replace(kept, zone=zone, profile=profile, country=given.get("country", "").upper())

    def _message(self, page_id: str, kept: Connection, given: Given) -> Connection:
        self._serve(page_id)
        settings = connected.of_page(self._database, self._settings, page_id)
        first_message.exchange(self._database, settings, self._clock, given["word"])
        return kept

    def _serve(self, page_id: str) -> None:
        """The engine answers for the Page as soon as there is all that it takes."""
        for name in NAMES:
            self._key(page_id, name)
        self._engine.serve(page_id)

    def _keep(self, page_id: str, kept: Connection, step: Step) -> None:
        """What happened meanwhile – the engine asks about the access key by itself – is little news."""
        with self._database.writing() as connection:
            connections.keep(connection, page_id, kept.passing(step, self._clock.now()))
        if step is Step.RULES:
            self._engine.renew()

    @property
    def _url(self) -> str:
        return self._settings.graph_url

    def _kept(self, page_id: str) -> Connection:
        with self._database.reading() as connection:
            kept = connections.of(connection, page_id)
        if kept is None:
            raise Problem("The Page is not connected any more. Begin with its access key.")
        return kept

    def _key(self, page_id: str, name: str) -> str:
        if (value := PageKeys(page_id).get(name)) is None:
            raise NotPassed(
                "What the Page was connected with is not in the keyring any more. Begin again with the"
                " first step.",
                name,
            )
        return value

    def _row(self, id: str, kept: Connection, now: datetime, stop: pages.Stop | None) -> PageRow:
        words = stop and stops.WORDS.get(stop.kind)
        return PageRow(
            id=id,
            name=kept.name or id,
            app_name=kept.app_name,
            address=kept.address,
            word=PageKeys(id).get(VERIFY_TOKEN) or "",
            zone=kept.zone,
            country=kept.country,
            profile=kept.profile,
            passed=frozenset(Step(one) for one in kept.passed if one in set(Step)),
            ends_at=kept.ends_at,
            ends_soon=access.is_soon(kept, now),
            stopped=shown(words) if words else "",
            chosen=id == self._chosen,
        )


def _tidy(pasted: str) -> str:
    """Without what comes along when one copies: spaces, line breaks, quotes."""
    return "".join(pasted.split()).strip("\"'“”")
