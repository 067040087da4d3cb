"""From a receipt back to its number and the documents behind it, over the protocol."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from mcp import Client

from analyst import documents, server
from analyst.tools import Analyst
from tests.analyst.explained import OLD, over, redefined, run, told

pytestmark = pytest.mark.anyio
Make = Callable[..., Analyst]


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
