"""What every metric promises: it runs on a whole company, returns what its header says, and never changes under its version."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

import sql
from analyst import catalog, functions, metrics
from analyst.engine import SERIALIZE
from analyst.guard import Guard
from tests.sql.metric_asked import AS_OF, METRICS, asked, published

GOLDEN = Path(__file__).with_name("metrics.golden.json")
# What a row may be of beside its columns.
ROLES = {"chief accountant", "head of finance", "head of sales", "head of supply"}
NOUNS = {"document", "own entity", "own account or cash desk", "statement line or document"}


@pytest.fixture(scope="module")
def con(demo: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with published(demo) as db:
        yield db


@pytest.fixture(scope="module")
def guard(demo: Path) -> Guard:
    """The guard of the published file, as the worker that asks a metric has it."""
    current = json.loads((demo / "CURRENT").read_text(encoding="utf-8"))
    file = demo / "snapshots" / current["snapshot"] / current["roles"]["owner"]["catalog"]
    allowed = functions.allowed(duckdb.__version__)
    assert allowed is not None
    return Guard(catalog.read(file), allowed, AS_OF.isoformat())


@pytest.mark.parametrize("metric", METRICS.values(), ids=METRICS)
def test_a_metric_returns_what_its_header_says_and_no_float(
    con: duckdb.DuckDBPyConnection, metric: metrics.Metric
) -> None:
    rows = asked(con, metric)
    grain = metric.grain.split(", ")
    if set(grain) <= {column.name for column in metric.columns}:
        assert len({tuple(row[part] for part in grain) for row in rows}) == len(rows)
    else:
        assert metric.grain == "one row" or set(grain) & NOUNS
    if metric.shape == "value":
        assert metric.grain == "one row"
        assert len(rows) == 1
        assert "value" in rows[0]
        # no answer is told by a reason, never by silence
        assert rows[0]["value"] is not None or rows[0]["reason"]


@pytest.mark.parametrize("metric", METRICS.values(), ids=METRICS)
def test_a_metric_passes_the_guard(con: duckdb.DuckDBPyConnection, guard: Guard, metric: metrics.Metric) -> None:
    def serialize(text: str) -> str:
        row = con.execute(SERIALIZE, [text]).fetchone()
        return str(row[0]) if row else ""

    guard.check(metric.body, serialize, frozenset(re.findall(r"\$(\w+)", metric.body)))


@pytest.mark.parametrize("definition", sql.read("metrics"), ids=lambda d: d.name)
def test_a_header_is_whole(definition: sql.Definition) -> None:
    facts = definition.facts
    assert facts["id"] == definition.name
    assert {
        "version",
        "changed_on",
        "owner",
        "title.ru",
        "title.kk",
        "title.en",
        "synonyms",
        "unit",
        "basis",
        "shape",
        "grain",
        "tests",
        "params",
        "formula",
        "needs",
    } <= facts.keys()
    assert all(value.strip() for value in facts.values())
    assert facts["owner"] in ROLES
    assert facts["shape"] in ("value", "table")
    needed = [word.strip() for word in facts["needs"].split(",")]
    assert needed
    assert set(needed) <= {"onec", "bank", "bitrix", "esf", "onec.supply"}


def test_a_changed_definition_has_a_new_version() -> None:
    kept = json.loads(GOLDEN.read_text(encoding="utf-8"))
    for metric in METRICS.values():
        digest = hashlib.sha256(" ".join(metric.body.split()).encode()).hexdigest()
        known = kept.get(metric.id, {})
        assert metric.version in known, (
            f'{GOLDEN.name} lacks {metric.label}: put "{metric.version}": "{metric.changed_on} {digest}" under "{metric.id}"'
        )
        day, _, held = known[metric.version].partition(" ")
        assert held == digest, (
            f"{metric.label} is defined anew under its old version: raise `version` and `changed_on` in sql/metrics/{metric.id}.sql"
            f' and put "{int(metric.version) + 1}": "<that day> {digest}" beside the old one in {GOLDEN.name}'
        )
        assert metric.changed_on == day, (
            f"{metric.label} is of {day}: a version keeps its day, a new day is a new version"
        )
        # versions of before the days were kept have none
        earlier = [
            text.partition(" ")[0]
            for version, text in known.items()
            if int(version) < int(metric.version) and " " in text
        ]
        assert all(other < day for other in earlier), (
            f"{metric.label}: a new version is of a new day; {earlier} are taken"
        )
    assert set(kept) == set(METRICS), "a metric that is gone leaves the golden file too"
