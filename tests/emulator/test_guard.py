"""Other web sites are kept away from the control API; programs and the emulator's page are not."""

import pytest
import requests

from otn_studio.emulator.app import create_app
from otn_studio.emulator.server import running


@pytest.fixture
def port(base_url) -> str:
    return base_url.rpartition(":")[2]


def add(engine, base_url, **headers: str) -> requests.Response:
    url = f"{base_url}/emulator/people"
    return engine.post(url, json={"name": "Ana"}, headers=headers, timeout=10)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "LOCALHOST"])
def test_the_emulators_own_page_may_change_things(engine, base_url, port, host):
    where = f"{host}:{port}"
    assert add(engine, base_url, Host=where, Origin=f"http://{where}").status_code == 200


@pytest.mark.parametrize("origin", ["https://evil.test", "null", "http://localhost:1"])
def test_another_site_may_not(engine, base_url, origin):
    refused = add(engine, base_url, Origin=origin)
    assert refused.status_code == 403
    assert refused.json() == {"problem": "Other web sites can't use the emulator."}


@pytest.mark.parametrize("host", ["evil.test", "evil.test:8041", "localhost.evil.test", "[", ""])
def test_a_name_that_was_made_to_point_here_may_not_even_look(engine, base_url, host):
    url = f"{base_url}/emulator/people"
    refused = engine.get(url, headers={"Host": host}, timeout=10)
    assert refused.status_code in (400, 403)


def test_a_name_that_it_was_given_may(page):
    with running(create_app(page, names=["bots.test"])) as url:
        own = {"Host": "bots.test", "Origin": "https://bots.test"}
        assert requests.get(f"{url}/emulator/people", headers=own, timeout=10).ok


def test_another_site_may_not_play_the_bot_either(engine, base_url):
    headers = {"Origin": "https://evil.test", "Authorization": "Bearer right-token"}
    assert engine.get(f"{base_url}/me", headers=headers, timeout=10).status_code == 403


def test_the_graph_api_has_its_access_token_and_may_have_any_name(engine, base_url):
    headers = {"Host": "graph.test", "Authorization": "OAuth right-token"}
    assert engine.get(f"{base_url}/me", headers=headers, timeout=10).ok
