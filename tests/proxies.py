"""Reverse proxies with TLS: real ones where they are installed, and one of the tests' own."""

import http.client
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

REAL = ("nginx", "haproxy", "caddy")
PATIENCE = 20.0

_NGINX = """
daemon off; pid {folder}/pid; error_log {folder}/log; worker_processes 1;
events {{ worker_connections 64; }}
http {{
  access_log off; client_body_temp_path {folder}/b; proxy_temp_path {folder}/p;
  fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  server {{
    listen 127.0.0.1:{port} ssl;
    ssl_certificate {certificate}; ssl_certificate_key {certificate};
    location / {{
      proxy_pass http://127.0.0.1:{behind};
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
      proxy_set_header X-Forwarded-Proto $scheme;
      proxy_set_header X-Forwarded-Host $host;
    }}
  }}
}}
"""
_HAPROXY = """
defaults
  mode http
  timeout connect 5s
  timeout client 20s
  timeout server 20s
  option forwardfor
frontend tls
  bind 127.0.0.1:{port} ssl crt {certificate}
  http-request set-header X-Forwarded-Proto https
  default_backend engine
backend engine
  server engine 127.0.0.1:{behind}
"""
_CADDY = """
{{
  admin off
  auto_https off
}}
https://localhost:{port} {{
  bind 127.0.0.1
  tls {certificate} {certificate}
  reverse_proxy 127.0.0.1:{behind}
}}
"""
_FILES = {"nginx": _NGINX, "haproxy": _HAPROXY, "caddy": _CADDY}


def is_installed(name: str) -> bool:
    return shutil.which(name) is not None


@contextmanager
def proxy(name: str, folder: Path, certificate: Path, behind: int) -> Iterator[str]:
    """A proxy that ends TLS and passes on to a port of this computer. Gives its address."""
    opened = (
        _ours(certificate, behind) if name == "ours" else _real(name, folder, certificate, behind)
    )
    with opened as port:
        yield f"https://localhost:{port}"


@contextmanager
def _real(name: str, folder: Path, certificate: Path, behind: int) -> Iterator[int]:
    port, own = _free_port(), folder / f"{name}-{behind}"
    own.mkdir()
    file = own / "Caddyfile"
    values = {"folder": own, "port": port, "certificate": certificate, "behind": behind}
    file.write_text(_FILES[name].format(**values))
    commands = {
        "nginx": ["nginx", "-c", str(file)],
        "haproxy": ["haproxy", "-db", "-f", str(file)],
        "caddy": ["caddy", "run", "--config", str(file), "--adapter", "caddyfile"],
    }
    environment = {"HOME": str(own), "PATH": "/usr/sbin:/usr/bin:/sbin:/bin:/usr/local/bin"}
    with (own / "said").open("wb") as said:
        process = subprocess.Popen(commands[name], stdout=said, stderr=said, env=environment)
    try:
        _wait_for(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _wait_for(port: int, process: subprocess.Popen) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        assert process.poll() is None, "the proxy did not start"
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            assert time.monotonic() < deadline, "the proxy does not answer"
            time.sleep(0.05)


@contextmanager
def _ours(certificate: Path, behind: int) -> Iterator[int]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _pass_on(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            headers = {name: value for name, value in self.headers.items() if name != "Connection"}
            headers |= {"X-Forwarded-For": "203.0.113.7", "X-Forwarded-Proto": "https"}
            further = http.client.HTTPConnection("127.0.0.1", behind, timeout=PATIENCE)
            try:
                further.request(self.command, self.path, body, headers)
                answer = further.getresponse()
                said = answer.read()
            finally:
                further.close()
            self.send_response(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in ("content-length", "transfer-encoding", "connection"):
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def do_GET(self) -> None:
            self._pass_on()

        def do_POST(self) -> None:
            self._pass_on()

        def do_DELETE(self) -> None:
            self._pass_on()

        def log_message(self, *_: object) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
