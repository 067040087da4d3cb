"""Arguments that are one of a few words, and sources that only some arguments need."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import sql
from analyst import metrics
from analyst.errors import BadArgument, MirrorMissing
from analyst.snapshot import Mirror, Snapshot, Source

pytestmark = pytest.mark.anyio
BY = metrics.read()["sales_by"]
BY_CHOICES = next(p.choices for p in BY.parameters if p.name == "by")


@pytest.fixture
def snapshot(published: Path) -> Snapshot:
    return Mirror(published, "owner").current()


async def bind(metric: metrics.Metric, snapshot: Snapshot, **given: str) -> metrics.Bound:
    async def resolve(kind: str, name: str, snapshot: Snapshot, bound: metrics.Bound) -> str:
        del kind, snapshot, bound
        return name

    return await metrics.bind(metric, given, snapshot, resolve)


async def test_a_choice_is_bound_as_its_own_word(snapshot: Snapshot) -> None:
    assert (await bind(BY, snapshot, period="2025"))["by"] == ("text", "customer")
    assert (await bind(BY, snapshot, period="2025", by=" Item "))["by"] == ("text", "item")


@pytest.mark.parametrize(
    ("word", "nearest"), [("items", "item"), ("по клиентам", "customer"), ("wharehouse", "warehouse")]
)
async def test_another_word_is_refused_with_the_list_and_a_call_that_binds(
    snapshot: Snapshot, word: str, nearest: str
) -> None:
    with pytest.raises(BadArgument, match="customer, item, manager, month, warehouse") as raised:
        await bind(BY, snapshot, period="2025", by=word)
    assert set(raised.value.near) == set(BY_CHOICES)
    assert raised.value.near[0] == nearest
    call: dict[str, Any] = json.loads(raised.value.fix.removeprefix("metric "))
    assert call["arguments"]["by"] == nearest
    assert (await bind(BY, snapshot, **call["arguments"]))["by"] == ("text", nearest)


async def test_a_source_is_missed_only_by_the_argument_that_needs_it(snapshot: Snapshot) -> None:
    assert "bitrix" not in {source.name for source in snapshot.sources}
    await bind(BY, snapshot, period="2025", by="item")
    with pytest.raises(MirrorMissing, match="sales_by rests on bitrix"):
        await bind(BY, snapshot, period="2025", by="Manager")
    calls = metrics.read()["collection_list"]
    await bind(calls, snapshot, manager="")
    with pytest.raises(MirrorMissing, match="bitrix"):
        await bind(calls, snapshot, manager="Ерлан")
    with_crm = replace(snapshot, sources=(*snapshot.sources, Source("bitrix", "ok", "", "", 9, "")))
    assert (await bind(calls, with_crm, manager="Ерлан"))["manager"] == ("text", "Ерлан")


@pytest.mark.parametrize("name", ["esf_reconciliation", "esf_problems"])
async def test_where_no_electronic_invoice_was_ever_read_there_is_no_zero_but_what_to_do(
    snapshot: Snapshot, name: str
) -> None:
    metric = metrics.read()[name]
    for rows in (None, 0):
        sources = () if rows is None else (Source("esf", "ok", "", "", rows, ""),)
        with pytest.raises(MirrorMissing, match="no export of the ЭСФ portal was ever read"):
            await bind(metric, replace(snapshot, sources=(*snapshot.sources, *sources)), period="2025-Q4")
    read = replace(snapshot, sources=(*snapshot.sources, Source("esf", "ok", "", "", 9, "")))
    assert (await bind(metric, read, period="2025-Q4"))["direction"] is None


@pytest.mark.parametrize("params", ["by choice", "by text(a|b)", "by choice(a|b)=c", "by choice()"])
async def test_a_header_whose_choice_cannot_be_read_names_its_file(tmp_path: Path, params: str) -> None:
    (tmp_path / "metrics").mkdir()
    (tmp_path / "metrics" / "odd.sql").write_text(f"-- Odd.\n-- params: {params}\nSELECT 1\n", encoding="utf-8")
    with pytest.raises(sql.HeaderError, match="metrics/odd"):
        metrics.read(tmp_path)


async def test_a_day_of_a_definition_that_is_no_day_names_its_file(tmp_path: Path) -> None:
    (tmp_path / "metrics").mkdir()
    for day in ("2026-02-30", "yesterday"):
        (tmp_path / "metrics" / "odd.sql").write_text(f"-- Odd.\n-- changed_on: {day}\nSELECT 1\n", encoding="utf-8")
        with pytest.raises(sql.HeaderError, match=f"metrics/odd.sql: changed_on: '{day}'"):
            metrics.read(tmp_path)


async def test_every_source_that_an_argument_needs_belongs_to_one_of_its_values() -> None:
    for metric in metrics.read().values():
        known = {p.name for p in metric.parameters} | {f"{p.name}.{c}" for p in metric.parameters for c in p.choices}
        assert set(metric.needs_of) <= known
        assert {name for names in metric.needs_of.values() for name in names} <= {"onec", "bank", "bitrix"}


@pytest.mark.promise("result.known_days")
@pytest.mark.parametrize("day", ["2025-06-30", "2031-01-01"])
async def test_a_day_is_taken_only_by_a_metric_that_speaks_of_it(snapshot: Snapshot, day: str) -> None:
    with pytest.raises(BadArgument, match="not as_of") as raised:
        await bind(metrics.read()["revenue"], snapshot, period="2025", as_of=day)
    assert raised.value.fix == 'metric {"name":"revenue","arguments":{"period":"2025"}}'
    assert await bind(metrics.read()["revenue"], snapshot, period="2025", as_of=snapshot.as_of.isoformat())
    assert (await bind(metrics.read()["ar_total"], snapshot, as_of=day))["as_of"] == ("date", day)


@pytest.mark.promise("errors.fix_runs")
@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("cash_by_week", {"horizon": "100000"}),
        ("cash_by_week", {"horizon": "-1"}),
        ("cash_by_week", {"horizon": "3_0"}),
        ("cash_by_week", {"horizon": "٣٠"}),
        ("cash_by_week", {"horizon": "9" * 5000}),
        ("payments_of", {"counterparty": "cp_1", "most": "0"}),
        ("receivables_change", {"span": "-30"}),
        ("ar_total", {"as_of": "31.01.2026"}),
        ("ar_total", {"as_of": "infinity"}),
        ("revenue", {"period": "4 квартал 2025"}),
        ("can_ship", {"item": "it_1", "qty": "0"}),
        ("stock", {"item": "а" * 100_000}),
        ("paid_to_supplier", {"counterparty": "а" * 100_000, "period": "2025"}),
    ],
)
async def test_a_value_that_does_not_fit_is_told_with_a_call_that_does(
    snapshot: Snapshot, name: str, given: dict[str, str]
) -> None:
    metric = replace(metrics.read()[name], needs=())
    with pytest.raises(BadArgument) as raised:
        await bind(metric, snapshot, **given)
    assert len(raised.value.payload()) < 400
    call: dict[str, Any] = json.loads(raised.value.fix.removeprefix("metric "))
    assert call["name"] == name
    assert await bind(metric, snapshot, **call["arguments"])


def test_limits_of_a_number_are_read_from_the_header() -> None:
    (horizon,) = [p for p in metrics.read()["cash_by_week"].parameters if p.name == "horizon"]
    assert (horizon.least, horizon.most, horizon.told()) == (0, 366, "horizon int=30")
