"""A server on loopback that gives the answers a test lists, and jobs for a child that asks it."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from spiders.crawl.job import Job, Politeness, Request, read_log
from spiders.registry import Source, Way


@dataclass
class Answer:
    body: str | bytes = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    drip_s: float = 0  # seconds between two bytes of the body


@dataclass
class Site:
    base: str
    asked: list[tuple[float, str]] = field(default_factory=list)

    @property
    def paths(self) -> list[str]:
        return [path for _, path in self.asked]


@contextmanager
def serve(answers: Mapping[str, Answer | list[Answer]], certificate: Path | None = None) -> Iterator[Site]:
    """Answers by path; of a list the next one each time, the last for good. Other paths are 404."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append((time.monotonic(), self.path))
            answer = answers.get(self.path, Answer(status=404))
            if isinstance(answer, list):
                answer = answer.pop(0) if len(answer) > 1 else answer[0]
            body = answer.body.encode() if isinstance(answer.body, str) else answer.body
            self.send_response(answer.status)
            for name, value in {"Content-Length": str(len(body)), **answer.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            try:
                for start in range(0, len(body), 1 if answer.drip_s else 1 << 20):
                    self.wfile.write(body[start : start + (1 if answer.drip_s else 1 << 20)])
                    time.sleep(answer.drip_s)
            except OSError:
                return

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            return

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: Any, client_address: Any) -> None:
            return

    server = Server(("127.0.0.1", 0), Handler)
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    site = Site(f"{'https' if certificate else 'http'}://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def self_signed(folder: Path) -> Path:
    """A certificate for 127.0.0.1 that nobody vouches for, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = folder / "self-signed.pem"
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    return path


def source(base: str = "https://uno.pe", **more: Any) -> Source:
    values: dict[str, Any] = {"ways": (Way(kind="feed", url=f"{base}/rss"),), "article_pattern": r"/nota-\d+$"}
    return Source(id="uno", name="Uno", kind="national_news", home=base, **{**values, **more})


def job(folder: Path, base: str, *requests: Request, **polite: Any) -> Job:
    values: dict[str, Any] = {"delay_s": 0, "retry_times": 0, "timeout_s": 5, "allow_loopback": True}
    return Job(
        run_id="r1",
        phase="discover",
        source=source(base),
        requests=requests,
        politeness=Politeness(user_agent="Chasqui-Test", **{**values, **polite}),
        archive=folder / "archive",
        hosts=folder / "hosts",
        log=folder / "logs" / "uno.jsonl",
    )


def lines(job: Job, kind: str) -> list[dict[str, Any]]:
    return [line for line in read_log(job.log) if line["kind"] == kind]
