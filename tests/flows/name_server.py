"""A name server on loopback that knows the TXT records it is given, over UDP and TCP."""

from __future__ import annotations

import socketserver
import struct
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any

from twisted.names import dns

UDP_BYTES = 512
Records = Mapping[str, Sequence[bytes] | int]  # texts by name; a number is the code to answer with


def answer_to(raw: bytes, records: Records, longest: int) -> bytes:
    """An answer of at most so many bytes."""
    question = dns.Message()
    question.fromStr(raw)
    query = question.queries[0]
    known = records.get(query.name.name.decode(), dns.ENAME)
    code = known if isinstance(known, int) else dns.OK
    answer = dns.Message(id=question.id, answer=1, rCode=code, maxSize=longest)
    answer.queries = question.queries
    for text in [] if isinstance(known, int) else known:
        parts = [text[at : at + 255] for at in range(0, len(text), 255)]
        payload: Any = dns.Record_TXT(*parts)
        answer.answers.append(dns.RRHeader(query.name.name, dns.TXT, ttl=60, payload=payload))
    return answer.toStr()  # which cuts what is too long, and marks it


@contextmanager
def name_server(records: Records) -> Iterator[tuple[str, int]]:
    """Answer while the block runs; where to ask."""

    class OverUdp(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            raw, link = self.request
            link.sendto(answer_to(raw, records, UDP_BYTES), self.client_address)

    class OverTcp(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            (length,) = struct.unpack(">H", self.rfile.read(2))
            answer = answer_to(self.rfile.read(length), records, 65_535)
            self.wfile.write(struct.pack(">H", len(answer)) + answer)

    with ExitStack() as stack:
        udp: Any = stack.enter_context(socketserver.UDPServer(("127.0.0.1", 0), OverUdp))
        tcp: Any = stack.enter_context(socketserver.TCPServer(udp.server_address, OverTcp))
        for server in (udp, tcp):
            threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
            stack.callback(server.shutdown)
        yield udp.server_address
