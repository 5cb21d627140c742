"""The groups' file: what it may say, and that errors name the place."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboards.digest.groups import GroupsError, Vocabulary, load_groups
from flows.places import region_code

KNOWN = Vocabulary(["dentists", "transport", "schools"], ["murder", "arson"], region_code)
EXAMPLE = Path(__file__).parents[2] / "groups.example.toml"


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "groups.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_example_is_right() -> None:
    groups = load_groups(EXAMPLE, KNOWN)
    assert [g.id for g in groups] == ["odontologos", "transporte-lima", "schools"]
    assert groups[1].regions == ("15", "07")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('sectors = ["dentist"]', "sectors: 'dentist' is none of dentists"),
        ('regions = ["Limma"]', "regions: 'Limma' is no department"),
        ('regions = ["Miraflores"]', "regions: 'Miraflores' is the name of"),
        ('event_types = ["new_law"]', "event_types: 'new_law'"),
        ("hour = 24", "hour"),
        ('language = "qu"', "language"),
        ('day = "lunes"', "day"),
        ("csvv = true", "csvv"),
        ('recipients_file = "a"\nrecipients_env = "B"', "not both"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, line: str, said: str) -> None:
    path = write(tmp_path, f'[[group]]\nid = "g"\nname = "Grupo"\n{line}\n')
    with pytest.raises(GroupsError) as caught:
        load_groups(path, KNOWN)
    assert said in str(caught.value)
    assert "'g'" in str(caught.value)


def test_recipients_stand_once_each(tmp_path: Path) -> None:
    path = write(tmp_path, '[[group]]\nid = "g"\nname = "Grupo"\nrecipients_file = "r.txt"\n')
    (tmp_path / "r.txt").write_text("# la lista\nuna@x.pe\n\nUNA@x.pe  # otra vez\ndos@ñandú.pe\n", encoding="utf-8")
    assert load_groups(path, KNOWN)[0].recipients() == ["UNA@x.pe", "dos@xn--and-6ma2c.pe"]


def test_recipients_from_the_environment(tmp_path: Path) -> None:
    group = load_groups(write(tmp_path, '[[group]]\nid = "g"\nname = "Grupo"\nrecipients_env = "WHO"\n'), KNOWN)[0]
    assert group.recipients({"WHO": "a@x.pe, b@x.pe"}) == ["a@x.pe", "b@x.pe"]
    with pytest.raises(GroupsError, match="no WHO"):
        group.recipients({})


@pytest.mark.parametrize("bad", ["nadie", "a@b@c.pe", "a b@c.pe", "a@c.pe\tBcc:x@y.pe", "<a@c.pe>", "@c.pe"])
def test_what_is_no_address_is_refused(tmp_path: Path, bad: str) -> None:
    group = load_groups(write(tmp_path, '[[group]]\nid = "g"\nname = "Grupo"\nrecipients_env = "WHO"\n'), KNOWN)[0]
    with pytest.raises(GroupsError):
        group.recipients({"WHO": bad})
