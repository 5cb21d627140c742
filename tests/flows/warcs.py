"""WARC files as others write them, of made-up pages: what backfill's tests and benchmark read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.timeutils import datetime_to_iso_date
from warcio.warcwriter import WARCWriter

CRAWLED = datetime(2025, 10, 20, 8, tzinfo=UTC)
DISTRICTS = (
    "Comas",
    "Los Olivos",
    "Ate",
    "El Porvenir",
    "Trujillo",
    "San Juan de Lurigancho",
    "Callao",
    "Puente Piedra",
)
DEEDS = (
    ("Asesinan a chofer de combi en {place}", "Sicarios asesinaron a balazos a un chofer de combi en {place} tras amenazas de extorsionadores."),
    ("Detonan explosivo en bodega de {place}", "Extorsionadores detonaron un explosivo en una bodega de {place} por no pagar cupo de {sum} soles."),
    ("Extorsionan a colegio en {place}", "El director de un colegio de {place} denunció que le exigen {sum} soles de cupo cada mes."),
    ("Incendian bus en {place}", "Desconocidos incendiaron un bus de transporte público en {place}; la empresa recibía amenazas de extorsión."),
)  # fmt: skip
REGISTRY = """
[[source]]
id = "uno"
name = "Uno"
kind = "national_news"
home = "https://uno.example.pe"
ways = [{ kind = "feed", url = "https://uno.example.pe/rss" }]
article_pattern = "/noticias/"

[[source]]
id = "dos"
name = "Dos"
kind = "regional_news"
home = "https://dos.example.pe"
ways = [{ kind = "feed", url = "https://dos.example.pe/rss" }]
"""


@dataclass(frozen=True, slots=True)
class Capture:
    """One record: an answer unless ``kind`` says otherwise."""

    url: str
    body: bytes
    at: datetime = CRAWLED
    status: str = "200 OK"
    headers: Sequence[tuple[str, str]] = (("Content-Type", "text/html; charset=utf-8"),)
    kind: str = "response"


def article(number: int, *, host: str = "uno.example.pe", day: date | None = date(2025, 10, 1), extra: str = "", at: datetime = CRAWLED) -> Capture:  # fmt: skip
    """A page of a made-up outlet; ``day`` None: it does not say when it was published."""
    place = DISTRICTS[number % len(DISTRICTS)]
    title, lead = DEEDS[number % len(DEEDS)]
    words = {"place": place, "sum": 1000 + number}
    title, lead = title.format(**words), lead.format(**words)
    date_of = (day + timedelta(days=number % 19)) if day else None
    said = {"@type": "NewsArticle", "headline": f"{title} (caso {number})"}
    if date_of:
        said["datePublished"] = f"{date_of}T10:00:00-05:00"
    paragraphs = "".join(
        f"<p>Parte {n} del caso {number}. La Policía de {place} investiga el hecho número {number * 7 + n}; los vecinos de la cuadra {number % 40 + n} piden más patrullaje. {extra}</p>"
        for n in range(6)
    )
    html = (
        f"<html><head><title>{title} (caso {number})</title><script type='application/ld+json'>{json.dumps(said)}</script></head>"
        f"<body><article><h1>{title} (caso {number})</h1><p>{lead}</p>{paragraphs}</article></body></html>"
    )
    return Capture(f"https://{host}/noticias/caso-{number}", html.encode(), at)


def write_warc(path: Path, captures: Iterable[Capture], *, gzip: bool = True) -> list[int]:
    """Write captures as a crawler would, with requests between them; returns where each record begins."""
    path.parent.mkdir(parents=True, exist_ok=True)
    offsets = []
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=gzip, warc_version="WARC/1.0")
        writer.write_record(writer.create_warcinfo_record(path.name, {"software": "somebody's crawler"}))
        for capture in captures:
            offsets.append(file.tell())
            stamp = {"WARC-Date": datetime_to_iso_date(capture.at.replace(tzinfo=None))}
            head = StatusAndHeaders(capture.status, list(capture.headers), protocol="HTTP/1.1")
            if capture.kind == "response":
                record = writer.create_warc_record(capture.url, "response", payload=BytesIO(capture.body), http_headers=head, warc_headers_dict=stamp)  # fmt: skip
            else:
                record = writer.create_warc_record(capture.url, capture.kind, payload=BytesIO(capture.body), warc_content_type="text/plain", warc_headers_dict=stamp)  # fmt: skip
            writer.write_record(record)
            record.raw_stream.close()
            request = StatusAndHeaders("GET / HTTP/1.1", [("Host", "x")], is_http_request=True)
            asked = writer.create_warc_record(capture.url, "request", http_headers=request, warc_headers_dict=stamp)
            writer.write_record(asked)
    return offsets
