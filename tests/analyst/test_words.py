"""Periods, settings, prompts, cards and pages: what people write and read around the answers."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import sql
from analyst import find, metrics, page, period, reconcile, report
from analyst.audit import ChainBroken
from analyst.errors import KINDS, BadArgument, MirrorMissing, from_record
from analyst.settings import Settings, SettingsError
from analyst.snapshot import Mirror
from analyst.tools import Analyst

if TYPE_CHECKING:
    from tests.analyst.conftest import Place


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025-Q4", "2025-10-01", "2025-12-31"),
        ("2025Q1", "2025-01-01", "2025-03-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2025-12", "2025-12-01", "2025-12-31"),
        ("2025", "2025-01-01", "2025-12-31"),
        ("2025-10-15", "2025-10-15", "2025-10-15"),
        ("2025-10-01..2025-12-31", "2025-10-01", "2025-12-31"),
        ("2025-10..2025-Q4", "2025-10-01", "2025-12-31"),
    ],
)
def test_a_period_is_read_with_both_days_inside(text: str, first: str, last: str) -> None:
    assert period.Period.read(text) == period.Period(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    "text", ["", "last year", "2025-Q5", "2025-13", "2025-02-30", "..2025", "2025..", "2026..2025", "0000"]
)
def test_what_is_no_period_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(BadArgument, match="period"):
        period.Period.read(text)


@pytest.mark.promise("access.settings")
def test_settings_are_read_and_an_unknown_one_is_named() -> None:
    chosen = Settings.read({"ANALYST_DATA": "x", "ANALYST_ROWS": "50", "ANALYST_SECONDS": "2.5", "PATH": "y"})
    assert (chosen.data, chosen.rows, chosen.seconds, chosen.audit_folder) == (Path("x"), 50, 2.5, Path("x") / "audit")
    for wrong in (
        {"ANALYST_ROW": "5"},
        {"ANALYST_ROWS": "many"},
        {"ANALYST_SECONDS": "0"},
        {"ANALYST_SECONDS": "inf"},
        {"ANALYST_SECONDS": "nan"},
    ):
        with pytest.raises(SettingsError, match=next(iter(wrong))):
            Settings.read(wrong)


def test_an_error_survives_the_pipe() -> None:
    for kind in KINDS.values():
        sent = kind("because", near=["a", "b"], fix="SELECT 1", rule="r")
        got = from_record(json.loads(json.dumps(sent.record())))
        assert (type(got), got.payload()) == (kind, sent.payload())


def test_every_real_metric_has_a_card_and_a_runnable_call() -> None:
    for metric in metrics.read().values():
        assert metric.titles.get("ru")
        assert metric.titles.get("kk")
        assert metric.unit
        assert json.loads(metric.example().removeprefix("metric "))["name"] == metric.id


def test_a_metric_header_that_cannot_be_read_names_its_file(tmp_path: Path) -> None:
    (tmp_path / "metrics").mkdir()
    (tmp_path / "metrics" / "odd.sql").write_text("-- Odd.\n-- params: as_of moment\nSELECT 1\n", encoding="utf-8")
    with pytest.raises(sql.HeaderError, match="metrics/odd"):
        metrics.read(tmp_path)


def test_a_difference_touches_the_answers_made_of_the_same_relations(definitions: Path, published: Path) -> None:
    checks = reconcile.read(metrics.read(definitions), definitions)
    snapshot = Mirror(published, "owner").current()
    assert reconcile.touching(snapshot, ["ar_open"], checks)
    assert reconcile.touching(snapshot, ["ar_total"], checks)
    assert not reconcile.touching(snapshot, ["org"], checks)


def test_no_difference_is_told_with_what_every_answer_reads() -> None:
    checks = reconcile.read(metrics.read())
    assert checks["no_more_is_reserved_than_there_is"] >= {"stock_available", "atp"}
    assert {name: touched & sql.names("core") for name, touched in checks.items() if touched & sql.names("core")} == {}


@pytest.mark.parametrize(
    ("scores", "chosen"),
    [([0.9], True), ([0.84], False), ([0.9, 0.81], False), ([0.95, 0.85], True), ([], False)],
)
def test_a_candidate_is_picked_only_when_it_leads(scores: list[float], chosen: bool) -> None:
    found = [find.Candidate("counterparty", f"cp_{n}", "x", "", score) for n, score in enumerate(scores)]
    assert (find.pick(found) is not None) is chosen


def test_an_exact_number_is_picked_unless_two_have_it() -> None:
    one, other = (find.Candidate("counterparty", f"cp_{n}", "x", "", 1.0, exact=True) for n in range(2))
    assert find.pick([one]) is one
    assert find.pick([one, other]) is None


def test_the_catalog_page_is_made_of_the_headers(definitions: Path, tmp_path: Path) -> None:
    for folder in ("core", "settlement", "mart"):
        (tmp_path / folder).mkdir()
    for folder in ("metrics", "checks"):
        shutil.copytree(definitions / folder, tmp_path / folder)
    (tmp_path / "mart" / "ar_open.sql").write_text(
        "-- Open items.\n--\n-- kind: macro(as_of date)\n--\n-- doc_id  the sale\nSELECT 1\n", encoding="utf-8"
    )
    (tmp_path / "core" / "key.sql").write_text("-- Hidden.\n--\n-- published: no\nSELECT 1\n", encoding="utf-8")
    text = page.catalog(tmp_path)
    assert "### ar_open(as_of date)\n" in text
    assert "| doc_id | the sale |" in text
    assert "Hidden" not in text
    assert "ar_total" in text


def run(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "analyst.cli", *arguments],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, **environ},
        check=False,
    )


def test_the_catalog_command_writes_and_checks(tmp_path: Path) -> None:
    target = tmp_path / "docs" / "catalog.md"
    assert run("catalog", "--check", str(target)).returncode == 1
    assert run("catalog", "--write", str(target)).returncode == 0
    assert run("catalog", "--check", str(target)).returncode == 0
    target.write_text(target.read_text(encoding="utf-8") + "x", encoding="utf-8")
    done = run("catalog", "--check", str(target))
    assert done.returncode == 1
    assert "catalog --write" in done.stderr


def test_status_tells_what_is_published_and_fails_clearly_without_it(published: Path, tmp_path: Path) -> None:
    done = run("status", ANALYST_DATA=str(published), ANALYST_AUDIT=str(tmp_path))
    assert (done.returncode, done.stderr) == (0, "")
    assert "as of 2026-01-31" in done.stdout
    assert "file as published" in done.stdout
    assert "check open_items: 2 differences, 150.00 KZT (Не сходится с 1210)" in done.stdout
    none = run("status", ANALYST_DATA=str(tmp_path))
    assert none.returncode == 1
    assert "analyst-sync run" in none.stderr
    odd = run("status", ANALYST_COLOUR="red")
    assert odd.returncode == 1
    assert "ANALYST_COLOUR" in odd.stderr


@pytest.mark.promise("file.as_published", "audit.chain")
def test_status_finds_a_changed_file_and_a_changed_log(place: Place, tmp_path: Path) -> None:
    name = place.publish("20260131T000001Z")
    audit = tmp_path / "audit"
    settings = Settings(data=place.data, audit=audit)
    assert list(report.lines(settings))[-1] == "audit 0 records, chain holds"
    audit.mkdir()
    (audit / "x.jsonl").write_text("{}\n", encoding="utf-8")
    with pytest.raises(ChainBroken):
        list(report.lines(settings))
    with (place.data / "snapshots" / name / "serve-owner.duckdb").open("r+b") as file:
        file.seek(-1, 2)
        last = file.read(1)
        file.seek(-1, 2)
        file.write(bytes([last[0] ^ 1]))
    with pytest.raises(MirrorMissing, match="SHA-256"):
        list(report.lines(settings))


@pytest.mark.anyio
async def test_a_receipt_names_the_answer(make: Callable[..., Analyst]) -> None:
    analyst = make()
    one, same, other = [json.loads(await analyst.query(f"SELECT {n} AS n"))["receipt"] for n in (1, 1, 2)]
    assert one == same != other
    assert re.fullmatch(r"R-[A-Z2-7]{10}", one)
