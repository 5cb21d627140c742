"""The audit is green only if every locked package really was looked up, by a database that knows something."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LOCK = """# comment
Jinja2==3.1.6 \\
    --hash=sha256:0
numpy==2.4.6 ; python_full_version < '3.12' \\
    --hash=sha256:1
numpy==2.5.5 ; python_full_version >= '3.12' \\
    --hash=sha256:2
pywin32==312 ; sys_platform == 'win32' \\
    --hash=sha256:3
"""
# As pip-audit: reads its -r file, answers in JSON.
PLAYED = """#!{python}
import json, sys
pins = [line.strip().split("==") for line in open(sys.argv[sys.argv.index("-r") + 1])]
def answer(name, version):
    {answer}
print(json.dumps({{"dependencies": [a for a in (answer(*p) for p in pins) if a], "fixes": []}}))
"""
CANARY = 'ids = ["CVE-1"] if name == "urllib3" else []'
SOUND = f'{CANARY}; return {{"name": name, "version": version, "vulns": [{{"id": i}} for i in ids]}}'


@pytest.mark.parametrize(
    ("answer", "code", "said"),
    [
        (SOUND, 0, "all 4 locked packages looked up, 0 with known vulnerabilities"),
        (SOUND.replace("else []", 'else ["CVE-2"] if version == "2.5.5" else []'), 1, "numpy 2.5.5: CVE-2"),
        ('return {"name": name, "skip_reason": "not found"}', 3, "NOT RUN: 1 of 1 packages were not looked up"),
        (
            f'{SOUND} if name != "pywin32" else {{"name": name, "skip_reason": "not found"}}',
            3,
            "1 of 3 packages were not looked up: pywin32 312",
        ),
        (f'{SOUND} if version != "2.5.5" else None', 3, "1 of 1 packages were not looked up: numpy 2.5.5"),
        (SOUND.replace("CVE-1", "").replace('[""]', "[]"), 3, "NOT RUN: the database knows nothing against urllib3"),
        ("sys.exit('no connection')", 3, "NOT RUN: pip-audit gave no answer"),
    ],
)
def test_audit(answer: str, code: int, said: str, tmp_path: Path) -> None:
    (tmp_path / "requirements.lock").write_text(LOCK)
    played = tmp_path / "pip-audit"
    played.write_text(PLAYED.format(python=sys.executable, answer=answer))
    played.chmod(0o700)
    command = [sys.executable, str(ROOT / ".ci" / "audit"), str(tmp_path / "requirements.lock"), str(played)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (code, "")
    assert said in done.stdout
