"""A macro's argument means the same inside the macro as outside: any month-end series agrees with the days asked one by one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from analyst.errors import QueryFailed, Refused
from analyst.pool import Pool
from analyst.settings import Settings
from analyst.snapshot import Mirror, Snapshot

pytestmark = pytest.mark.anyio
SIZE = {"rows": 50, "bytes": 64 * 1024, "cell_bytes": 512, "columns": 100}


@pytest.fixture
def pool(demo: Path) -> Iterator[Pool]:
    opened = Pool(Settings(data=demo, workers=1, spares=0))
    yield opened
    opened.close()


@pytest.fixture
def snapshot(demo: Path) -> Snapshot:
    return Mirror(demo, "owner").current()


def dated(snapshot: Snapshot) -> list[str]:
    return [r.name for r in snapshot.catalog.relations.values() if [a.type for a in r.args] == ["DATE"]]


@pytest.mark.promise("guard.macro_scope")
async def test_a_macro_gives_for_a_column_what_it_gives_for_each_of_its_days(pool: Pool, snapshot: Snapshot) -> None:
    days = [snapshot.as_of, snapshot.as_of - timedelta(days=400)]
    names = dated(snapshot)
    assert len(names) >= 10
    each = ", ".join(f"(SELECT count(*) FROM {n}(each_day.day)) AS {n}" for n in names)
    listed = ", ".join(f"DATE '{day}'" for day in days)
    series = f"SELECT each_day.day, {each} FROM (SELECT unnest([{listed}]) AS day) AS each_day ORDER BY day DESC"
    apart = []
    for day in days:
        counts = ", ".join(f"(SELECT count(*) FROM {n}(DATE '{day}'))" for n in names)
        apart += (await pool.ask(snapshot, f"SELECT DATE '{day}', {counts}", SIZE)).rows
    assert (await pool.ask(snapshot, series, SIZE)).rows == apart
    assert apart[0] != apart[1]


@pytest.mark.promise("guard.macro_scope")
async def test_every_alias_inside_a_macro_is_refused_for_its_argument(pool: Pool, snapshot: Snapshot) -> None:
    inside = snapshot.catalog.inside("dso")
    assert inside is not None
    assert {"ar_open", "open_span", "o"} <= inside, "names of the macros that it calls are inside it"
    for name in sorted(inside):
        statement = (
            f'SELECT (SELECT count(*) FROM dso("{name}".day, 90)) FROM (SELECT DATE \'2025-01-31\' AS day) AS "{name}"'
        )
        with pytest.raises(Refused) as refused:
            await pool.ask(snapshot, statement, SIZE)
        assert refused.value.rule == "guard.macro_scope", name


async def test_a_macro_beside_its_column_answers_of_that_day_or_is_told_the_form_that_runs(
    pool: Pool, snapshot: Snapshot
) -> None:
    refusals: dict[str, QueryFailed] = {}
    for name in dated(snapshot):
        day = "(SELECT DATE '2025-01-31' AS day LIMIT 1) AS each_day"
        try:
            beside = await pool.ask(snapshot, f"SELECT o.* FROM {day}, {name}(each_day.day) AS o ORDER BY ALL", SIZE)
        except QueryFailed as failed:
            refusals[name] = failed
        else:  # the engine can join this one
            alone = await pool.ask(snapshot, f"FROM {name}(DATE '2025-01-31') ORDER BY ALL", SIZE)
            assert beside.rows == alone.rows
    assert len(refusals) >= 10
    for name, told in refusals.items():
        assert "subquery of SELECT" in told.why
        assert f"FROM {name}(each_day.day)" in told.fix
        alone = await pool.ask(snapshot, f"FROM {name}(DATE '2025-01-31') ORDER BY ALL", SIZE)
        assert (await pool.ask(snapshot, told.fix, SIZE)).rows == alone.rows


@pytest.mark.promise("guard.macro_scope")
async def test_a_catalog_that_does_not_say_what_is_inside_gets_values_only(
    pool: Pool, demo: Path, tmp_path: Path
) -> None:
    current = json.loads((demo / "CURRENT").read_text(encoding="utf-8"))
    told = Mirror(demo, "owner").current()
    folder = tmp_path / "snapshots" / current["snapshot"]
    folder.mkdir(parents=True)
    (folder / told.file.name).symlink_to(told.file)
    catalog = json.loads(told.catalog_file.read_text(encoding="utf-8"))
    for relation in catalog["relations"]:
        del relation["inside"]
    (folder / told.catalog_file.name).write_text(json.dumps(catalog), encoding="utf-8")
    (tmp_path / "CURRENT").write_text(json.dumps(current), encoding="utf-8")
    old = Mirror(tmp_path, "owner").current()
    with pytest.raises(Refused):
        await pool.ask(old, "SELECT (SELECT count(*) FROM ar_open(x.d)) FROM (SELECT DATE '2025-01-31' AS d) x", SIZE)
    assert (await pool.ask(old, "SELECT count(*) FROM ar_open(DATE '2025-01-31')", SIZE)).shown == 1
