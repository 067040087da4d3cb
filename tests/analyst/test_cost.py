"""What an answer costs an agent, counted with two real tokenizers over the real client: nothing may grow unseen."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from mcp import Client
from mcp.types import TextContent
from toktok import batch_count

from analyst import extension, reconcile, server, subjects
from analyst.audit import Audit
from analyst.compact import NAMED
from analyst.pool import Pool
from analyst.settings import Settings
from analyst.snapshot import Mirror
from analyst.tools import Analyst

pytestmark = pytest.mark.anyio

FIXED = 1000
CATALOG = 400
CARD = 250
TOPIC = 600
ERROR = 120
RESULT = 600
EXCHANGE = 1500
OTHERS = 2  # names that no topic knows yet
UNASKED = 4000  # of rows that nobody asked for

MISTAKES = (
    "SELECT summa FROM doc",
    "SELECT * FROM invoices_outstanding",
    "SELECT * FROM sales_in",
    "SELECT * FROM ar_open('2026')",
    "DROP TABLE doc",
    "SELECT counterparty, sum(open_kzt) FROM ar_open(DATE '2026-01-31')",
    "SELECT сумма_к_оплате_по_документу, контрагент_наименование FROM doc",
    "SELECT TO_CHAR(doc_date, 'Mon WW'), sum(sum_kzt) FROM doc WHERE type = 'sale' GROUP BY 1",
    "SELECT * FROM read_csv('/etc/passwd')",
    "SELECT 1; SELECT 2",
    "SELECT counterparty AS контрагент_или_плательщик, sum(amount_paid_to_date) AS оплачено_за_период_в_тенге, count(*) AS число_платёжных_документов FROM pay WHERE type = 'pay_in' AND pay_date >= '2026-01-01' GROUP BY контрагент_или_плательщик ORDER BY оплачено_за_период_в_тенге DESC",
)


def tokens(text: str) -> int:
    """Tokens of a text by the tokenizer that needs more of them."""
    return max(int(batch_count([text], encoding)[0]) for encoding in ("cl100k_base", "o200k_base"))


@asynccontextmanager
async def connected(demo: Path, audit: Path) -> AsyncIterator[tuple[Client, Analyst]]:
    """The real client on the real server over the demo company, in memory."""
    settings = Settings(data=demo, audit=audit, workers=1, spares=0)
    known = extension.read(settings.extensions_folder)
    analyst = Analyst(
        settings=settings,
        mirror=Mirror(demo, "owner"),
        pool=Pool(settings),
        audit=Audit(audit, "test", "owner"),
        metrics=known.metrics,
        checks=reconcile.read(known.metrics),
        templates=known.templates,
        faults=known.faults,
    )
    async with Client(server.build(analyst, "0")) as client:
        yield client, analyst


async def asked(client: Client, tool: str, **arguments: Any) -> str:
    result = await client.call_tool(tool, arguments)
    (part,) = result.content
    assert isinstance(part, TextContent)
    return part.text


def costs(listed: Any) -> int:
    """Tokens of a tool as a host shows it to a model: name, description, schema."""
    shown = {"name": listed.name, "description": listed.description, "input_schema": listed.input_schema}
    return tokens(json.dumps(shown, ensure_ascii=False, separators=(",", ":")))


async def fixed(client: Client) -> int:
    """What every conversation pays before it asks anything."""
    return sum(costs(tool) for tool in (await client.list_tools()).tools) + tokens(client.instructions or "")


async def test_tools_and_instructions_fit_their_budget(demo: Path, tmp_path: Path) -> None:
    async with connected(demo, tmp_path) as (client, _):
        assert len((await client.list_tools()).tools) <= 6
        assert await fixed(client) <= FIXED


async def test_the_catalog_names_everything_within_its_budget(demo: Path, tmp_path: Path) -> None:
    async with connected(demo, tmp_path) as (client, analyst):
        text = await asked(client, "describe")
        assert tokens(text) <= CATALOG
        listed = json.loads(text)["describe topic: metrics | relations"]
        assert len(listed.get(subjects.OTHER, "").split()) <= OTHERS
        told = {word for names in listed.values() for word in names.replace("|", " ").split()}
        known = analyst.mirror.current().catalog.relations.values()
        relations = {r.name for r in known if r.kind != "scalar" and r.listed}
        assert {*analyst.metrics, *relations} <= told
        assert not {r.name for r in known if not r.listed} & told
        for topic in listed:
            card = await asked(client, "describe", name=topic)
            assert tokens(card) <= TOPIC, topic
            lines = json.loads(card)
            named = {
                line.split("(")[0].split(":")[0] for line in (*lines.get("metrics", ()), *lines.get("relations", ()))
            }
            assert set(listed[topic].replace("|", " ").split()) <= named


async def test_every_card_fits_its_budget_and_names_every_column(demo: Path, tmp_path: Path) -> None:
    async with connected(demo, tmp_path) as (client, analyst):
        over, missing = {}, {}
        known = analyst.mirror.current().catalog.relations
        for name in {*known, *analyst.metrics}:
            text = await asked(client, "describe", name=name)
            if (cost := tokens(text)) > CARD:
                over[name] = cost
            columns = (known[name] if name in known else analyst.metrics[name]).columns
            told = {part.split(":")[0].split(" ")[0] for part in json.loads(text).get("columns", "").split("; ")}
            if absent := {column.name for column in columns[: NAMED if len(columns) > NAMED + 2 else None]} - told:
                missing[name] = absent
        assert over == {}
        assert missing == {}


async def test_what_a_compact_card_leaves_out_the_whole_one_has(demo: Path, tmp_path: Path) -> None:
    async with connected(demo, tmp_path) as (client, analyst):
        short = json.loads(await asked(client, "describe", name="doc"))
        assert "sale, sale_return, purchase" in short["columns"]
        assert "not a debt" in short["is"]
        assert short["more"] == '8 columns more: "full":true'
        whole = json.loads(await asked(client, "describe", name="doc", full=True))
        assert [column[0] for column in whole["columns"]] == [
            column.name for column in analyst.mirror.current().catalog.relations["doc"].columns
        ]
        assert all(len(column) == 3 and column[2] for column in whole["columns"])
        assert len(whole["sample"]["rows"]) == 3


@pytest.mark.promise("errors.short")
async def test_errors_are_short(demo: Path, tmp_path: Path) -> None:
    async with connected(demo, tmp_path) as (client, _):
        told = {sql: await asked(client, "query", sql=sql) for sql in MISTAKES}
        told["several"] = await asked(
            client, "metric", name="client_receivables", arguments={"counterparty": "ИП Образцов Асан"}
        )
        assert "fits several" in told["several"]
        assert all('"what"' in text for text in told.values())
        assert {sql: tokens(text) for sql, text in told.items() if tokens(text) > ERROR} == {}


async def test_the_seed_questions_cost_one_call_and_fit_their_budget(
    demo: Path, truth: dict[str, Any], tmp_path: Path
) -> None:
    async with connected(demo, tmp_path) as (client, _):
        before = await fixed(client)
        for question in truth["questions"]:
            call = {key: value for key, value in question["arguments"].items() if key != "rows"}
            answer = await asked(client, question["tool"], **call)
            assert tokens(answer) <= RESULT, question["id"]
            everything = tokens(json.dumps(call, ensure_ascii=False)) + tokens(answer) + before
            assert everything <= EXCHANGE, question["id"]


async def test_rows_that_nobody_asked_for_are_few_and_rows_that_are_asked_for_come(demo: Path, tmp_path: Path) -> None:
    async with connected(demo, tmp_path) as (client, _):
        everything = "SELECT * FROM doc"
        text = await asked(client, "query", sql=everything)
        assert tokens(text) <= UNASKED
        answer = json.loads(text)
        assert answer["shown"].endswith(" of 4996")
        assert answer["cut"][0].startswith("rows stop at 9000 bytes")
        assert len(json.loads(await asked(client, "query", sql="SELECT doc_id FROM doc", rows=1500))["rows"]) == 1500
        debtors = json.loads(await asked(client, "metric", name="top_debtors"))
        assert 3 <= len(debtors["rows"]) < 10
        assert len(json.loads(await asked(client, "metric", name="top_debtors", rows=10))["rows"]) == 10
