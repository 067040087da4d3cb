"""Rewritten attacks stay refused, rewritten honest statements keep their result, and the snapshot stays byte for byte what it was.

The serving file here holds hidden relations under the names that the attacks ask for, its folder holds bait files, and the process bait
variables: whatever the guard's verdict, no mark of theirs may be told. The second opinion on random statements is the engine's own plan.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import pytest
from anyio.from_thread import start_blocking_portal
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from analyst import catalog, corpus, functions, lexer
from analyst.errors import AnalystError, QueryFailed, Refused
from analyst.guard import Guard
from analyst.pool import Pool
from analyst.settings import Settings
from analyst.snapshot import Mirror
from tests.analyst.bait import PLACES, RELATIONS, VALUES, VARIABLE, bait, leaks
from tests.analyst.maker import HIDDEN, TABLES, Maker
from tests.analyst.mutate import REWRITINGS, Rewriting, graft, rewrite
from tests.analyst.pieces import body, tokens

UNSTABLE = re.compile(r"sample|random|uuid|\bnow\b|current_|get_current|today", re.IGNORECASE)
SIZE = {"rows": 2000, "bytes": 20_000_000, "cell_bytes": 100_000, "columns": 500}

CASES = corpus.read()
LEGAL = tuple(case.sql for case in CASES if case.kind == "legal" and not UNSTABLE.search(case.sql))
# What is an attack by its length or depth may be none in another spelling.
SHAPES = "exhaustion_parser"
REFUSED = tuple(c for c in CASES if c.expect == "refused" and c.topic != SHAPES and "\ud800" not in c.sql)
TOLD = tuple(case for case in CASES if case.expect in ("refused", "failed"))

Ask = Callable[[str], list[list[Any]]]
chosen = st.lists(st.sampled_from(REWRITINGS), min_size=1, max_size=5)
seeds = st.integers(0, 2**32)


def examples(count: int) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """So many examples, the same in every run."""
    return settings(
        max_examples=count,
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )


class Range:
    """Everything that shoots at one baited snapshot: the guard in this process, the pool, the engine alone."""

    def __init__(
        self, guard: Guard, engine: duckdb.DuckDBPyConnection, bare: duckdb.DuckDBPyConnection, ask: Ask
    ) -> None:
        self.guard, self.engine, self.bare, self.ask = guard, engine, bare, ask

    def serialize(self, statement: str) -> str:
        row = self.engine.execute("SELECT json_serialize_sql(?::VARCHAR)", [statement]).fetchone()
        return str(row[0]) if row else ""

    def passes(self, statement: str) -> bool:
        """Whether the guard lets a statement pass; what is not SQL does not pass either."""
        try:
            self.guard.check(statement, self.serialize)
        except (Refused, QueryFailed):
            return False
        return True

    def told(self, statement: str) -> str:
        """Everything that a caller would read."""
        try:
            return json.dumps(self.ask(statement), ensure_ascii=False)
        except AnalystError as error:
            return error.payload() + json.dumps(error.record(), ensure_ascii=False)

    def touched(self, statement: str) -> set[str]:
        """The relations in the engine's plan before it is made better."""
        plans = dict(self.engine.execute(f"EXPLAIN (FORMAT json) {statement}").fetchall())
        return {name.rpartition(".")[2] for name in re.findall(r'"Table": "((?:[^"\\]|\\.)+)"', plans["logical_plan"])}


def same(rows: list[Any]) -> list[str]:
    """Rows without their order; the case of what was made out of a name is that of the name."""
    return sorted(str(row).casefold() for row in rows)


@pytest.fixture(scope="module")
def shooting(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Range]:
    baited = bait(demo, tmp_path_factory.mktemp("bait"))
    before = baited.digest()
    allowed = functions.allowed(duckdb.__version__)
    assert allowed is not None
    snapshot = Mirror(baited.data, "owner").current()
    pool = Pool(Settings(data=baited.data, seconds=5.0))
    with (
        duckdb.connect(str(baited.file), read_only=True) as engine,
        duckdb.connect(str(baited.bare), read_only=True) as bare,
        start_blocking_portal() as portal,
        pytest.MonkeyPatch.context() as patch,
    ):
        for name, value in VARIABLE.items():
            patch.setenv(name, value)
        engine.execute("SET explain_output = 'all'; SET threads = 1")
        bare.execute("SET threads = 1; SET python_enable_replacements = false")
        guard = Guard(catalog.read(baited.catalog), allowed, snapshot.as_of.isoformat())
        yield Range(guard, engine, bare, lambda statement: portal.call(pool.ask, snapshot, statement, SIZE).rows)
        pool.close()
    assert baited.digest() == before


@examples(250)
@given(statement=st.sampled_from(LEGAL), how=chosen, seed=seeds)
def test_a_rewriting_keeps_the_result_on_the_engine_alone(
    shooting: Range, statement: str, how: list[Rewriting], seed: int
) -> None:
    wanted = shooting.bare.execute(statement).fetchall()
    assert same(shooting.bare.execute(rewrite(statement, how, seed)).fetchall()) == same(wanted)


@examples(250)
@given(statement=st.sampled_from(LEGAL), how=chosen, seed=seeds)
@pytest.mark.promise("guard.honest_sql", "guard.disguise")
def test_an_honest_statement_keeps_its_result_however_it_is_written(
    shooting: Range, statement: str, how: list[Rewriting], seed: int
) -> None:
    assert same(shooting.ask(rewrite(statement, how, seed))) == same(shooting.ask(statement))


@examples(1500)
@given(case=st.sampled_from(REFUSED), how=chosen, seed=seeds)
@pytest.mark.promise("guard.disguise")
def test_an_attack_stays_refused_however_it_is_written(
    shooting: Range, case: corpus.Case, how: list[Rewriting], seed: int
) -> None:
    assert not shooting.passes(rewrite(case.sql, how, seed))


@examples(250)
@given(case=st.sampled_from(TOLD), how=chosen, seed=seeds)
@pytest.mark.promise("guard.disguise", "errors.no_values")
def test_a_rewritten_attack_is_told_nothing_of_what_is_hidden(
    shooting: Range, case: corpus.Case, how: list[Rewriting], seed: int
) -> None:
    statement = rewrite(case.sql, how, seed)
    assert not leaks(shooting.told(statement), statement)


@pytest.mark.promise("guard.node_kinds", "guard.relations", "guard.functions", "guard.table_functions")
def test_what_is_forbidden_is_refused_in_every_place(shooting: Range) -> None:
    passed, refused = [], 0
    for place in PLACES:
        for piece in VALUES if "{v}" in place else RELATIONS:
            statement = place.format(v=piece, r=piece)
            try:
                shooting.guard.check(statement, shooting.serialize)
                passed.append(statement)
            except Refused:
                refused += 1
            except QueryFailed:  # a place that takes constants only: the engine's grammar refuses it
                continue
    assert passed == []
    assert refused > 5000


def test_the_places_themselves_are_honest(shooting: Range) -> None:
    pieces = {"{v}": ("1", "doc_id", "DATE '2026-01-31'", "'sale'", "(SELECT max(doc_date) FROM doc)"), "{r}": TABLES}
    refused = []
    for place in PLACES:
        slot = "{v}" if "{v}" in place else "{r}"
        if not any(shooting.passes(place.format(v=piece, r=piece)) for piece in pieces[slot]):
            refused.append(place)
    assert refused == []


@st.composite
def grafted(draw: st.DrawFn) -> str:
    """An honest statement in which one name or value gave way to something forbidden."""
    attack = body(draw(st.sampled_from(REFUSED)).sql)
    pieces = [*VALUES, *(piece for piece in RELATIONS if piece.startswith("("))]
    if attack is not None and len(attack) < 2000:
        pieces += [attack] * 20
    return graft(draw(st.sampled_from(LEGAL)), draw(st.sampled_from(pieces)), Random(draw(seeds)))


@examples(1500)
@given(statement=grafted(), how=st.lists(st.sampled_from(REWRITINGS), max_size=2), seed=seeds)
@pytest.mark.promise("guard.disguise", "guard.relations", "guard.functions")
def test_a_forbidden_piece_grafted_into_an_honest_statement_is_refused(
    shooting: Range, statement: str, how: list[Rewriting], seed: int
) -> None:
    assert not shooting.passes(rewrite(statement, how, seed))


@examples(400)
@given(seed=seeds, depth=st.integers(1, 3))
@pytest.mark.promise("guard.relations", "guard.cte_scope")
def test_what_passes_reads_only_what_is_published_by_the_engines_own_plan(
    shooting: Range, seed: int, depth: int
) -> None:
    statement = Maker(Random(seed), TABLES, HIDDEN).query(depth)
    if not shooting.passes(statement):
        return
    assert shooting.touched(statement) <= set(TABLES)
    assert not leaks(shooting.told(statement), statement)


@examples(400)
@given(seed=seeds, depth=st.integers(1, 3))
@pytest.mark.promise("guard.honest_sql")
def test_random_honest_statements_pass_whatever_they_call_their_ctes(shooting: Range, seed: int, depth: int) -> None:
    statement = Maker(Random(seed), TABLES).query(depth)
    if len(statement) < 10_000:
        assert shooting.passes(statement), statement


IDENTS = ("a", "`'`", '"\'"', '`"`', "a$b$", "a$$", "я$b$", "`--`", '"/*"', "`/*`", '"`"', "e$e", "`$$`")
ITEMS = ("1", "((1))", "[(1)]", "'('", "E'\\'('", "$b$ ( $b$", "$$'$$", "'--'", "'/*'", "N'('", "current_date")
REMARKS = (
    "", "", " -- '\n", " /* ' */", " /* /* */ ' */", " -- $b$\n", " -- `\r", " -- /*\n", ' -- "\n', " /* $$ */", " -- ' ; /*\n", " -- */\n",
    " -- ';\n", " /* ; */", " /* /* */ ; */", " -- ` ; /*\n", " -- $b$ ; /*\n", " -- $$ ; -- \n", " /* ' ; -- */", " /* /* ' */ ; -- */",
)  # fmt: skip


@st.composite
def puzzling(draw: st.DrawFn) -> str:
    """A statement whose quotes and comments can be read wrongly."""
    count = draw(st.integers(1, 4))
    items = [
        f"{draw(st.sampled_from(ITEMS))} AS {draw(st.sampled_from(IDENTS))}{draw(st.sampled_from(REMARKS))}"
        for _ in range(count)
    ]
    return (
        f"SELECT {', '.join(items)}{draw(st.sampled_from(REMARKS))}{draw(st.sampled_from(('', ';', ' ; -- x', ';;')))}"
    )


def shape(tree: str) -> str:
    """A parse without the places of its words."""
    return re.sub(r'"query_location":\d+', "", tree)


@examples(600)
@given(statement=puzzling())
@example(
    statement="SELECT 1 AS `'`, current_user -- ' ; /* \n .x FROM (SELECT 1 AS x) AS current_user -- */",
)
def test_what_runs_is_what_was_checked_and_no_bracket_is_missed(shooting: Range, statement: str) -> None:
    if json.loads(shooting.serialize(statement))["error"]:
        return
    depth = deepest = 0
    for part in tokens(statement):
        depth += (part.text in "([{") - (part.text in ")]}") if part.kind == "mark" else 0
        deepest = max(depth, deepest)
    assert lexer.measure(statement).depth >= deepest
    try:
        core = shooting.guard.check(statement, shooting.serialize).core
    except (Refused, QueryFailed):
        return
    assert shape(shooting.serialize(core)) == shape(shooting.serialize(statement))
