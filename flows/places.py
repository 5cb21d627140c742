"""A place as people write it, to the beginning of the UBIGEO codes of all that lies in it."""

from __future__ import annotations


def region_code(name: str) -> str:
    """Prefix of UBIGEO codes for a place named by code or by name; a name of several levels means the widest.

    Raises:
        ValueError: no such place, or several of one level.
    """
    from models.fold import fold
    from models.gazetteer import units
    from models.gazetteer.units import stem

    if name.isdigit():
        code = name.ljust(6, "0")
        if code not in units():
            raise ValueError(f"{name!r} is no UBIGEO code")
        return stem(code)
    wanted = fold(name)
    found = {stem(u.code) for u in units().values() if fold(u.name) == wanted}
    if not found:
        raise ValueError(f"{name!r} is no department, province or district of Peru")
    widest = min(map(len, found))
    codes = sorted(code for code in found if len(code) == widest)
    if len(codes) > 1:
        raise ValueError(f"{name!r} is the name of {len(codes)} places; give a code: {', '.join(codes)}")
    return codes[0]
