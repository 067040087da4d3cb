"""Both corpora against the real engine: what must be refused is refused by the rule named, what is honest runs."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import duckdb
import pytest

from analyst import catalog, functions, lexer
from analyst.engine import SERIALIZE
from analyst.errors import AnalystError, QueryFailed, Refused
from analyst.guard import Guard
from analyst.tools import Analyst
from analyst.tree import fold

FOLDER = Path(__file__).parent / "sql"
STANDS_FOR = {"{NUL}": "\0", "{SURROGATE}": "\ud800", "{K}": "\u212a"}


def corpus(name: str) -> list[tuple[str, str]]:
    """Pairs of rule or class and statement; {65(} stands for 65 brackets."""
    found = []
    kind = ""
    for line in (FOLDER / f"{name}.sql").read_text(encoding="utf-8").splitlines():
        if head := re.match(r"-- \[([\w.-]+)\]", line):
            kind = head[1]
        elif line:
            for name_, character in STANDS_FOR.items():
                line = line.replace(name_, character)  # noqa: PLW2901
            found.append((kind, re.sub(r"\{(\d+)(.)\}", lambda m: m[2] * int(m[1]), line)))
    return found


REFUSED, ALLOWED = corpus("refused"), corpus("allowed")


@pytest.fixture(scope="module")
def engine() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


@pytest.fixture(scope="module")
def guard(published: Path) -> Guard:
    file = next(published.glob("snapshots/*/serve-owner.json"))
    allowed = functions.allowed(duckdb.__version__)
    assert allowed is not None
    return Guard(catalog.read(file), allowed, "2026-01-31")


def check(guard: Guard, engine: duckdb.DuckDBPyConnection, statement: str) -> None:
    def serialize(text: str) -> str:
        row = engine.execute(SERIALIZE, [text]).fetchone()
        return str(row[0]) if row else ""

    guard.check(statement, serialize)


def test_the_corpora_are_as_large_as_promised() -> None:
    assert len(REFUSED) >= 120
    assert len(ALLOWED) >= 80
    assert len({s for _, s in REFUSED}) == len(REFUSED)


@pytest.mark.parametrize(
    ("rule", "statement"), [pair for pair in REFUSED if "\ud800" not in pair[1]], ids=lambda text: ascii(text[:60])
)
@pytest.mark.promise(
    *("guard.length", "guard.characters", "guard.depth", "guard.only_select", "guard.one_statement"),
    *("guard.describe", "guard.node_kinds", "guard.pivot_values", "guard.cte_names", "guard.moment"),
    *("guard.cte_scope", "guard.relations", "guard.table_functions", "guard.macro_arguments", "guard.function_paths"),
    *("guard.functions", "guard.sizes", "guard.telling_names", "guard.types", "guard.parameters"),
    *("guard.macro_scope", "guard.macro_chance", "guard.structures"),
)
def test_an_attack_is_refused_by_its_rule(
    guard: Guard, engine: duckdb.DuckDBPyConnection, rule: str, statement: str
) -> None:
    with pytest.raises(Refused) as raised:
        check(guard, engine, statement)
    assert raised.value.rule == rule


@pytest.mark.anyio
@pytest.mark.promise("guard.honest_sql")
async def test_honest_statements_run(analyst: Analyst) -> None:
    failed = {}
    for _, statement in ALLOWED:
        try:
            json.loads(await analyst.query(statement))
        except AnalystError as error:
            failed[statement] = error.record()
    assert failed == {}


@pytest.mark.anyio
@pytest.mark.promise("guard.characters", "file.as_published", "errors.no_paths", "errors.short")
async def test_every_attack_is_refused_in_the_worker_too_and_leaves_the_file_as_it_was(
    analyst: Analyst, published: Path
) -> None:
    file = published / "snapshots" / "20260131T020000Z" / "serve-owner.duckdb"
    before = file.read_bytes()
    read_otherwise = []
    for rule, statement in REFUSED:
        try:
            answer = json.loads(await analyst.query(statement))
        except Refused as refused:
            broken, told = refused.rule, refused.payload()
        else:  # what ran is another text, and the guard has judged that one
            broken, told = rule, answer["ran_as"]
            read_otherwise.append(statement)
        assert broken == rule
        assert told
        assert len(told) < 480, told
        assert "serve-owner.duckdb" not in told or "serve-owner.duckdb" in statement
        assert str(published) not in told
    assert all("FROM ar_open" in statement for statement in read_otherwise), read_otherwise
    assert file.read_bytes() == before


@pytest.mark.promise("guard.length")
def test_a_text_that_is_too_long_is_refused_before_it_is_looked_at(
    guard: Guard, engine: duckdb.DuckDBPyConnection
) -> None:
    text = "SELECT " + "".join(f"$a{n}$ " for n in range(500_000))
    started = time.process_time()
    with pytest.raises(Refused, match="characters") as raised:
        check(guard, engine, text)
    assert raised.value.rule == "guard.length"
    assert time.process_time() - started < 0.2


@pytest.mark.promise("guard.engine")
def test_an_engine_that_was_never_examined_is_not_served() -> None:
    assert functions.allowed("2.0.1") is None


@pytest.mark.promise("guard.functions", "guard.engine")
def test_the_frozen_list_is_what_the_script_writes(engine: duckdb.DuckDBPyConnection) -> None:
    rows = engine.execute(
        "SELECT DISTINCT function_name FROM duckdb_functions() WHERE function_type IN ('scalar', 'aggregate', 'macro', 'window')"
    ).fetchall()
    assert functions.allowed(duckdb.__version__) == frozenset(functions.choose(row[0] for row in rows))


@pytest.mark.promise("guard.disguise")
def test_letters_that_only_look_like_ascii_are_not_folded() -> None:
    assert fold("DOC") == "doc"
    assert fold("DO\u212a") == "do\u212a"


@pytest.mark.parametrize(
    ("text", "depth"),
    [
        ("SELECT '((('", 0),
        ('SELECT "((("', 0),
        ("SELECT 'it''s (' || (1)", 1),
        ("SELECT E'\\'(' || (1)", 1),
        ("-- (((\nSELECT (1)", 1),
        ("/* ((( */ SELECT [(1)]", 2),
        ("SELECT $a$ ((( $a$, {'k': [1]}", 2),
        ("SELECT '(((", 3),
        ("SELECT )))((", 2),
    ],
)
@pytest.mark.promise("guard.depth")
def test_brackets_are_counted_outside_quotes_and_never_too_few(text: str, depth: int) -> None:
    assert lexer.measure(text).depth == depth


def test_a_closing_semicolon_is_cut_and_one_in_a_string_is_not() -> None:
    assert lexer.measure("SELECT ';' ; -- end").core == "SELECT ';' "
    assert lexer.measure("SELECT 1; SELECT 2").core == "SELECT 1; SELECT 2"
    assert lexer.measure(" ; /* ; */ ;SELECT 1;\n").core == "SELECT 1"
    assert lexer.measure("-- one\nSELECT 1").core == "-- one\nSELECT 1"


def test_text_that_is_not_sql_names_the_place(guard: Guard, engine: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(QueryFailed, match="near 'doc'"):
        check(guard, engine, "SELECT 1 FORM doc x")
    with pytest.raises(QueryFailed, match="empty"):
        check(guard, engine, " ; ")
