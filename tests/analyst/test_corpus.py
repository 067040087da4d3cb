"""The shipped corpus: what is in it, and how its attacks end below the tools, watched by other eyes than those of the selfcheck.

Honest statements, and attacks that may only be held back by time, memory and size, cost the selfcheck its time already: test_selfcheck.py
asks every one of them, and nothing of them is asked again here.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections import Counter
from collections.abc import Collection, Iterator
from pathlib import Path

import anyio
import duckdb
import pytest

from analyst import corpus
from analyst.corpus import Case, CorpusError
from analyst.errors import AnalystError, Refused
from analyst.pool import Pool
from analyst.settings import Settings
from analyst.snapshot import Mirror, Snapshot

SECONDS = 0.3
SIZE = {"rows": 50, "bytes": 16 * 1024, "cell_bytes": 512, "columns": 100}
CLASSES = """
    stacked write own_file file_read file_write attach_network settings dynamic_sql statistics catalog hidden_columns cte_scope error_values
    exhaustion_cpu exhaustion_memory exhaustion_parser exhaustion_output unicode_comments state
"""
TOPICS = """
    joins ctes windows qualify grouping filters asof from_first lambdas lists_structs lateral pivot_unpivot cyrillic dates macros sets subqueries
    text nulls_types sampling_values
"""


def digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


@pytest.fixture(scope="module")
def snapshot(demo: Path) -> Snapshot:
    return Mirror(demo, "owner").current()


@pytest.fixture
def pool(demo: Path) -> Iterator[Pool]:
    opened = Pool(Settings(data=demo, seconds=SECONDS, memory_mb=128, workers=2, spares=2))
    yield opened
    opened.close()


def cases(kind: str, snapshot: Snapshot) -> list[Case]:
    return [case for case in corpus.read(str(snapshot.file)) if case.kind == kind]


def test_there_are_as_many_of_each_class_as_promised() -> None:
    attacks = Counter(case.topic for case in corpus.read() if case.kind == "attack")
    legal = Counter(case.topic for case in corpus.read() if case.kind == "legal")
    assert set(attacks) == set(CLASSES.split())
    assert set(legal) == set(TOPICS.split())
    assert attacks.total() >= 300
    assert legal.total() >= 180
    assert min(attacks.values()) >= 10
    assert min(legal.values()) >= 5


def test_ids_and_statements_are_told_apart() -> None:
    known = corpus.read()
    assert len({case.id for case in known}) == len(known)
    assert len({(case.topic, case.sql) for case in known}) == len(known)
    assert not any('{{"' in case.sql or "{file}" in case.sql for case in known)


@pytest.mark.parametrize(
    ("block", "told"),
    [
        ("-- @ joins-01 no colon; expect: answered\nSELECT 1", "not a header"),
        ("-- @ other-01: a claim; expect: answered\nSELECT 1", "not a header"),
        ("-- @ joins-01: a claim; expect: refused\nSELECT 1", "known: ('answered',)"),
        ("-- @ joins-01: a claim; expect: answered; escaped\nSELECT 1", "not a header"),
        ("-- @ joins-01: a claim; expect: answered\n\n", "no statement"),
    ],
)
def test_a_block_that_cannot_be_read_is_named(block: str, told: str) -> None:
    with pytest.raises(CorpusError, match=re.escape(told)):
        corpus._case("legal", "joins", block)


def test_escapes_and_repeats_are_read_only_where_they_are_asked_for() -> None:
    plain = corpus._case("legal", "t", '-- @ t-01: c; expect: answered\nSELECT {{"(" * 3}} \\0')
    both = corpus._case(
        "legal", "t", '-- @ t-01: c; expect: answered; escapes; repeat\nSELECT {{"c#" * 3, ","}}{{")" * 2}} \\0\\u00a0'
    )
    assert plain.sql == 'SELECT {{"(" * 3}} \\0'
    assert both.sql == "SELECT c0,c1,c2)) \0\xa0"


def test_every_legal_statement_is_one_select_that_the_engine_runs(snapshot: Snapshot) -> None:
    failed = {}
    with duckdb.connect(str(snapshot.file), read_only=True) as con:
        for case in cases("legal", snapshot):
            try:
                (statement,) = con.extract_statements(case.sql)
                assert statement.type == duckdb.StatementType.SELECT
                con.execute(case.sql).fetchmany(10)
            except (duckdb.Error, ValueError, AssertionError) as error:
                failed[case.id] = str(error)
    assert failed == {}


async def attack(case: Case, snapshot: Snapshot, pool: Pool, values: Collection[str]) -> str:
    """How it ended, empty when it ended as expected and told nothing. values: of cells, which only an error over cells could tell."""
    started = time.monotonic()
    try:
        reply = await pool.ask(snapshot, case.sql, SIZE)
    except AnalystError as error:
        told, ended = error.payload(), "refused" if isinstance(error, Refused) else "failed"
        if case.topic == "error_values" and any(value in told for value in values):
            return told
    else:
        return f"answered with {len(reply.rows)} rows"
    if (took := time.monotonic() - started) > SECONDS + 5:
        return f"took {took:.1f} s"
    if str(snapshot.file.parent) in told or len(told.encode()) > 600:
        return told
    return "" if ended in {case.expect, "refused"} else ended


@pytest.mark.slow
@pytest.mark.anyio
@pytest.mark.promise("guard.disguise", "worker.replaced", "errors.no_values")
async def test_every_attack_ends_refused_or_failed_and_tells_no_value_and_the_next_question_is_answered(
    snapshot: Snapshot, pool: Pool
) -> None:
    before = digest(snapshot.file)
    with duckdb.connect(str(snapshot.file), read_only=True) as con:
        values = {row[0] for row in con.execute("SELECT name FROM cp WHERE length(name) > 5").fetchall()}
        values |= {row[0] for row in con.execute("SELECT purpose FROM doc WHERE purpose IS NOT NULL").fetchall()}
    wrong: dict[str, str] = {}
    rest = iter([case for case in cases("attack", snapshot) if case.expect != "bounded"])

    async def work() -> None:
        for case in rest:
            if ended := await attack(case, snapshot, pool, values):
                wrong[case.id] = ended

    async with anyio.create_task_group() as group:
        group.start_soon(work)
        group.start_soon(work)
    assert wrong == {}
    reply = await pool.ask(snapshot, "SELECT count(*) AS n FROM org", SIZE)
    assert reply.rows[0][0] > 0
    assert digest(snapshot.file) == before == snapshot.sha256
