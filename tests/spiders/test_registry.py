from __future__ import annotations

from pathlib import Path

import pytest

from spiders.registry import RegistryError, load_registry

GOOD = """
[[source]]
id = "uno"
name = "Uno"
kind = "national_news"
home = "https://uno.pe"
ways = [{ kind = "feed", url = "https://uno.pe/rss" }]
article_pattern = '-noticia-\\d+$'
mirrors = { "espejo.uno.net" = "uno.pe" }
"""


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "sources.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_shipped_registry_is_sound() -> None:
    registry = load_registry()
    assert len(registry.sources) == 55
    assert sum(s.owner is not None for s in registry.sources) == 49
    assert all(s.disabled_reason for s in registry.sources if not s.enabled)
    assert all(s.verified_on is None for s in registry.sources), "nothing has been checked live yet"


def test_hosts_of_a_source(tmp_path: Path) -> None:
    source = load_registry(write(tmp_path, GOOD)).get("uno")
    assert {"uno.pe", "www.uno.pe", "espejo.uno.net"} <= source.registered_hosts
    assert source.is_article("https://uno.pe/lima/x-noticia-12")
    assert not source.is_article("https://uno.pe/lima/")


@pytest.mark.parametrize(
    ("change", "line", "field"),
    [
        (('kind = "national_news"', 'kind = "nacional"'), 5, "kind"),
        (('name = "Uno"', 'nombre = "Uno"'), 4, "nombre"),
        (("-noticia-\\d+$", "-noticia-("), 8, "article_pattern"),
        (('kind = "feed"', 'kind = "fed"'), 7, "ways.0.kind"),
        (('"https://uno.pe/rss"', '"uno.pe/rss"'), 7, "ways.0.url"),
    ],
)
def test_a_typo_is_one_line_with_line_and_field(tmp_path: Path, change: tuple[str, str], line: int, field: str) -> None:
    path = write(tmp_path, GOOD.replace(*change))
    with pytest.raises(RegistryError) as caught:
        load_registry(path)
    message = str(caught.value)
    assert "\n" not in message
    assert field in message
    assert f":{line}:" in message or "missing" in message.lower() or "required" in message.lower()


def test_a_typo_in_one_of_many_ways_in_is_shown_where_it_stands(tmp_path: Path) -> None:
    ways = """ways = [
  { kind = "feed", url = "https://uno.pe/{day}/rss" },
  { kind = "listing", url = "https://uno.pe/lima", pagse = 2 },
]
"""
    text = GOOD.replace('ways = [{ kind = "feed", url = "https://uno.pe/rss" }]\n', ways)
    line = text[: text.index("pagse")].count("\n") + 1
    with pytest.raises(RegistryError, match=rf":{line}: source 'uno', ways\.1\.pagse"):
        load_registry(write(tmp_path, text))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("source = 3\n", "headed"),
        ('source = [{ id = "uno" }]\n', "headed"),
        ("[[source]\n", "line 1"),
        ("[[quelle]]\n", "unknown table quelle"),
        (GOOD.replace("[[source]]", "[[ source ]]").replace('kind = "national_news"', 'kind = "x"'), ":5: source 'uno', kind"),
        (GOOD + 'hosts = ["https://cdn.uno.pe/"]\n', "hosts.*not a host"),
        (GOOD.replace('"espejo.uno.net"', '"Espejo.uno.net/"'), "mirrors.*not a host"),
    ],
)  # fmt: skip
def test_a_file_of_another_form_is_one_line_too(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(RegistryError, match=said) as caught:
        load_registry(write(tmp_path, text))
    assert "\n" not in str(caught.value)


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "sources.toml"
    path.write_bytes("[[source]]\nname = 'Perú'\n".encode("cp1252"))
    with pytest.raises(RegistryError, match="not UTF-8"):
        load_registry(path)


def test_enabled_without_a_way_in(tmp_path: Path) -> None:
    text = GOOD.replace('ways = [{ kind = "feed", url = "https://uno.pe/rss" }]\n', "")
    with pytest.raises(RegistryError, match="no way in"):
        load_registry(write(tmp_path, text))


def test_the_same_id_twice(tmp_path: Path) -> None:
    with pytest.raises(RegistryError, match="stands twice"):
        load_registry(write(tmp_path, GOOD + GOOD))
