"""Places as offices write them: codes that lost their zero, departments in capitals, Lima in two halves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from warehouse.official.value import fold

COUNTRY = "000000"
# Of the police files' 26 departments, those not called by the department's name.
POLICE_NAMES = {
    "lima metropolitana": "150000",
    "region lima": "150000",
    "lima provincias": "150000",
    "prov const del callao": "070000",
    "provincia constitucional del callao": "070000",
}


@dataclass(slots=True)
class Places:
    """The places of Peru by code and by name; what is no place of Peru is counted in ``refused``."""

    districts: dict[str, str]  # code -> department's name
    refused: dict[str, int] = field(default_factory=dict)
    _departments: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Iterable[tuple[str, str]]) -> Places:
        """Of (code, department) of every district."""
        districts = dict(rows)
        names = {fold(name): f"{code[:2]}0000" for code, name in districts.items()}
        return cls(districts, {}, names | POLICE_NAMES)

    def department(self, name: str) -> str | None:
        """Code of a department by its name."""
        return self._departments.get(fold(name)) or self._refuse(name)

    def district(self, code: str) -> str | None:
        """Code of a district, its leading zero put back."""
        padded = code.partition(".")[0].strip().zfill(6)
        return padded if padded in self.districts else self._refuse(code)

    def _refuse(self, what: str) -> None:
        self.refused[what] = self.refused.get(what, 0) + 1
