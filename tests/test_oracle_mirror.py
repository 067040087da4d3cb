"""What does not matter to a mirror: the order in which its rows came, and the documents of other parties."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import pytest

from sync.kept import forget
from sync.models import build
from tests.oracle_case import WEEKS, pull, same
from tests.oracle_company import hard, served
from tests.oracle_published import Published

pytestmark = pytest.mark.slow

Mirror = duckdb.DuckDBPyConnection
DAYS = (*WEEKS[4::4], date(2026, 1, 31))


@pytest.fixture(scope="module")
def pulled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The master file of a hard company with few contracts."""
    data = tmp_path_factory.mktemp("mirror")
    with served(hard(3, pools=40)) as onec:
        pull(data, onec)
    current = json.loads((data / "CURRENT").read_text(encoding="utf-8"))
    return data / "snapshots" / str(current["snapshot"]) / str(current["master"]["file"])


@pytest.fixture
def mirror(pulled: Path, tmp_path: Path) -> Iterator[Mirror]:
    copy = tmp_path / "mirror.duckdb"
    shutil.copyfile(pulled, copy)
    with duckdb.connect(str(copy)) as con:
        yield con


def again(mirror: Mirror) -> None:
    """Build what stands on the raw tables once more, all of it and short ids too."""
    mirror.execute("delete from meta.short_id")
    forget(mirror)
    build(mirror, datetime(2026, 1, 31, 2, tzinfo=UTC), ZoneInfo("Asia/Almaty"))


def names(mirror: Mirror, schema: str) -> list[str]:
    found = mirror.execute(
        "select table_name from duckdb_tables() where schema_name = ? order by all", [schema]
    ).fetchall()
    return [str(name) for (name,) in found]


def told(mirror: Mirror) -> dict[str, Counter[Any]]:
    """Every table that was built, its rows as text, and open items and advances on some days."""
    published = Published(mirror)
    found: dict[str, Counter[Any]] = {
        name: Counter(map(repr, mirror.execute(f"from main.{name}").fetchall())) for name in names(mirror, "main")
    }
    for day in DAYS:
        found |= {f"{side} {day}": Counter(published.open_items(side, day)) for side in ("ar", "ap")}
        found[f"advances {day}"] = Counter(published.advances(day))
    return found


def test_rows_that_came_in_another_order_make_the_same_relations(mirror: Mirror) -> None:
    before = told(mirror)
    for name in names(mirror, "raw"):
        mirror.execute(f"create temp table shuffled as from raw.{name} order by hash(src_ref || '3')")
        mirror.execute(f"delete from raw.{name}")
        mirror.execute(f"insert into raw.{name} from shuffled")
        mirror.execute("drop table shuffled")
    again(mirror)
    after = told(mirror)
    assert sum(before["settlement"].values()) > 100
    assert [name for name in before if before[name] != after[name]] == []


def test_without_the_documents_of_one_party_the_others_owe_the_same(mirror: Mirror) -> None:
    published = Published(mirror)
    gone = published.rows("select cp_id, count(*) from debit_item group by 1 order by 2 desc, 1 limit 1")[0][0]
    # A document of one party may settle another's debt too, an adjustment among three; or wait for one that another party's link names.
    touched = published.rows(
        "select distinct case when bin_valid then bin_iin else name end from cp where cp_id = $1 or cp_id in (select i.cp_id"
        " from (select cp_id, doc_id from debit_item union all select cp_id, doc_id from credit_item) i join doc_full d using (doc_id)"
        " where d.cp_id = $1 union all select l.cp_id from pay_alloc a join doc_full t on t.doc_id = a.target_doc_id"
        " join doc_full l on l.doc_id = a.doc_id where t.cp_id = $1)",
        gone,
    )
    parties = {party for (party,) in touched}
    before = {day: published.open_items("ar", day) + published.open_items("ap", day) for day in DAYS}
    refs = "select src_ref from doc_full join doc_key using (doc_id) where cp_id = ?"
    for name in names(mirror, "raw"):
        if not name.startswith(("onec_gl", "bank_")):
            mirror.execute(f"delete from raw.{name} where lower(src_ref) in ({refs})", [gone])
    again(mirror)
    for day, items in before.items():
        others = [row for row in items if row[1] not in parties]
        assert 0 < len(others) < len(items) or day == DAYS[0]
        left = published.open_items("ar", day) + published.open_items("ap", day)
        same(others, [row for row in left if row[1] not in parties], day)
