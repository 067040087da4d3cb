"""Break one rule at a time in a copy of the project, and see the test that holds the rule fail.

python bench/mutants.py              every mutant, two at a time
python bench/mutants.py refund dso   those whose name has one of the words in it
First every named test runs over the unbroken copy and must pass. Ends with 1 when a mutant survives.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from queue import Queue

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.mutants import MUTANTS, Mutant

ROOT = Path(__file__).parents[1]
PARTS = ("analyst", "sql", "sync", "tests")
PASSED, FAILED = 0, 1  # what pytest ends with; anything else is a test that did not run


def main() -> int:
    """Run the mutants asked for; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("words", nargs="*")
    parser.add_argument("--jobs", type=int, default=2)
    asked = parser.parse_args()
    chosen = [m for m in MUTANTS if not asked.words or any(w in m.name for w in asked.words)]
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        copies = [copied(Path(folder) / str(n)) for n in range(asked.jobs)]
        tests = sorted({m.killer for m in chosen})
        if (code := tried(copies[0], tests)[0]) != PASSED:
            print(f"the named tests do not pass over the unbroken copy (pytest ended with {code})", *tests, sep="\n  ")
            return 1
        survivors = [m for m, line in killed(copies, chosen) if not line]
    print(f"{len(chosen) - len(survivors)} of {len(chosen)} killed in {time.monotonic() - start:.0f} s")
    return 1 if survivors else 0


def killed(copies: Sequence[Path], mutants: Sequence[Mutant]) -> Iterator[tuple[Mutant, str]]:
    """Each mutant with the first line of the failure that its test told; an empty line is a survivor."""
    free: Queue[Path] = Queue()
    for copy in copies:
        free.put(copy)

    def run(mutant: Mutant) -> str:
        copy = free.get()
        try:
            with broken(copy, mutant):
                code, line = tried(copy, [mutant.killer])
        finally:
            free.put(copy)
        if code not in (PASSED, FAILED):
            print(f"pytest ended with {code} over {mutant.killer}")
        print(f"{'killed  ' if line else 'SURVIVED'} {mutant.name}: {line or mutant.killer}", flush=True)
        return line

    with ThreadPoolExecutor(len(copies)) as pool:
        yield from zip(mutants, pool.map(run, mutants), strict=True)


@contextmanager
def broken(copy: Path, mutant: Mutant) -> Iterator[None]:
    """The copy with the rule broken, for a while."""
    kept: dict[str, str] = {}
    for file, old, new in mutant.edits:
        text = (copy / file).read_text(encoding="utf-8")
        kept.setdefault(file, text)
        (copy / file).write_text(text.replace(old, new), encoding="utf-8")
    try:
        yield
    finally:
        for file, text in kept.items():
            (copy / file).write_text(text, encoding="utf-8")


def tried(copy: Path, tests: Sequence[str]) -> tuple[int, str]:
    """What pytest ends with over a copy, and the first line of a failure."""
    words = ["-m", "pytest", "-n", "0", "-x", "-q", "-p", "no:cacheprovider", "--no-header", "--tb=line", *tests]
    done = subprocess.run(
        [sys.executable, *words],
        cwd=copy,
        env=os.environ | {"PYTHONPATH": str(copy)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode != FAILED:
        return done.returncode, ""
    told = [line for line in done.stdout.splitlines() if line.startswith(("/", "E ")) and ": " in line]
    return FAILED, told[0].removeprefix(f"{copy}/")[:150] if told else "failed"


def copied(folder: Path) -> Path:
    """A copy of the project: the packages, the tests and what names them."""
    for part in PARTS:
        shutil.copytree(ROOT / part, folder / part)
    shutil.copyfile(ROOT / "pyproject.toml", folder / "pyproject.toml")
    return folder


if __name__ == "__main__":
    sys.exit(main())
