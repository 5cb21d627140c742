"""What can go wrong with an answer, by name. To add one: a function from answer to answer with a ``@fault`` above it."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from tests.newsroom.answers import Answer
from tests.newsroom.pdf import make_looping_pdf
from tests.newsroom.web import Web

BOMB_BYTES = 400_000_000  # unpacked; on the wire it is a thousandth of that
RETRY_AFTER_S = 1
LONG_RETRY_AFTER_S = 86_400
# One entry of a list, in whichever form the list has.
ENTRY = re.compile(
    rb'<item>.*?</item>|<entry>.*?</entry>|<url>.*?</url>|<li class="item">.*?</li>|<div class="card">.*?</div></div>'
    rb'|<article class="edicionesoficiales_articulos">.*?</article>|\{"id":.*?\}',
    re.DOTALL,
)
ADDRESS = re.compile(
    rb'http://127\.0\.0\.1:\d+|(?<=href=")(?=/)|(?<=href=\\")(?=/)'
)  # as far as its path, where it has a host
BILLION_LAUGHS = b"<!DOCTYPE lista [\n" + b"".join(
    b'<!ENTITY e%d "%s">\n' % (n, b"ja" if n == 0 else b"&e%d;" % (n - 1) * 10) for n in range(10)
) + b"]>\n"  # fmt: skip


@dataclass(frozen=True)
class Place:
    """Where a fault happens, and what it may need to know."""

    web: Web
    site: str
    path: str


Fault = Callable[[Answer, Place], Answer]
FAULTS: dict[str, Fault] = {}


def fault(name: str) -> Callable[[Fault], Fault]:
    """Enter a function in the list of faults."""

    def enter(function: Fault) -> Fault:
        FAULTS[name] = function
        return function

    return enter


def _html(status: int, text: str, **headers: str) -> Answer:
    page = f"<!DOCTYPE html><html><head><title>{text}</title></head><body><h1>{text}</h1></body></html>"
    return Answer(status, {"content-type": "text/html; charset=utf-8"} | headers, page.encode(), fixed=True)


def _without_validators(answer: Answer) -> Answer:
    kept = {k: v for k, v in answer.headers.items() if k not in {"etag", "last-modified"}}
    return Answer(answer.status, kept, answer.body, answer.manner)


# Answers that say they cannot.


@fault("503")
def _unavailable(answer: Answer, place: Place) -> Answer:
    return _html(503, "Servicio no disponible")


@fault("429")
def _too_many(answer: Answer, place: Place) -> Answer:
    return _html(429, "Demasiadas solicitudes", **{"retry-after": str(RETRY_AFTER_S)})


@fault("429_long")
def _too_many_today(answer: Answer, place: Place) -> Answer:
    return _html(429, "Vuelva mañana", **{"retry-after": str(LONG_RETRY_AFTER_S)})


@fault("soft_error")
def _error_with_status_200(answer: Answer, place: Place) -> Answer:
    return _html(200, "Error 404: página no encontrada")


@fault("redirect_loop")
def _round_and_round(answer: Answer, place: Place) -> Answer:
    return _html(302, "Movido", location=place.path)


@fault("redirect_away")
def _to_a_stranger(answer: Answer, place: Place) -> Answer:
    return _html(302, "Movido", location=place.web.bases["decoy"] + place.path)


@fault("redirect_inside")
def _to_an_admin_page(answer: Answer, place: Place) -> Answer:
    return _html(302, "Movido", location=place.web.bases["admin"] + "/admin")


# Answers that do not come as they should.


@fault("slow")
def _drop_by_drop(answer: Answer, place: Place) -> Answer:
    answer = _without_validators(answer)
    answer.manner, answer.fixed = "slow", True
    return answer


@fault("cut")
def _half_of_it(answer: Answer, place: Place) -> Answer:
    answer = _without_validators(answer)
    answer.manner, answer.fixed = "cut", True
    return answer


@fault("endless")
def _without_end(answer: Answer, place: Place) -> Answer:
    answer = _without_validators(answer)
    answer.manner, answer.fixed = "endless", True
    return answer


@fault("gzip_bomb")
def _unpacks_to_far_more(answer: Answer, place: Place) -> Answer:
    kept = {"content-type": answer.headers.get("content-type", "text/html"), "content-encoding": "gzip"}
    return Answer(200, kept, _bomb(), fixed=True)


@cache
def _bomb() -> bytes:
    packer = zlib.compressobj(9, wbits=31)
    block = b"<p>ja</p>" + b" " * 999_991
    parts = [packer.compress(block) for _ in range(BOMB_BYTES // len(block))]
    return b"".join([*parts, packer.flush()])


# Answers whose content is wrong.


@fault("wrong_charset")
def _latin_bytes_said_to_be_utf8(answer: Answer, place: Place) -> Answer:
    answer = _without_validators(answer)
    answer.body = answer.body.decode("utf-8").encode("cp1252", "replace")
    return answer


@fault("wrong_header")
def _utf8_bytes_said_to_be_latin(answer: Answer, place: Place) -> Answer:
    answer = _without_validators(answer)
    answer.headers["content-type"] = f"{answer.media_type}; charset=ISO-8859-1"
    return answer


@fault("broken_xml")
def _torn_in_the_middle(answer: Answer, place: Place) -> Answer:
    answer = _without_validators(answer)
    first = ENTRY.search(answer.body)
    cut = first.start() + 20 if first else len(answer.body) // 2
    answer.body = answer.body[:cut] + b"<title>Paro & marcha <b>sin cerrar</title"
    return answer


@fault("entity_expansion")
def _billion_laughs(answer: Answer, place: Place) -> Answer:
    answer = _without_validators(answer)
    head, tag, rest = answer.body.partition(b"?>")
    rest = re.sub(rb"(<(?:title|news:title|loc)>)", rb"\1&e9;", rest, count=2)
    answer.body = head + tag + b"\n" + BILLION_LAUGHS + rest
    return answer


@fault("empty_list")
def _nothing_in_it(answer: Answer, place: Place) -> Answer:
    answer = _without_validators(answer)
    answer.body = ENTRY.sub(b"", answer.body)
    if answer.media_type == "application/json":
        answer.body = b'{"data": {"attributes": {"results": []}, "proyectos": []}}'
    return answer


@fault("foreign_item")
def _an_item_elsewhere(answer: Answer, place: Place) -> Answer:
    return _with_item_at(answer, place, "decoy")


@fault("loopback_item")
def _an_item_inside(answer: Answer, place: Place) -> Answer:
    return _with_item_at(answer, place, "admin")


def _with_item_at(answer: Answer, place: Place, host: str) -> Answer:
    """The list's first entry once more in front, with a stranger for its host and the same form of path."""
    answer = _without_validators(answer)
    first = ENTRY.search(answer.body)
    if first is None:
        return answer
    entry = ADDRESS.sub(place.web.bases[host].encode(), first.group())
    comma = b"," if answer.media_type == "application/json" else b""
    answer.body = answer.body[: first.start()] + entry + comma + answer.body[first.start() :]
    return answer


@fault("looping_pdf")
def _pdf_that_never_ends(answer: Answer, place: Place) -> Answer:
    return Answer(200, {"content-type": "application/pdf"}, make_looping_pdf(), fixed=True)
