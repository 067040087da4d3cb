"""A company's own definitions: dropped as files, built by the sync, asked over MCP. The files are those of docs/operations.md."""

from __future__ import annotations

import asyncio
import io
import json
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from mcp import Client
from mcp.types import TextContent
from rich.console import Console

from analyst.demo import server
from analyst.errand import Errand, run
from analyst.extension import read
from analyst.report import lines
from analyst.settings import Settings
from sync.standins import statements
from sync.standins.company import generate
from sync.status import show

PAGE = Path(__file__).parent.parent / "docs" / "operations.md"
_FILE = re.compile(r"^`extensions/(?P<path>[\w/.]+)`\n\n```\w*\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
SPOILT = {
    "mart/bank_line.sql": "-- A shipped name.\n--\n-- units: none\n--\n-- a  x\nselect 1 as a",
    "mart/sum.sql": "-- A name of the engine.\n--\n-- kind: scalar(x)\nx",
    "mart/secrets.sql": "-- A file of the host.\n--\n-- units: none\n--\n-- content  x\nselect content from read_text('/etc/passwd')",
    "mart/clock.sql": "-- The wall clock.\n--\n-- units: none\n--\n-- a  x\nselect now() as a",
    "mart/within.sql": "-- What is not published.\n--\n-- units: none\n--\n-- a  x\nselect 1 as a from stg_bank__line",
    "mart/bare.sql": "-- A column without a line.\nselect 1 as a",
    "mart/two.sql": "-- Two statements.\n--\n-- units: none\n--\n-- a  x\nselect 1 as a; drop table bank_line",
    "mart/cut.sql": "-- No SQL.\n--\n-- units: none\n--\n-- a  x\nselect from where",
    "mart/Upper.sql": "-- A name that is none.\n--\n-- units: none\n--\n-- a  x\nselect 1 as a",
    "mart/ar_total.sql": "-- A certified number.\n--\n-- units: none\n--\n-- a  x\nselect 1 as a",
    "mart/doc_full.sql": "-- What is only inside.\n--\n-- units: none\n--\n-- a  x\nselect 1 as a",
    "mart/main.sql": "-- A schema.\n--\n-- units: none\n--\n-- a  x\nselect 1 as a",
    "mart/sqlite_master.sql": "-- A view of the engine.\n--\n-- units: none\n--\n-- a  x\nselect 1 as a",
    "mart/turned.sql": "-- Text turned around \u202e.\n--\n-- units: none\n--\n-- a  x\nselect 1 as a",
    "metrics/cp.sql": "-- A shipped relation.\n--\n-- value  x\nselect 1 as value",
    "metrics/debtor_overview.sql": "-- A shipped prompt.\n--\n-- value  x\nselect 1 as value",
    "metrics/beep.sql": "-- A bell \x07.\n--\n-- value  x\nselect 1 as value",
    "metrics/ar_total.sql": "-- A shipped name.\n--\n-- value  x\nselect 1 as value",
    "metrics/odd.sql": "-- An odd type.\n-- params: x moment\n--\n-- value  x\nselect 1 as value",
    "documents/ar_total.sql": "-- A shipped name.\n-- parts: value\n--\n-- part  x\nselect 1 as part",
    "documents/nothing.sql": "-- A metric that is not there.\n-- parts: value\n--\n-- part  x\n-- doc_id  x\n-- type  x\n-- number  x\n"
    "-- doc_date  x\n-- counterparty  x\n-- amount  x\nselect 1 as part",
    "prompts/client_card.md": "title.en: A shipped name\n\n## en\nx",
    "prompts/lost.md": "title.en: A metric that is not there\ntable: nothing(period='2025')\n\n## en\nx",
}
TOLD = {
    "mart/bank_line.sql": "a shipped name",
    "mart/sum.sql": "a function of the engine",
    "mart/secrets.sql": "names read_text",
    "mart/clock.sql": "names now",
    "mart/within.sql": "names stg_bank__line",
    "mart/bare.sql": "no header line for a",
    "mart/two.sql": "Only SELECT",
    "mart/cut.sql": "syntax error",
    "mart/Upper.sql": "small Latin letters",
    "mart/ar_total.sql": "a shipped name",
    "mart/doc_full.sql": "a shipped name",
    "mart/main.sql": "a name of the engine",
    "mart/sqlite_master.sql": "a name of the engine",
    "mart/turned.sql": "U+202E",
    "metrics/cp.sql": "a shipped name",
    "metrics/debtor_overview.sql": "a shipped name",
    "metrics/beep.sql": "U+0007",
    "metrics/ar_total.sql": "a shipped name",
    "metrics/odd.sql": "x moment",
    "documents/ar_total.sql": "a shipped name",
    "documents/nothing.sql": "no metric 'nothing'",
    "prompts/client_card.md": "a shipped name",
    "prompts/lost.md": "no metric 'nothing'",
}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A mirror of bank statements with the extensions of the page and with spoilt ones."""
    place = tmp_path_factory.mktemp("extended")
    (place / "inbox").mkdir()
    statements.write(generate("tiny", 42).now, place / "inbox")
    files = {found["path"]: found["text"] for found in _FILE.finditer(PAGE.read_text(encoding="utf-8"))}
    assert set(files) == {"mart/payer.sql", "metrics/top_payers.sql", "documents/top_payers.sql", "prompts/payers.md"}
    for path, text in (files | SPOILT).items():
        file = place / "extensions" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    done = command("sync", "run", "--now", "2026-01-31T02:00:00Z", "--data", str(place))
    assert done.returncode == 1, done.stderr[-2000:]
    assert "extension left out: mart/secrets.sql" in done.stderr
    return place


def command(*words: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run([sys.executable, "-m", *words], capture_output=True, check=False)
    return subprocess.CompletedProcess(
        done.args, done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
    )


def left_out(data: Path) -> dict[str, str]:
    built = json.loads((data / "CURRENT").read_text(encoding="utf-8"))["extensions"]
    held = [fault.partition(": ") for fault in read(data / "extensions").faults]
    return {one["file"]: one["why"] for one in built} | {file: why for file, _, why in held}


def test_a_relation_a_metric_and_a_prompt_dropped_as_files_answer_over_mcp(data: Path) -> None:
    async def call() -> tuple[dict[str, Any], ...]:
        async with Client(server(data)) as client:

            async def tool(called: str, **arguments: object) -> dict[str, Any]:
                result = await client.call_tool(called, arguments)
                assert isinstance(result.content[0], TextContent)
                assert not result.is_error, result.content[0].text
                return dict(json.loads(result.content[0].text))

            prompt = (await client.get_prompt("payers", {"lang": "ru", "period": "2025"})).messages[0].content
            assert isinstance(prompt, TextContent)
            assert 'metric {"name":"top_payers","arguments":{"period":"2025-01-01..2025-12-31"}}' in prompt.text
            assert "Отвечай по-русски" in prompt.text
            answer = await tool("metric", name="top_payers", arguments={"period": "2025"})
            behind = await tool("explain", receipt=answer["receipt"])
            assert (behind["def"], behind["replayed"], behind["adds_up"]) == (answer["def"], "same", True)
            assert [part["part"] for part in behind["parts"]] == ["amount_doc"]
            assert behind["rows"]
            return (
                answer,
                await tool(
                    "query",
                    sql="select cp_name as payer, currency, sum(amount) as amount from bank_line where direction = 'in' "
                    "and value_date between date '2025-01-01' and date '2025-12-31' group by all order by 3 desc, 1",
                ),
                await tool("describe", name="payer", full=True),
                await tool("describe", name="freshness"),
                await tool("find", text="Кто платил", kind="prompt"),
            )

    answer, direct, card, fresh, found = asyncio.run(call())
    assert answer["rows"][0][2] == direct["rows"][0][2]
    assert answer["rows"] == direct["rows"][: len(answer["rows"])]
    assert answer["def"] == "top_payers v1 (own definition)"
    assert ["payer", "VARCHAR", "name of the payer as the bank spells it [untrusted]"] in card["columns"]
    assert card["source"] == "bank_line"
    assert {line.partition(":")[0] for line in fresh["extensions_left_out"]} == set(SPOILT)
    assert found["pick"] == "payers"


@pytest.mark.promise("guard.own_files")
@pytest.mark.promise("sync.own_relations", "guard.own_metrics")
@pytest.mark.parametrize("file", SPOILT)
def test_a_file_that_cannot_be_used_is_named_and_the_rest_serves(data: Path, file: str) -> None:
    told = left_out(data)
    assert set(told) == set(SPOILT)
    assert TOLD[file] in told[file]
    assert told[file]


@pytest.mark.promise("guard.own_files")
def test_a_link_is_not_followed_and_nothing_of_what_it_leads_to_is_told(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("bait 7781\n", encoding="utf-8")
    for place in ("prompts/far.md", "metrics/far.sql", "documents/far.sql"):
        (tmp_path / place).parent.mkdir()
        (tmp_path / place).symlink_to(tmp_path / "secret.txt")
    faults = read(tmp_path).faults
    assert sorted(fault.partition(":")[0] for fault in faults) == [
        "documents/far.sql",
        "metrics/far.sql",
        "prompts/far.md",
    ]
    assert all("it is a link" in fault and "7781" not in fault for fault in faults)


def test_a_letter_of_an_own_prompt_and_the_status_name_what_was_left_out(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    errand = Errand("payers", words=["--period", "2025"], lang="ru", data=data)
    assert run(errand, Settings(audit=tmp_path)) == 0
    letter = capsys.readouterr().out
    assert "# Кто платил" in letter
    assert "(own definition)" in letter
    console = Console(width=200, record=True, file=io.StringIO())
    show(data, datetime(2026, 2, 1, tzinfo=UTC), console)
    assert "Extension left out: mart/clock.sql" in console.export_text()
    assert "extension left out: metrics/odd.sql" in "\n".join(lines(Settings(data=data, audit=tmp_path)))
