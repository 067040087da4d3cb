"""A receipt later, after a restart, elsewhere, and when its number can be made no more."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from mcp import Client

from analyst import alike, server
from analyst.demo import server as over_stdio
from analyst.tools import Analyst
from tests.analyst.explained import OLD, over, redefined, run, told

if TYPE_CHECKING:
    from tests.analyst.conftest import Place

pytestmark = pytest.mark.anyio
Make = Callable[..., Analyst]
NEW, NEWEST = "20260201T020000Z", "20260202T020000Z"
LESS = "DELETE FROM doc WHERE doc_id IN ('d_1', 'd_4');\n"


@pytest.mark.promise("audit.receipts")
async def test_the_same_number_is_made_again_after_two_newer_snapshots_and_a_restart(place: Place, make: Make) -> None:
    place.publish(OLD, "2026-01-31")
    async with Client(server.build(make(place.data), "0")) as client:
        first = await told(client, "metric", name="ar_total")
        counted = await told(client, "query", sql="SELECT doc_id FROM doc WHERE type = 'sale'")
        place.publish(NEW, "2026-02-01", LESS)
        place.publish(NEWEST, "2026-02-02", LESS)
        now = await told(client, "metric", name="ar_total", arguments={"as_of": "2026-01-31"})
        assert now["rows"] != first["rows"]
        assert now["receipt"] != first["receipt"]
    async with Client(server.build(make(place.data), "0")) as client:
        behind = await told(client, "explain", receipt=first["receipt"])
        assert (behind["values"]["rows"], behind["replayed"], behind["adds_up"]) == (first["rows"], "same", True)
        assert (behind["snapshot"], behind["as_of"]) == (OLD, "2026-01-31")
        assert (await told(client, "explain", receipt=now["receipt"]))["values"]["rows"] == now["rows"]
        again = await told(client, "explain", receipt=counted["receipt"])
        assert (again["shown"], again["replayed"]) == ("10 of 167", "the same number of rows")


async def test_a_replay_leaves_the_workers_of_the_current_snapshot_and_goes_with_the_next_question(
    place: Place, make: Make
) -> None:
    place.publish(OLD)
    analyst = make(place.data)
    receipt = json.loads(await analyst.metric("ar_total", {}))["receipt"]
    place.publish(NEW)
    await analyst.metric("ar_total", {})
    (current,) = analyst.pool._idle
    await analyst.explain(receipt)
    assert {name for name, _ in analyst.pool._idle} == {OLD, NEW}
    await analyst.metric("ar_total", {})
    assert analyst.pool._idle == [current]


@pytest.mark.promise("errors.fix_runs")
async def test_a_receipt_whose_snapshot_was_pruned_says_so_and_how_to_ask_again(place: Place, make: Make) -> None:
    place.publish(OLD)
    async with Client(server.build(make(place.data), "0")) as client:
        asked = {"counterparty": "АО «Ромашка Трейд»", "period": "2025-Q4"}
        paid = await told(client, "metric", name="paid_to_supplier", arguments=asked)
        query = await told(client, "query", sql="SELECT count(*) AS n FROM doc")
        place.publish(NEW, keep=1)
        for answer in (paid, query):
            gone = await told(client, "explain", receipt=answer["receipt"])
            assert gone["what"] == "The receipt cannot be replayed"
            assert OLD in gone["why"]
            again = await run(client, gone["fix"])
            assert (again["def"], again["rows"]) == (answer["def"], answer["rows"])
            assert again.get("arguments") == answer.get("arguments")


@pytest.mark.promise("errors.fix_runs")
async def test_a_receipt_of_a_metric_defined_anew_or_gone_says_so(
    published: Path, definitions: Path, make: Make, tmp_path: Path
) -> None:
    async with Client(server.build(make(), "0")) as client:
        receipt = (await told(client, "metric", name="ar_total"))["receipt"]
    newer = redefined(definitions, tmp_path / "newer", "metrics/ar_total.sql", "version: 2", "version: 3")
    async with Client(server.build(over(published, newer, tmp_path / "audit"), "0")) as client:
        gone = await told(client, "explain", receipt=receipt)
        assert gone["what"] == "The receipt cannot be replayed"
        assert "ar_total v2" in gone["why"]
        assert "as ar_total v3" in gone["why"]
        assert (await run(client, gone["fix"]))["def"] == "ar_total v3"
    (newer / "metrics" / "ar_total.sql").unlink()
    async with Client(server.build(over(published, newer, tmp_path / "audit"), "0")) as client:
        gone = await told(client, "explain", receipt=receipt)
        assert "no longer defined" in gone["why"]
        assert "rows" in await run(client, gone["fix"])


async def test_a_definition_changed_under_its_version_shows_in_the_replay(
    published: Path, definitions: Path, make: Make, tmp_path: Path
) -> None:
    async with Client(server.build(make(), "0")) as client:
        receipt = (await told(client, "metric", name="ar_total"))["receipt"]
    other = redefined(definitions, tmp_path / "other", "metrics/ar_total.sql", "sum(open_kzt)", "sum(2 * open_kzt)")
    async with Client(server.build(over(published, other, tmp_path / "audit"), "0")) as client:
        behind = await told(client, "explain", receipt=receipt)
        assert behind["replayed"] == "differs from what was told then"
        assert behind["adds_up"] is False


@pytest.mark.promise("audit.receipts")
async def test_another_role_cannot_explain_a_receipt(
    published: Path, definitions: Path, make: Make, tmp_path: Path
) -> None:
    async with Client(server.build(make(), "0")) as client:
        receipt = (await told(client, "query", sql="SELECT name FROM cp"))["receipt"]
    seller = over(published, definitions, tmp_path / "audit", role="seller")
    assert seller.receipts.find(receipt) is None
    assert make().receipts.find(receipt) is not None


@pytest.mark.promise("audit.everything")
async def test_explaining_is_recorded_with_the_snapshot_it_replayed(place: Place, make: Make, tmp_path: Path) -> None:
    place.publish(OLD)
    async with Client(server.build(make(place.data), "0")) as client:
        receipt = (await told(client, "metric", name="ar_total"))["receipt"]
        place.publish(NEW)
        await told(client, "explain", receipt=receipt)
        await told(client, "explain", receipt="R-AAAAAAAAAA")
    lines = [
        json.loads(line) for file in (tmp_path / "audit").glob("*.jsonl") for line in file.read_text().splitlines()
    ]
    assert [(line["tool"], line["snapshot"], line["outcome"], line["receipt"]) for line in lines] == [
        ("metric", OLD, "answered", receipt),
        ("explain", OLD, "answered", receipt),
        ("explain", NEW, "NotKnown", ""),
    ]


@pytest.mark.slow
async def test_two_servers_on_one_folder_explain_each_others_answers_over_stdio(demo: Path, tmp_path: Path) -> None:
    params = over_stdio(demo)
    params.env = {**(params.env or {}), "ANALYST_AUDIT": str(tmp_path / "audit")}
    async with Client(params) as one, Client(params) as other:
        for name, arguments in (("ar_total", {}), ("revenue_by_month", {"period": "2025"})):
            answer = await told(one, "metric", name=name, arguments=arguments)
            behind = await told(other, "explain", receipt=answer["receipt"])
            assert (behind["replayed"], behind["adds_up"], behind["receipt"]) == ("same", True, answer["receipt"])
            columns, rows = alike.unfolded(answer)
            shown = [dict(zip(columns, row, strict=True)) for row in rows[:5]]
            names = [name for name, _ in behind["values"]["columns"]]
            assert [dict(zip(names, row, strict=True)) for row in behind["values"]["rows"]] == shown
        back = await told(
            one, "explain", receipt=(await told(other, "query", sql="SELECT count(*) AS n FROM doc"))["receipt"]
        )
        assert back["replayed"] == "the same number of rows"
