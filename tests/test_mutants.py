"""The list of broken rules fits the rules as they stand, and breaking one is noticed."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import duckdb
import pytest

import sql
from tests.mutants import MUTANTS, Mutant

ROOT = Path(__file__).parents[1]


def edited(mutant: Mutant) -> dict[str, str]:
    """The broken files by name; every old text stands in its file exactly once."""
    found: dict[str, str] = {}
    for file, old, new in mutant.edits:
        text = found.get(file) or (ROOT / file).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{mutant.name}: {old!r} stands {text.count(old)} times in {file}"
        found[file] = text.replace(old, new)
    return found


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda m: m.name)
def test_a_mutant_changes_what_stands_once_and_still_parses(mutant: Mutant) -> None:
    with duckdb.connect() as con:
        for file, text in edited(mutant).items():
            definition = sql.parse(Path(file).stem, Path(file).parent.name, text)
            row = con.execute("select json_serialize_sql($query)", {"query": definition.body}).fetchone()
            assert row
            assert '"error":false' in row[0], (file, row[0][:300])


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda m: m.name)
def test_the_killer_of_a_mutant_is_a_test(mutant: Mutant) -> None:
    file, _, rest = mutant.killer.partition("::")
    assert f"\ndef {rest.partition('[')[0]}(" in (ROOT / file).read_text(encoding="utf-8")


def test_every_mutant_has_its_own_name() -> None:
    assert [name for name, n in Counter(m.name for m in MUTANTS).items() if n > 1] == []


@pytest.mark.slow
def test_broken_rules_are_noticed() -> None:
    """Two of the quick ones; `make mutants` runs them all."""
    words = ("across roles", "dso without sales")
    done = subprocess.run(
        [sys.executable, str(ROOT / "bench" / "mutants.py"), *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr[-2000:]
    assert "2 of 2 killed" in done.stdout
