"""The worker's conversation, line by line, in this process and as the process it is."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest

from analyst import worker
from analyst.process import spawn

SIZE = {"rows": 5, "bytes": 2000, "cell_bytes": 100, "columns": 10}


def order(published: Path, **changes: Any) -> dict[str, Any]:
    folder = published / "snapshots" / "20260131T020000Z"
    return {
        "file": str(folder / "serve-owner.duckdb"),
        "catalog": str(folder / "serve-owner.json"),
        "as_of": "2026-01-31",
        "memory_mb": 256,
        "threads": 1,
        "seconds": 5.0,
    } | changes


def talk(*requests: dict[str, Any]) -> list[tuple[dict[str, Any], Any]]:
    """Every answer: its head, and its body as values."""
    sink = io.BytesIO()
    worker.serve(io.BytesIO(b"".join(json.dumps(r).encode() + b"\n" for r in requests)), sink, limits=False)
    sink.seek(0)
    answers = []
    while line := sink.readline():
        head = json.loads(line)
        text = sink.read(head.get("bytes", 0)).decode()
        answers.append((head, json.loads(f"{{{text}}}") if text else None))
    return answers


def ask(statement: str, **parameters: Any) -> dict[str, Any]:
    return {"sql": statement, "size": SIZE, "parameters": parameters}


class Listening:
    """A connection that keeps what it was told to run."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self._con = con
        self.statements: list[str] = []

    def execute(self, statement: Any, values: Any = None) -> Any:
        self.statements.append(str(statement if isinstance(statement, str) else statement.query))
        return self._con.execute(statement, values)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._con, name)


def test_it_opens_once_and_then_answers_one_after_another(published: Path) -> None:
    ready, first, second = talk(
        order(published),
        ask("SELECT doc_id FROM doc ORDER BY doc_date, doc_id;"),
        ask(
            "SELECT count(*) AS n FROM doc WHERE cp_id = $cp AND sum_kzt >= $least",
            cp=["text", "cp_1"],
            least=["money", "10.5"],
            unused=None,
        ),
    )
    assert ready[0] == {"ready": "2.0.0"}
    assert (first[0]["shown"], first[0]["total"], first[0]["relations"]) == (5, 500, ["doc"])
    assert second[1]["rows"][0][0] == 100


@pytest.mark.parametrize(
    ("statement", "total", "runs"),
    [
        ("SELECT x % 1000 AS k, count(*) AS n FROM range(2000000) t(x) GROUP BY k", 1000, 1),  # heavy, and few rows
        ("SELECT x FROM range(20000000) t(x)", 20_000_000, 2),  # light, and many
    ],
)
def test_what_is_heavy_runs_once(published: Path, statement: str, total: int, runs: int) -> None:
    desk = worker.open_desk(order(published), limits=False)
    with desk.engine.con as con:
        desk.engine.con = listening = Listening(con)  # type: ignore[assignment]
        head, _ = desk.answer({"sql": statement, "size": SIZE})
        assert (head["shown"], head["total"]) == (5, total)
        assert sum("json_serialize_sql" not in told for told in listening.statements) == runs


@pytest.mark.promise("errors.no_paths")
def test_a_file_that_cannot_be_opened_leaves_it_blank_and_ready_for_another(published: Path) -> None:
    missing, ready, answer = talk(order(published, file="/nowhere/x.duckdb"), order(published), ask("SELECT 1 AS one"))
    assert missing[0]["error"]["kind"] == "MirrorMissing"
    assert "nowhere" not in json.dumps(missing[0])
    assert ready[0] == {"ready": "2.0.0"}
    assert answer[1]["rows"] == [[1]]


@pytest.mark.parametrize(
    ("statement", "kind", "why"),
    [
        ("SELECT x FROM doc", "QueryFailed", "there is no column x"),
        ("SELECT cp_id, count(*) FROM doc", "QueryFailed", "must be in GROUP BY"),
        ("SELECT sum(purpose) FROM doc", "QueryFailed", "no function fits sum(VARCHAR)"),
        ("SELECT purpose::DATE FROM doc", "QueryFailed", "does not convert"),
        ("SELECT 2000000000::INTEGER * 2000000000::INTEGER", "QueryFailed", "left the range"),
        ("SELECT * FROM ar_open('the last day')", "QueryFailed", "cast it with ::DATE"),
        ("SELECT list(a.i || b.i) FROM range(30000) a(i), range(3000) b(i)", "OutOfBudget", "more memory"),
        ("SELECT 1 FORM doc x", "QueryFailed", "not valid SQL"),
        ("SELECT * FROM secret", "Refused", "there is no relation"),
        ("SELECT '\ud800'", "Refused", "not valid Unicode"),
    ],
)
@pytest.mark.promise("worker.memory")
def test_an_error_of_the_engine_is_told_in_its_kind(published: Path, statement: str, kind: str, why: str) -> None:
    error = talk(order(published), ask(statement))[1][0]["error"]
    assert (error["kind"], why in error["why"]) == (kind, True), error


@pytest.mark.promise("worker.time")
def test_a_statement_that_runs_too_long_stops_by_itself(published: Path) -> None:
    error = talk(order(published, seconds=0.3), ask("SELECT count(*) FROM range(1000000) a, range(1000000) b, doc"))[1][
        0
    ]["error"]
    assert error["kind"] == "OutOfBudget"


@pytest.mark.promise("worker.time")
def test_counting_that_takes_too_long_leaves_the_total_unknown(published: Path) -> None:
    statement = "SELECT a.i FROM range(10000000) a(i), range(10000000) b(i) WHERE a.i + b.i > random()"
    head = talk(order(published, seconds=0.5), ask(statement))[1][0]
    assert (head["shown"], head["total"]) == (5, None)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.promise("worker.limits", "worker.environment")
def test_the_process_is_bounded_and_has_none_of_our_environment(
    published: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SYNC_ONEC__PASSWORD", "пароль")
    process = spawn()
    try:
        assert process.exchange(json.dumps(order(published)).encode() + b"\n")[0] == {"ready": "2.0.0"}
        limits = Path(f"/proc/{process.pid}/limits").read_text(encoding="utf-8")
        bounded = {line[:26].strip(): line[26:].split()[0] for line in limits.splitlines()}
        assert bounded["Max address space"] != "unlimited"
        assert bounded["Max file size"] == bounded["Max core file size"] == "0"
        assert "SYNC_" not in Path(f"/proc/{process.pid}/environ").read_text(encoding="utf-8")
    finally:
        process.kill(wait=True)
