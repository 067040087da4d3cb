"""The real client against the real server: in memory and over stdio, in both protocol eras."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp import Client, MCPError, StdioServerParameters
from mcp.types import PromptReference, ResourceTemplateReference, TextContent

from analyst import server
from analyst.tools import Analyst

pytestmark = pytest.mark.anyio

ERAS = {"legacy": "2025-11-25", "auto": "2026-07-28"}


def stdio(data: Path, audit: Path) -> StdioServerParameters:
    environ = {
        **os.environ,
        "ANALYST_DATA": str(data),
        "ANALYST_AUDIT": str(audit),
        "LC_ALL": "C",
        "PYTHONIOENCODING": "ascii",
    }
    return StdioServerParameters(command=sys.executable, args=["-m", "analyst.cli", "serve"], env=environ)


@asynccontextmanager
async def connected(way: str, era: str, analyst: Analyst, published: Path, tmp_path: Path) -> AsyncIterator[Client]:
    target: Any = server.build(analyst, "0") if way == "memory" else stdio(published, tmp_path / "audit-stdio")
    async with Client(target, mode=era) as client:
        yield client


async def ask(client: Client, tool: str, arguments: dict[str, Any]) -> tuple[Any, bool]:
    result = await client.call_tool(tool, arguments)
    assert len(result.content) == 1
    assert result.structured_content is None
    assert isinstance(result.content[0], TextContent)
    return json.loads(result.content[0].text), bool(result.is_error)


@pytest.mark.parametrize("era", ERAS)
@pytest.mark.parametrize("way", ["memory", "stdio"])
async def test_both_eras_answer_over_both_ways(
    way: str, era: str, analyst: Analyst, published: Path, tmp_path: Path
) -> None:
    async with connected(way, era, analyst, published, tmp_path) as client:
        assert client.protocol_version == ERAS[era]
        assert client.instructions is not None
        assert client.instructions.startswith("Read-only")
        answer, failed = await ask(client, "query", {"sql": "SELECT count(*) AS n, 'Қазақстан' AS слово FROM doc"})
        assert (answer["columns"], answer["rows"], failed) == (["n", "слово"], [[500, "Қазақстан"]], False)
        refused, failed = await ask(client, "query", {"sql": "DROP TABLE doc"})
        assert failed
        assert refused["what"] == "The statement was refused"
        assert (await ask(client, "describe", {"name": "cp"}))[0]["relation"] == "cp"
        assert (await ask(client, "find", {"text": "ромашка трейд"}))[0]["pick"] == "cp_2"
        with pytest.raises(MCPError) as unknown:
            await client.call_tool("drop", {})
        assert unknown.value.error.code == -32602
        catalog = (await client.read_resource("analyst://catalog")).contents[0]
        assert "ar_total" in str(catalog)
        prompt = await client.get_prompt("client_card", {"counterparty": "Бета"})
        assert "Бета" in str(prompt.messages[0].content)


async def test_a_certified_metric_answers_over_the_protocol(analyst: Analyst) -> None:
    async with Client(server.build(analyst, "0")) as client:
        answer, failed = await ask(
            client,
            "metric",
            {"name": "paid_to_supplier", "arguments": {"counterparty": "Алмаз Строй", "period": "2025-Q4"}},
        )
        assert not failed
        assert answer["def"] == "paid_to_supplier v1"
        assert answer["arguments"]["counterparty"] == "cp_1"
        assert answer["meant"] == {"counterparty": "ТОО «Алмаз Строй»"}
        assert answer["untrusted"] == ["meant"]


@pytest.mark.parametrize(
    ("tool", "arguments", "why"),
    [
        ("query", {"sql": "SELECT 1", "limit": 5}, "no argument limit"),
        ("query", {}, "sql: Field required"),
        ("query", {"sql": "SELECT 1", "rows": "many"}, "rows: Input should be a valid integer"),
        ("metric", {"name": "nope"}, "there is no metric 'nope'"),
        ("describe", {"name": "secret"}, "there is no relation, metric or prompt"),
        ("find", {"text": " "}, "text is empty"),
        ("find", {"text": "x", "kind": "bank"}, "there is no kind"),
    ],
)
@pytest.mark.promise("errors.short")
async def test_a_wrong_call_says_what_is_wrong(
    analyst: Analyst, tool: str, arguments: dict[str, Any], why: str
) -> None:
    async with Client(server.build(analyst, "0")) as client:
        told, failed = await ask(client, tool, arguments)
        assert failed
        assert why in told["why"]


async def test_the_fixed_part_is_small(analyst: Analyst) -> None:
    async with Client(server.build(analyst, "0")) as client:
        tools = (await client.list_tools()).tools
        listed = json.dumps(
            [t.model_dump(mode="json", by_alias=True, exclude_none=True) for t in tools],
            ensure_ascii=False,
            separators=(",", ":"),
        )
        assert [t.name for t in tools] == ["find", "describe", "metric", "query", "explain"]
        assert len(listed.encode()) <= 3000
        assert len((client.instructions or "").encode()) <= 1024
        for tool in tools:
            hints = tool.annotations
            assert hints is not None
            assert (hints.read_only_hint, hints.destructive_hint, hints.idempotent_hint, hints.open_world_hint) == (
                True,
                False,
                True,
                False,
            )
            assert tool.input_schema["additionalProperties"] is False
            assert tool.output_schema is None


async def test_everything_a_tool_tells_is_a_resource_too(analyst: Analyst) -> None:
    async with Client(server.build(analyst, "0")) as client:
        assert {str(r.uri) for r in (await client.list_resources()).resources} == {
            "analyst://catalog",
            "analyst://freshness",
        }
        templates = {t.uri_template for t in (await client.list_resource_templates()).resource_templates}
        assert templates == {"analyst://relation/{name}", "analyst://metric/{name}", "analyst://sample/{name}"}
        for uri, part in (
            ("analyst://freshness", "2026-01-28"),
            ("analyst://relation/ar_open", "days_overdue"),
            ("analyst://metric/ar_total", "ar_total v2"),
            ("analyst://sample/cp", "cp_1"),
        ):
            assert part in str((await client.read_resource(uri)).contents[0])
        with pytest.raises(MCPError) as unknown:
            await client.read_resource("analyst://relation/secret")
        assert unknown.value.error.code == -32602
        with pytest.raises(MCPError) as unknown:
            await client.read_resource("analyst://relation/" + "x" * 100_000)
        assert (unknown.value.error.code, len(str(unknown.value)) < 200) == (-32602, True)


@pytest.mark.parametrize(
    ("prompt", "argument", "typed", "offered"),
    [
        ("client_card", "counterparty", "бет", "ТОО «Бета Лизинг» (444444444445)"),
        ("client_card", "counterparty", "2222", "АО «Ромашка Трейд» (222222222227)"),
        ("paid_to_contractor", "counterparty", "алм", "ТОО «Алмаз Строй» (111111111118)"),
        ("invoice_check", "number", "023", "ПС-00000023"),
        ("invoice_check", "year", "", "2026"),
        ("paid_to_contractor", "period", "2025-Q", "2025-Q4"),
        ("debtor_overview", "as_of", "", "2026-01-31"),
        ("debtor_overview", "org", "", "ТОО «Пример Сталь» (123456789013)"),
        ("debtor_overview", "org", "1234", "ТОО «Пример Сталь» (123456789013)"),
    ],
)
async def test_arguments_of_prompts_are_completed_from_the_mirror(
    analyst: Analyst, prompt: str, argument: str, typed: str, offered: str
) -> None:
    async with Client(server.build(analyst, "0")) as client:
        found = await client.complete(PromptReference(name=prompt), {"name": argument, "value": typed})
        assert offered in found.completion.values
        assert len(found.completion.values) <= 20


@pytest.mark.parametrize(("name", "given"), [("nope", {}), ("client_card", {}), ("invoice_check", {"number": ""})])
async def test_a_wrong_prompt_is_told_as_wrong_parameters(analyst: Analyst, name: str, given: dict[str, str]) -> None:
    async with Client(server.build(analyst, "0")) as client:
        with pytest.raises(MCPError) as raised:
            await client.get_prompt(name, given)
        assert raised.value.error.code == -32602


async def test_names_in_resource_templates_are_completed(analyst: Analyst) -> None:
    async with Client(server.build(analyst, "0")) as client:
        found = await client.complete(
            ResourceTemplateReference(uri="analyst://relation/{name}"), {"name": "name", "value": "ar"}
        )
        assert found.completion.values == ["ar_open"]


@pytest.mark.parametrize("era", ERAS)
@pytest.mark.promise("worker.cancelled")
async def test_a_call_that_the_client_gives_up_ends_its_worker(make: Callable[..., Analyst], era: str) -> None:
    analyst = make(workers=1, seconds=60)
    async with Client(server.build(analyst, "0"), mode=era) as client:
        await ask(client, "query", {"sql": "SELECT 1"})
        worker = analyst.pool._idle[0][1]
        with anyio.move_on_after(0.5):
            await client.call_tool("query", {"sql": "SELECT count(*) FROM range(1000000) a, range(1000000) b, doc"})
        with anyio.fail_after(5):
            assert (await ask(client, "query", {"sql": "SELECT 1 AS one"}))[0]["rows"] == [[1]]
        assert not worker.alive


async def test_two_connections_share_the_workers_and_the_last_one_ends_them(analyst: Analyst) -> None:
    built = server.build(analyst, "0")
    async with Client(built) as one:
        async with Client(built) as other:
            assert (await ask(other, "query", {"sql": "SELECT 1 AS n"}))[0]["rows"] == [[1]]
        assert (await ask(one, "query", {"sql": "SELECT 2 AS n"}))[0]["rows"] == [[2]]
    assert not analyst.pool._idle


async def test_without_a_snapshot_the_server_starts_and_says_what_to_run(tmp_path: Path) -> None:
    async with Client(stdio(tmp_path, tmp_path / "audit")) as client:
        told, failed = await ask(client, "query", {"sql": "SELECT 1"})
        assert failed
        assert told["what"] == "There is nothing to answer from yet"
        assert "analyst-sync run" in told["fix"]
        assert str(tmp_path) not in json.dumps(told)
        assert (await client.list_tools()).tools


@pytest.mark.promise("worker.apart")
def test_the_server_loads_neither_the_engine_nor_the_frames() -> None:
    program = (
        "import sys\n"
        "from analyst import cli, log, metrics, page, reconcile, report, server, tools, pool, process, audit, snapshot\n"
        "print(sorted({'duckdb', '_duckdb', 'polars', 'pyarrow', 'pydantic_settings', 'structlog', 'typer'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_worker_is_started_before_the_sdk_is_loaded() -> None:
    program = (
        "import sys\nimport analyst.cli\nprint('mcp' in sys.modules, 'pydantic' in sys.modules, 'anyio' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False False False"
