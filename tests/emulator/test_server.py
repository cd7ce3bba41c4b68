import signal
import socket
import threading

import pytest
import requests
import uvicorn

from otn_studio.emulator.app import create_app
from otn_studio.emulator.server import running, serve


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::", "example.com", ""])
def test_only_loopback(page, host):
    with pytest.raises(ValueError, match="only listens on this computer itself"):
        serve(create_app(page), host, 0, pytest.fail)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_a_free_port_is_reported_once_calls_are_answered_until_it_is_interrupted(page, host):
    statuses = []

    def call_and_interrupt(port: int) -> None:
        url = f"http://{host}:{port}/emulator/idle"
        try:
            statuses.append(requests.get(url, timeout=30).status_code)
        finally:  # else it would never end
            signal.raise_signal(signal.SIGINT)

    def on_ready(port: int) -> None:
        threading.Thread(target=call_and_interrupt, args=(port,)).start()

    try:
        serve(create_app(page), host, 0, on_ready)
    except KeyboardInterrupt:
        pytest.fail("an interrupt is how it is meant to end")
    assert statuses == [200]


def test_a_port_that_is_taken(page):
    with socket.create_server(("127.0.0.1", 0)) as other, pytest.raises(OSError, match="in use"):
        serve(create_app(page), "127.0.0.1", other.getsockname()[1], pytest.fail)


def test_it_ends_with_its_webhook_thread_while_a_call_hangs_that_stays_without_an_answer(page):
    call = b"POST /me/messages?access_token=right-token HTTP/1.1\r\nHost: x\r\n\r\n"
    threads = set(threading.enumerate())
    with socket.socket() as hanging:
        with running(create_app(page)) as url:
            requests.post(f"{url}/emulator/faults", json={"drop_before": 1, "hang_seconds": 600})
            hanging.connect(("127.0.0.1", int(url.rpartition(":")[2])))
            hanging.sendall(call)
            while not requests.get(f"{url}/emulator/faults").json()["dealt"]:
                pass
            assert "webhooks" in {thread.name for thread in set(threading.enumerate()) - threads}
        assert hanging.recv(100) == b""
    assert "webhooks" not in {thread.name for thread in set(threading.enumerate()) - threads}
    with pytest.raises(requests.ConnectionError):
        requests.get(url, timeout=1)


def test_the_socket_names_tcp(page, monkeypatch):
    """Else asyncio would hold back every answer for some 40 ms."""
    listeners = []
    monkeypatch.setattr(
        uvicorn.Server, "run", lambda self, sockets: listeners.extend(s.proto for s in sockets)
    )
    serve(create_app(page), "127.0.0.1", 0, pytest.fail)
    assert listeners == [socket.IPPROTO_TCP]
