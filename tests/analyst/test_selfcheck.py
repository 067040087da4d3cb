"""The selfcheck finds nothing on a sound mirror, and names the promise on one that was weakened."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import duckdb
import pytest

from analyst import corpus, examine, pool, selfcheck
from analyst.corpus import Case
from analyst.errors import MirrorMissing
from analyst.evidence import Outcome, Report
from analyst.process import Process
from analyst.promises import PROMISES
from analyst.settings import Settings

GUID = "0a1b2c3d-4e5f-11ee-8c99-0242ac120002"
FEW = ("stacked-01", "write-01", "file_read-01", "own_file-01", "error_values-01")
WEAK = """
from analyst import functions
kept = functions.allowed
functions.allowed = lambda version: kept(version) | {"current_setting", "getvariable"}
from analyst import worker
worker.main()
"""


def few(data: Path) -> list[Case]:
    """One attack of some classes and two honest statements."""
    current = json.loads((data / "CURRENT").read_text(encoding="utf-8"))
    file = data / "snapshots" / current["snapshot"] / "serve-owner.duckdb"
    cases = corpus.read(str(file.resolve()))
    return [c for c in cases if c.id in FEW] + [c for c in cases if c.kind == "legal"][:2]


async def checked(data: Path, cases: list[Case] | None = None) -> Report:
    return await selfcheck.check(Settings(data=data, workers=2, spares=0), "analyst-mirror 0", cases or few(data))


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def broken(report: Report) -> set[str]:
    return {promise["id"] for promise in report.promises() if promise["state"] == "broken"}


@pytest.fixture
def copy(demo: Path, tmp_path: Path) -> Path:
    """What a server reads of the demo's current snapshot, in a folder that a test may spoil."""
    data = tmp_path / "mirror"
    current = json.loads((demo / "CURRENT").read_text(encoding="utf-8"))
    served = shutil.ignore_patterns(current["master"]["file"])
    shutil.copytree(demo / "snapshots" / current["snapshot"], data / "snapshots" / current["snapshot"], ignore=served)
    shutil.copy(demo / "CURRENT", data / "CURRENT")
    return data


def spoil(data: Path, *statements: str, told: tuple[str, ...] = ("sha256", "bytes")) -> None:
    """Run statements on the serving file. told: what CURRENT says of the new file, both as a careless sync would."""
    current = json.loads((data / "CURRENT").read_text(encoding="utf-8"))
    file = data / "snapshots" / current["snapshot"] / current["roles"]["owner"]["file"]
    with duckdb.connect(str(file)) as con:
        for statement in statements:
            con.execute(statement)
    written = {"sha256": hashlib.sha256(file.read_bytes()).hexdigest(), "bytes": file.stat().st_size}
    current["roles"]["owner"] |= {fact: written[fact] for fact in told}
    (data / "CURRENT").write_text(json.dumps(current), encoding="utf-8")


@pytest.mark.slow
@pytest.mark.promise(
    *("guard.honest_sql", "guard.disguise", "worker.time", "worker.memory", "worker.replaced", "file.published_only"),
    *("file.no_source_keys", "file.no_credentials", "file.no_freed_blocks", "file.as_published", "result.bounded"),
    *(
        "state.nothing_kept",
        "errors.no_values",
        "errors.no_paths",
        "errors.short",
        "errors.fix_runs",
        "audit.everything",
    ),
)
def test_the_demo_mirror_leaks_nothing_and_every_honest_statement_runs(demo: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "analyst", "selfcheck", "--data", str(demo), "--format", "json"],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    told: dict[str, Any] = json.loads(done.stdout)
    assert told["attacks"]["leaks"] == []
    assert told["legal"]["not_allowed"] == []
    assert [p for p in told["promises"] if p["state"] == "broken"] == []
    assert (done.returncode, told["ok"], done.stderr) == (0, True, "")
    asked = Counter(case.kind for case in corpus.read())
    assert (told["attacks"]["tried"], told["legal"]["allowed"]) == (asked["attack"], asked["legal"])
    assert told["about"]["snapshot"].startswith("20260131T020000Z")
    for hidden in (str(demo.parent), str(Path.home()), sys.prefix, "ТОО"):
        assert hidden not in done.stdout


HARM: dict[str, tuple[str, tuple[str, ...]]] = {
    "a table that nobody lists": ("file.published_only", ("create table hidden as select 1 as x",)),
    "a schema": ("file.published_only", ("create schema raw",)),
    "a view": ("file.published_only", ("create view hidden as select 1 as x",)),
    "a macro": ("file.published_only", ("create macro hidden(x) as x + 1",)),
    "a column that nobody lists": ("file.published_only", ("alter table cp add column note varchar",)),
    "a relation that is gone": ("file.published_only", ("drop table warehouse",)),
    "keys of a source": ("file.no_source_keys", (f"update doc set number = '{GUID}' where doc_id = (select min(doc_id) from doc)",)),
    "a column of keys": ("file.no_source_keys", (f"alter table cp add column ref uuid default '{GUID}'",)),
    "a list of keys": ("file.no_source_keys", (f"alter table cp add column refs varchar[] default ['{GUID}']",)),
    "a key in words from outside": ("file.no_source_keys", (f"update bank_line set purpose = '{GUID}'",)),
    "a webhook": ("file.no_credentials", ("update deal set owner = 'https://b24.example/rest/1/hunter2hunter2/'",)),
    "a password in an address": ("file.no_credentials", ("update org set name = 'http://admin:hunter2@1c.example/base'",)),
    "a column of passwords": ("file.no_credentials", ("alter table org add column password varchar",)),
    "freed blocks": (
        "file.no_freed_blocks",
        ("create table gone as select md5(i::varchar) as x from range(300000) t(i)", "checkpoint", "drop table gone", "checkpoint"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("harm", HARM)
@pytest.mark.promise("file.published_only", "file.no_source_keys", "file.no_credentials", "file.no_freed_blocks")
def test_a_look_into_a_weakened_file_breaks_the_promise_named(copy: Path, harm: str) -> None:
    promise, statements = HARM[harm]
    spoil(copy, *statements)
    (file,) = copy.glob("snapshots/*/serve-owner.duckdb")
    order = {"file": str(file), "catalog": str(file.with_suffix(".json")), "memory_mb": 256, "threads": 1, "errors": []}
    found = examine.examine(order)
    assert found[promise]
    for hidden in ("hunter2", GUID, str(copy)):
        assert hidden not in json.dumps(found)


@pytest.mark.anyio
@pytest.mark.parametrize("harm", ["a table that nobody lists", "a password in an address"])
async def test_a_weakened_file_fails_the_selfcheck(copy: Path, harm: str) -> None:
    promise, statements = HARM[harm]
    spoil(copy, *statements)
    report = await checked(copy)
    assert promise in broken(report)
    assert not report.ok
    assert report.leaked == []
    for text in ("\n".join(report.lines()), json.dumps(report.record(), ensure_ascii=False)):
        for hidden in ("hunter2", GUID, str(copy.parent)):
            assert hidden not in text


@pytest.mark.anyio
@pytest.mark.promise("file.as_published")
async def test_a_file_that_was_changed_after_it_was_published_is_found(copy: Path) -> None:
    spoil(copy, "update org set name = name || '!'", "checkpoint", told=("bytes",))
    assert "file.as_published" in broken(await checked(copy))


@pytest.mark.anyio
async def test_a_file_of_another_size_is_not_even_asked(copy: Path) -> None:
    spoil(copy, "create table more as from range(300000)", "checkpoint", told=("sha256",))
    with pytest.raises(MirrorMissing, match="not the one that was published"):
        await checked(copy)


@pytest.mark.anyio
@pytest.mark.promise("file.no_source_keys")
async def test_words_from_outside_may_mention_a_key(copy: Path) -> None:
    spoil(copy, f"update bank_line set purpose = 'оплата по заказу {GUID}'")
    assert "file.no_source_keys" not in broken(await checked(copy))


@pytest.mark.anyio
async def test_a_sound_copy_breaks_nothing_and_is_told_the_same_each_time(copy: Path) -> None:
    files = contents(copy)
    first, second = [await checked(copy) for _ in range(2)]
    assert contents(copy) == files
    assert (broken(first), first.ok) == (set(), True)
    told, again = first.record(), second.record()
    assert told.pop("seconds") > 0
    assert again.pop("seconds") > 0
    assert told == again
    assert told["about"]["data folder"] == "mirror"
    assert [p["id"] for p in told["promises"]] == [p.id for p in PROMISES]


@pytest.mark.anyio
@pytest.mark.promise("guard.functions")
async def test_a_guard_that_allows_one_function_more_is_told_as_leaking(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def spawn() -> Process:
        command = [sys.executable, "-X", "utf8", "-c", WEAK]
        popen = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0, env={**os.environ})
        return Process(popen)

    monkeypatch.setattr(pool, "spawn", spawn)
    cases = [*few(copy), *(c for c in corpus.read() if c.topic == "settings" and c.expect == "refused")]
    report = await checked(copy, cases)
    leaked = {outcome.case.id for outcome in report.leaked}
    weak = {c.id for c in cases if "current_setting(" in c.sql.lower() or "getvariable(" in c.sql.lower()}
    assert leaked
    assert leaked <= weak
    assert {"guard.functions"} <= broken(report)
    assert any(line.startswith(f"LEAKED {min(leaked)} ") for line in report.lines())
    assert not report.ok


@pytest.mark.parametrize(
    ("expect", "ending", "held"),
    [
        ("refused", "refused", True), ("refused", "failed", False), ("refused", "answered", False),
        ("failed", "refused", True), ("failed", "bounded", True), ("failed", "answered", False), ("failed", "late", False),
        ("bounded", "answered", True), ("bounded", "late", False), ("bounded", "broken", False),
        ("answered", "answered", True), ("answered", "refused", False),
    ],
)  # fmt: skip
def test_an_ending_weaker_than_expected_is_a_leak(expect: str, ending: Any, held: bool) -> None:
    case = Case("x-1", "attack", "x", "claim", expect, "SELECT * FROM doc")
    assert selfcheck.held(case, ending) is held
    assert Outcome(case, ending, held).counted == (
        "leaked" if not held else ending if ending in ("refused", "failed") else "bounded"
    )


def test_an_attack_that_meets_no_row_to_fail_on_is_no_leak() -> None:
    case = Case("error_values-0", "attack", "error_values", "claim", "failed", "SELECT name::INTEGER FROM cp")
    assert selfcheck.held(case, "answered")
    assert not selfcheck.held(case, "broken")


@pytest.mark.promise("errors.no_values")
def test_a_value_in_an_error_is_found_unless_the_statement_brought_it(copy: Path) -> None:
    (file,) = copy.glob("snapshots/*/serve-owner.duckdb")
    with duckdb.connect(str(file), read_only=True) as con:
        (name,) = con.execute("select name from cp where length(name) > 6 order by cp_id limit 1").fetchone() or ("",)
        told = f'{{"why":"no function fits {name}"}}'
        assert "an error holds values of cp.name" in list(examine.told_values(con, [("SELECT 1", told)]))
        assert list(examine.told_values(con, [(f"SELECT '{name}'", told), ("SELECT 1", "it failed")])) == []


def test_without_a_snapshot_it_says_what_to_run(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "analyst", "selfcheck", "--data", str(tmp_path)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "analyst-sync run" in done.stderr
