"""From a receipt back to its number and the documents behind it, over the protocol: later, elsewhere, and when it cannot be."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from mcp import Client
from mcp.types import TextContent

from analyst import documents, metrics, reconcile, server
from analyst.audit import Audit
from analyst.demo import server as over_stdio
from analyst.pool import Pool
from analyst.settings import Settings
from analyst.snapshot import Mirror
from analyst.tools import Analyst

if TYPE_CHECKING:
    from tests.analyst.conftest import Place

pytestmark = pytest.mark.anyio
Make = Callable[..., Analyst]
OLD, NEW, NEWEST = "20260131T020000Z", "20260201T020000Z", "20260202T020000Z"
LESS = "DELETE FROM doc WHERE doc_id IN ('d_1', 'd_4');\n"


async def told(client: Client, tool: str, **arguments: Any) -> dict[str, Any]:
    result = await client.call_tool(tool, arguments)
    (content,) = result.content
    assert isinstance(content, TextContent)
    answer: dict[str, Any] = json.loads(content.text)
    assert bool(result.is_error) is ("what" in answer), answer
    return answer


async def run(client: Client, fix: str) -> dict[str, Any]:
    """What the call gives that an error offers."""
    tool, _, arguments = fix.partition(" ")
    return await told(client, tool, **json.loads(arguments))


def redefined(definitions: Path, folder: Path, name: str, old: str, new: str) -> Path:
    """A copy of the definitions with one of them changed."""
    shutil.copytree(definitions, folder)
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new), encoding="utf-8")
    return folder


def over(data: Path, root: Path, audit: Path, role: str = "owner") -> Analyst:
    """A server's Analyst over other definitions, with the audit folder of another."""
    settings = Settings(data=data, audit=audit, role=role)
    known = metrics.read(root)
    log = Audit(audit, "test", role)
    return Analyst(
        settings,
        Mirror(data, role),
        Pool(settings),
        log,
        known,
        reconcile.read(known, root),
        documents=documents.read(root),
    )


async def test_a_receipt_tells_definition_sql_freshness_and_documents_that_add_up(analyst: Analyst) -> None:
    async with Client(server.build(analyst, "0")) as client:
        answer = await told(client, "metric", name="ar_total", arguments={"as_of": "2025-02-01"})
        behind = await told(client, "explain", receipt=answer["receipt"].lower(), rows=50)
        assert (behind["receipt"], behind["def"], behind["replayed"]) == (answer["receipt"], "ar_total v2", "same")
        assert behind["title"] == {"ru": "Дебиторская задолженность", "en": "Receivables, total"}
        assert (behind["summary"], behind["unit"], behind["basis"]) == ("All that is owed on a day.", "KZT", "accrual")
        assert behind["sql"] == analyst.metrics["ar_total"].body
        assert behind["arguments"] == {"as_of": "2025-02-01"}
        assert (behind["snapshot"], behind["as_of"], behind["fresh"]) == (OLD, answer["as_of"], answer["fresh"])
        assert behind["checks"] == answer["checks"] == ["open_items: 2 differences, 150.00 KZT"]
        assert behind["values"]["rows"] == answer["rows"]
        assert behind["values"]["columns"] == [["value", "owed"], ["sales", "how many"]]
        value, sales = answer["rows"][0]
        assert behind["adds_up"] is True
        assert behind["parts"] == [
            {"part": "value", "rows": sales, "total": value, "adds_up": True},
            {"part": "sales", "rows": sales, "total": f"{sales}", "adds_up": True},
        ]
        assert (behind["part"], behind["shown"]) == ("value", f"{sales} of {sales}")
        assert behind["untrusted"] == ["counterparty"]
        assert behind["columns"] == list(documents.COLUMNS[1:])
        assert sum(Decimal(row[-1]) for row in behind["rows"]) == Decimal(value)
        assert ["d_1", "sale", "ПС-00000001", "2025-01-02", "АО «Ромашка Трейд»", "100.10"] in behind["rows"]


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


async def test_a_query_is_told_with_its_sql_and_as_not_certified(analyst: Analyst) -> None:
    async with Client(server.build(analyst, "0")) as client:
        sql = "SELECT purpose, sum_kzt FROM doc -- «все»\nORDER BY doc_id"
        receipt = (await told(client, "query", sql=sql, rows=2))["receipt"]
        behind = await told(client, "explain", receipt=receipt, rows=3)
        assert (behind["def"], behind["sql"], behind["reads"]) == ("not certified", sql, "doc")
        assert (behind["shown"], behind["untrusted"], len(behind["rows"])) == ("3 of 500", ["purpose"], 3)
        for page in ({"part": "value"}, {"start": 20}):
            refused = await told(client, "explain", receipt=receipt, **page)
            assert "no documents to turn over" in refused["why"]
            assert (await run(client, refused["fix"]))["receipt"] == receipt


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


async def test_documents_that_do_not_add_up_are_told_with_their_difference(
    published: Path, definitions: Path, tmp_path: Path
) -> None:
    lacking = "join doc d using (doc_id)"
    other = redefined(
        definitions,
        tmp_path / "sql",
        "documents/ar_total.sql",
        lacking,
        "join doc d on d.doc_id = o.doc_id and o.doc_id <> 'd_4'",
    )
    async with Client(server.build(over(published, other, tmp_path / "audit"), "0")) as client:
        answer = await told(client, "metric", name="ar_total")
        behind = await told(client, "explain", receipt=answer["receipt"])
        value, one = behind["parts"]
        assert (behind["adds_up"], behind["replayed"]) == (False, "same")
        assert (value["adds_up"], value["value"], value["difference"]) == (False, answer["rows"][0][0], "400.40")
        assert Decimal(value["total"]) + Decimal("400.40") == Decimal(value["value"])
        assert one["difference"] == "1"


async def test_a_metric_without_a_list_of_documents_says_so(analyst: Analyst) -> None:
    async with Client(server.build(analyst, "0")) as client:
        asked = {"counterparty": "cp_1", "period": "2025"}
        answer = await told(client, "metric", name="paid_to_supplier", arguments=asked)
        behind = await told(client, "explain", receipt=answer["receipt"])
        assert behind["behind"].startswith("no list of documents is defined")
        assert (behind["values"]["rows"], behind["replayed"]) == (answer["rows"], "same")
        assert "adds_up" not in behind
        refused = await told(client, "explain", receipt=answer["receipt"], part="value")
        assert "no documents to turn over" in refused["why"]


async def test_pages_hold_every_document_once_and_add_up(analyst: Analyst) -> None:
    async with Client(server.build(analyst, "0")) as client:
        answer = await told(client, "metric", name="ar_total")
        page = await told(client, "explain", receipt=answer["receipt"], rows=60)
        rows, shown = list(page["rows"]), [page["shown"]]
        while "next" in page:
            tool, _, arguments = page["next"].partition(" ")
            page = await told(client, tool, **json.loads(arguments), rows=60)
            assert "sql" not in page
            assert (page["as_of"], page["def"]) == (answer["as_of"], "ar_total v2")
            rows += page["rows"]
            shown.append(page["shown"])
        assert shown == ["60 of 167", "61 to 120 of 167", "121 to 167 of 167"]
        assert len({row[0] for row in rows}) == 167
        assert sum(Decimal(row[-1]) for row in rows) == Decimal(answer["rows"][0][0])
        amounts = [Decimal(row[-1]) for row in rows]
        assert amounts == sorted(amounts, reverse=True)
        for start in (167, 999, 10**30):
            beyond = await told(client, "explain", receipt=answer["receipt"], start=start)
            assert (beyond["rows"], beyond["shown"]) == ([], "0 of 167")
        for odd in ({"start": -5}, {"rows": -5}):
            assert (await told(client, "explain", receipt=answer["receipt"], **odd))["shown"] == "10 of 167"
        counted = await told(client, "explain", receipt=answer["receipt"], part="sales", rows=9999)
        assert (counted["shown"], {row[-1] for row in counted["rows"]}) == ("167 of 167", {"1.00"})


async def test_a_page_keeps_the_limits_of_an_answer(make: Make) -> None:
    analyst = make(bytes=4096, rows_max=50)
    async with Client(server.build(analyst, "0")) as client:
        answer = await told(client, "metric", name="ar_total")
        page = await told(client, "explain", receipt=answer["receipt"], rows=9999)
        assert 0 < len(page["rows"]) < 50
        assert page["shown"] == f"{len(page['rows'])} of 167"
        result = await client.call_tool("explain", {"receipt": answer["receipt"], "rows": 9999})
        assert len(str(result.content[0].text).encode()) <= 4096 + 300  # type: ignore[union-attr]
        following = await run(client, page["next"])
        assert following["shown"].startswith(f"{len(page['rows']) + 1} to ")
        more = await told(client, "explain", receipt=answer["receipt"], part="value", rows=9999)
        assert len(more["rows"]) <= 50


@pytest.mark.parametrize("receipt", ["R-AAAAAAAAAA", "", "R-1", "ar_total", "R-" + "A" * 500, "'; DROP TABLE doc"])
async def test_an_unknown_receipt_is_a_typed_error_whose_fix_runs(analyst: Analyst, receipt: str) -> None:
    async with Client(server.build(analyst, "0")) as client:
        await told(client, "query", sql="SELECT 1 AS one")
        unknown = await told(client, "explain", receipt=receipt)
        assert unknown["what"] == "Unknown name"
        assert len(json.dumps(unknown, ensure_ascii=False).encode()) <= 480
        assert "as_of" in await run(client, unknown["fix"])


async def test_what_is_no_number_is_no_number(analyst: Analyst) -> None:
    async with Client(server.build(analyst, "0")) as client:
        receipt = (await told(client, "find", text="Бета"))["receipt"]
        refused = await told(client, "explain", receipt=receipt)
        assert refused["what"] == "The arguments do not fit"
        assert (await run(client, refused["fix"]))["receipt"] == receipt
        wrong = await told(
            client, "explain", receipt=(await told(client, "metric", name="ar_total"))["receipt"], part="x"
        )
        assert wrong["near"] == ["value", "sales"]
        assert (await run(client, wrong["fix"]))["adds_up"] is True


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
            assert behind["values"]["rows"] == answer["rows"][:5]
        back = await told(
            one, "explain", receipt=(await told(other, "query", sql="SELECT count(*) AS n FROM doc"))["receipt"]
        )
        assert back["replayed"] == "the same number of rows"
