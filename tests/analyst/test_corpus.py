"""The shipped corpus against the demo company: every attack ends as it says, every honest statement runs, the snapshot stays as it was."""

from __future__ import annotations

import hashlib
import re
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import anyio
import duckdb
import pytest

from analyst import corpus
from analyst.corpus import Case, CorpusError
from analyst.errors import AnalystError, OutOfBudget, Refused
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


@pytest.mark.anyio
@pytest.mark.promise("guard.honest_sql")
async def test_every_legal_statement_is_answered(snapshot: Snapshot, demo: Path) -> None:
    pool = Pool(Settings(data=demo, workers=1, spares=0))
    failed = {}
    try:
        for case in cases("legal", snapshot):
            try:
                await pool.ask(snapshot, case.sql, SIZE)
            except AnalystError as error:
                failed[case.id] = error.record()
    finally:
        pool.close()
    assert failed == {}


async def attack(case: Case, snapshot: Snapshot, pool: Pool) -> str:
    """How it ended, empty when it ended as expected and told nothing."""
    started = time.monotonic()
    try:
        reply = await pool.ask(snapshot, case.sql, SIZE)
    except AnalystError as error:
        told, ended = error.payload(), "refused" if isinstance(error, Refused) else "failed"
        if isinstance(error, OutOfBudget) and "did not start" in error.why:
            return error.why
    else:
        told, ended = "", "answered"
        if len(reply.text.encode()) > SIZE["bytes"] + 1024:
            return f"answered with {len(reply.text)} characters"
    if (took := time.monotonic() - started) > SECONDS + 5:
        return f"took {took:.1f} s"
    if str(snapshot.file.parent) in told or len(told.encode()) > 600:
        return told
    accepted = {"refused": {"refused"}, "failed": {"refused", "failed"}, "bounded": {"refused", "failed", "answered"}}
    return "" if ended in accepted[case.expect] else ended


async def next_question(snapshot: Snapshot, pool: Pool) -> str:
    """Why a small honest question is not answered, empty when it is; on a busy machine a fresh worker may need a second try."""
    why = ""
    for _ in range(2):
        try:
            reply = await pool.ask(snapshot, "SELECT count(*) AS n FROM org", SIZE)
        except AnalystError as error:
            why = error.why
        else:
            return "" if reply.rows[0][0] > 0 else "an empty answer"
    return why


@pytest.mark.slow
@pytest.mark.anyio
@pytest.mark.promise("guard.disguise", "worker.time", "worker.replaced")
async def test_every_attack_ends_refused_or_bounded_and_the_next_question_is_answered(
    snapshot: Snapshot, pool: Pool
) -> None:
    before = digest(snapshot.file)
    wrong: dict[str, str] = {}
    rest = iter(cases("attack", snapshot))

    async def work() -> None:
        for case in rest:
            if ended := await attack(case, snapshot, pool):
                wrong[case.id] = ended
            if case.expect == "bounded" and (told := await next_question(snapshot, pool)):
                wrong[case.id] = f"the next question: {told}"

    async with anyio.create_task_group() as group:
        group.start_soon(work)
        group.start_soon(work)
    assert wrong == {}
    assert digest(snapshot.file) == before == snapshot.sha256


@pytest.mark.anyio
@pytest.mark.promise("errors.no_values")
async def test_no_value_of_a_cell_is_in_an_error(snapshot: Snapshot, pool: Pool) -> None:
    with duckdb.connect(str(snapshot.file), read_only=True) as con:
        values = {row[0] for row in con.execute("SELECT name FROM cp WHERE length(name) > 5").fetchall()}
        values |= {row[0] for row in con.execute("SELECT purpose FROM doc WHERE purpose IS NOT NULL").fetchall()}
    for case in cases("attack", snapshot):
        if case.topic == "error_values":
            try:
                await pool.ask(snapshot, case.sql, SIZE)
            except AnalystError as error:
                told = error.payload()
                assert not [value for value in values if value in told], (case.id, told)
