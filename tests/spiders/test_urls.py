from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders.urls import canonical_url, document_id, host_of, is_private_host

MIRRORS = {"elcomercio-gestion-prod.cdn.arcpublishing.com": "gestion.pe", "ptv.pe": "panamericana.pe"}


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        (
            "https://larepublica.pe/amp/sociedad/2025/11/09/cae-banda-365139",
            "https://larepublica.pe/sociedad/2025/11/09/cae-banda-365139",
        ),
        (
            "https://www.larepublica.pe/sociedad/2025/11/09/cae-banda-365139/",
            "https://larepublica.pe/sociedad/2025/11/09/cae-banda-365139",
        ),
        (
            "http://rpp.pe/lima/policiales/x-noticia-1?utm_source=fb&fbclid=1#comentarios",
            "https://rpp.pe/lima/policiales/x-noticia-1",
        ),
        ("https://elcomercio-gestion-prod.cdn.arcpublishing.com/peru/x-noticia/", "https://gestion.pe/peru/x-noticia"),
        ("https://m.panamericana.pe/24horas/locales/1-x", "https://panamericana.pe/24horas/locales/1-x"),
        ("https://ptv.pe/24horas/locales/1-x", "https://panamericana.pe/24horas/locales/1-x"),
        ("https://exitosanoticias.pe/actualidad/x-n123/amp/", "https://exitosanoticias.pe/actualidad/x-n123"),
        ("https://trome.com/x.amp.html", "https://trome.com/x.html"),
        ("https://gestion.pe/x-noticia/?outputType=amp", "https://gestion.pe/x-noticia"),
        ("https://x.pe/?b=2&a=1", "https://x.pe/?a=1&b=2"),
        ("https://x.pe:443/a//b", "https://x.pe/a/b"),
        ("https://x.pe/Extorsi%c3%b3n", "https://x.pe/Extorsi%C3%B3n"),
        ("https://x.pe/ni%F1o?q=a%F1o", "https://x.pe/ni%C3%B1o?q=a%C3%B1o"),
        ("https://x.pe/ni%E1o?q=a%E1o", "https://x.pe/ni%C3%A1o?q=a%C3%A1o"),
        ("http://127.0.0.1:8001/a/", "http://127.0.0.1:8001/a"),
        ("https://x.pe", "https://x.pe/"),
    ],
)
def test_forms_of_one_page_have_one_canonical_url(url: str, canonical: str) -> None:
    assert canonical_url(url, MIRRORS) == canonical


@pytest.mark.parametrize("url", ["", "x", "/a/b", "mailto:a@b.pe", "javascript:alert(1)", "ftp://x.pe/a", "https:///a"])
def test_what_is_no_web_address_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"not an absolute|[Ii]nvalid"):
        canonical_url(url)


@given(st.text(max_size=60), st.text(max_size=20))
def test_canonical_is_stable(path: str, query: str) -> None:
    try:
        once = canonical_url(f"https://www.ejemplo.pe/{path}?{query}")
    except ValueError:
        return
    assert canonical_url(once) == once


def test_document_id_does_not_depend_on_the_form_of_the_url() -> None:
    forms = ["http://www.x.pe/a/?utm_source=t", "https://x.pe/a#top", "https://x.pe/amp/a"]
    assert len({document_id(canonical_url(f)) for f in forms}) == 1
    assert document_id("https://x.pe/a", 3).endswith("-003")


@pytest.mark.parametrize(
    "host", ["localhost", "127.0.0.1", "10.1.2.3", "169.254.169.254", "[::1]", "router.local", "192.168.1.1"]
)
def test_private_hosts(host: str) -> None:
    assert is_private_host(host)


@pytest.mark.parametrize("host", ["rpp.pe", "8.8.8.8", "local.pe"])
def test_public_hosts(host: str) -> None:
    assert not is_private_host(host)


def test_host_of_keeps_a_port_that_matters() -> None:
    assert host_of("http://X.pe:8080/a") == "x.pe:8080"
    assert host_of("https://x.pe:443/") == "x.pe"
    assert host_of("http://x.pe:port/") == ""
