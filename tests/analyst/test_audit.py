"""Everything asked is in the log, and a changed log does not verify."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from analyst.audit import Audit, ChainBroken, verify
from analyst.errors import AnalystError, AuditFailed, Refused
from analyst.tools import Analyst

pytestmark = pytest.mark.anyio


@pytest.mark.promise("audit.everything")
async def test_answers_and_refusals_are_both_recorded(make: Callable[..., Analyst], tmp_path: Path) -> None:
    analyst = make()
    await analyst.query("SELECT doc_id FROM doc", rows=10)
    with pytest.raises(AnalystError):
        await analyst.query("SELECT * FROM secret")
    await analyst.metric("ar_total", {})
    records = [
        json.loads(line) for line in next((tmp_path / "audit").glob("*.jsonl")).read_text(encoding="utf-8").splitlines()
    ]
    assert [(r["tool"], r["outcome"], r["rows"]) for r in records] == [
        ("query", "answered", 500), ("query", "refused:guard.relations", None), ("metric", "answered", 1),
    ]  # fmt: skip
    assert records[0]["arguments"]["sql"] == "SELECT doc_id FROM doc"
    assert {r["snapshot"] for r in records} == {"20260131T020000Z"}
    assert all(r["receipt"] or r["outcome"] != "answered" for r in records)
    assert verify(tmp_path / "audit") == 3


@pytest.mark.parametrize("harm", ["change", "remove", "swap", "cut"])
@pytest.mark.promise("audit.chain")
def test_a_changed_chain_is_found(tmp_path: Path, harm: str) -> None:
    audit = Audit(tmp_path, "test", "owner")
    for number in range(5):
        audit.write({"tool": "query", "arguments": {"sql": f"SELECT {number}"}})
    audit.close()
    path = next(tmp_path.glob("*.jsonl"))
    assert verify(tmp_path) == 5
    lines = path.read_text(encoding="utf-8").splitlines()
    if harm == "change":
        lines[2] = lines[2].replace("SELECT 2", "SELECT 9")
    elif harm == "remove":
        del lines[2]
    elif harm == "swap":
        lines[1], lines[2] = lines[2], lines[1]
    else:
        lines[2] = lines[2][:-5]
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(ChainBroken, match="line"):
        verify(tmp_path)


@pytest.mark.promise("audit.or_nothing", "errors.no_paths")
async def test_nothing_is_answered_that_cannot_be_recorded(make: Callable[..., Analyst], tmp_path: Path) -> None:
    (tmp_path / "audit").write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(AuditFailed) as raised:
        await make().query("SELECT 1")
    assert str(tmp_path) not in raised.value.payload()


@pytest.mark.promise("audit.bounded")
async def test_a_question_too_long_to_answer_is_kept_by_its_start_and_hash(
    make: Callable[..., Analyst], tmp_path: Path
) -> None:
    analyst = make()
    long, whole = "SELECT 1 -- " + "ж" * 300_000, "SELECT 1 -- " + "ж" * 19_000
    with pytest.raises(Refused):
        await analyst.query(long)
    await analyst.query(whole)
    (file,) = (tmp_path / "audit").glob("*.jsonl")
    first, second = (json.loads(line)["arguments"] for line in file.read_text(encoding="utf-8").splitlines())
    text = json.dumps({"sql": long, "rows": 0}, ensure_ascii=False)
    assert first["sha256"] == hashlib.sha256(text.encode()).hexdigest()
    assert first["characters"] == len(text)
    assert text.startswith(first["start"])
    assert second["sql"] == whole
    assert file.stat().st_size < 200_000
    assert verify(tmp_path / "audit") == 2


@pytest.mark.promise("audit.outlives")
def test_a_server_killed_after_its_answer_has_recorded_the_question(published: Path, tmp_path: Path) -> None:
    environ = {**os.environ, "ANALYST_DATA": str(published), "ANALYST_AUDIT": str(tmp_path / "log")}
    say = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "0"}}
    lines: list[dict[str, object]] = [
        {"id": 1, "method": "initialize", "params": say},
        {"method": "notifications/initialized"},
        {"id": 2, "method": "tools/call", "params": {"name": "query", "arguments": {"sql": "SELECT 42 AS answer"}}},
    ]
    command = [sys.executable, "-m", "analyst", "serve"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environ) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        try:
            for line in lines:
                server.stdin.write(json.dumps({"jsonrpc": "2.0", **line}).encode() + b"\n")
                server.stdin.flush()
            answer = next(line for line in server.stdout if b'"id":2' in line)
        finally:
            server.kill()
    assert b"[[42]]" in answer
    (file,) = (tmp_path / "log").glob("*.jsonl")
    record = json.loads(file.read_text(encoding="utf-8"))
    assert (record["outcome"], record["arguments"]["sql"]) == ("answered", "SELECT 42 AS answer")
    assert record["receipt"].encode() in answer
    assert verify(tmp_path / "log") == 1


@pytest.mark.promise("audit.everything", "audit.or_nothing")
async def test_names_offered_while_someone_types_are_recorded_or_not_offered(
    make: Callable[..., Analyst], tmp_path: Path
) -> None:
    statement = "SELECT name FROM cp WHERE contains(name, $text) ORDER BY name"
    assert len(await make().names(statement, {"text": "Бета"})) == 2
    (file,) = (tmp_path / "audit").glob("*.jsonl")
    record = json.loads(file.read_text(encoding="utf-8"))
    assert (record["tool"], record["arguments"], record["rows"]) == ("complete", {"text": "Бета"}, 2)
    file.unlink()
    (tmp_path / "audit").rmdir()
    (tmp_path / "audit").write_text("a file where the folder should be", encoding="utf-8")
    assert await make().names(statement, {"text": "Бета"}) == []
