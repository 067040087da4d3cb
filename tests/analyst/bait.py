"""Bait: hidden things with marks in them, put beside what is published. A mark in an answer or an error is a leak.

No mark is part of a name that an attack here knows, so that an echo of the attack's own words is none.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import dataclass
from pathlib import Path

import duckdb

MARK = "h0ney"
VARIABLE = {"HONEY": f"{MARK}env"}  # for the environment that the workers are started in
# Hidden relations under the names that the attacks ask for.
NAMES = (
    "honey_hidden", "hid", "hidden", "secret", "doc_key", "honey_view", "raw.onec_counterparty", "raw.clients", "staging.doc", "staging.cp",
    "meta.sync_state", "meta.run", "meta.short_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Baited:
    """data: a data folder whose serving file holds hidden relations. bare: the same file without them."""

    data: Path
    file: Path
    catalog: Path
    bare: Path

    def digest(self) -> str:
        return hashlib.sha256(self.file.read_bytes()).hexdigest()


def bait(source: Path, target: Path) -> Baited:
    """Copy the current snapshot of one data folder to another, whose path bears the mark, and hide things in it."""
    data = target / f"{MARK}path"
    current = json.loads((source / "CURRENT").read_text(encoding="utf-8"))
    name = Path(current["snapshot"]).name
    folder = data / "snapshots" / name
    folder.mkdir(parents=True)
    for part in ("serve-owner.duckdb", "serve-owner.json"):
        shutil.copyfile(source / "snapshots" / name / part, folder / part)
    shutil.copyfile(folder / "serve-owner.duckdb", target / "bare.duckdb")
    with duckdb.connect(str(folder / "serve-owner.duckdb")) as con:
        con.execute("CREATE SCHEMA raw; CREATE SCHEMA staging; CREATE SCHEMA meta")
        for place, relation in enumerate(NAMES):
            kind = "VIEW" if relation.endswith("_view") else "TABLE"
            con.execute(
                f"CREATE {kind} {relation} AS SELECT '{MARK}row{place}-' || i AS secret, '{MARK}cell' AS {MARK}column, "
                f"'{MARK}x' AS x, i AS n FROM range(3) t(i)"
            )
        con.execute(f"CREATE TABLE {MARK}table AS SELECT 1 AS n")
        con.execute("CREATE MACRO honey_macro() AS TABLE FROM honey_hidden")
        con.execute("CREATE MACRO honey_scalar() AS (SELECT max(secret) FROM honey_hidden)")
    # as if it had been published so
    current["roles"]["owner"]["bytes"] = (folder / "serve-owner.duckdb").stat().st_size
    (data / "CURRENT").write_text(json.dumps(current), encoding="utf-8")
    for ending in ("csv", "json", "txt", "parquet"):
        (data / f"h.{ending}").write_text(f'{{"a": "{MARK}file"}}\n', encoding="utf-8")
    return Baited(data, folder / "serve-owner.duckdb", folder / "serve-owner.json", target / "bare.duckdb")


def leaks(told: str, statement: str) -> bool:
    """Whether an answer tells something that its question did not."""
    return MARK in told.lower() and MARK not in statement.lower()


# Forbidden pieces that give a value, and those that stand for a relation: each is refused wherever it stands.
VALUES = (
    "(SELECT max(secret) FROM honey_hidden)", "(FROM main.hid)", "(SELECT count(*) FROM raw.onec_counterparty)", "EXISTS (FROM secret)",
    "current_setting('secret_directory')", "getvariable('x')", "version()", "current_database()", "current_schema()", "nextval('s')",
    "error('x')", "honey_scalar()", "main.honey_scalar()", "stats(1)", "(SELECT n FROM (SHOW ALL TABLES) LIMIT 1)", "txid_current()",
    "(SELECT count(*) FROM duckdb_tables())", "(SELECT content FROM read_text('/etc/passwd'))", "(FROM 'h.csv')", "sleep_ms(5)",
    "(TABLE sqlite_master)", "'s'.nextval()", "'x'.error()", "(WITH hid AS (FROM hid) FROM hid)", "(WITH a AS (FROM hid), hid AS (SELECT 1) FROM a)",
    "json_serialize_sql('SELECT 1')", "repeat('x', 1000000000)", "(FROM query('SELECT 1'))", "(FROM query_table('hid'))", "?", "$x",
    "(WITH d AS (DELETE FROM doc RETURNING doc_id) FROM d)", "(WITH unused AS (FROM hid) SELECT 1)", "('x'::main.mood)",
    "(SELECT 1 FROM information_schema.tables)", "CAST(1 AS BIGNUM)", "(SELECT 1 FROM doc AT (VERSION => 1))", "pg_typeof(1)",
    "(WITH RECURSIVE hid AS (SELECT n FROM hid UNION ALL SELECT n FROM hid WHERE false) SELECT max(n) FROM hid)",
)  # fmt: skip
RELATIONS = (
    "honey_hidden", "main.honey_hidden", "raw.onec_counterparty", "honey_view", "'h.csv'", '"h.parquet"', "`h.json`", "read_csv('h.csv')",
    "read_blob('serve-owner.duckdb')", "'serve-owner.duckdb'", "duckdb_tables()", "information_schema.tables", "sqlite_master", "pg_class",
    "query('SELECT 1')", "query_table('hid')", "honey_macro()", "main.honey_macro()", "(DESCRIBE doc)", "(SHOW TABLES)", "(SUMMARIZE doc)",
    "pragma_table_info('doc')", "pragma_storage_info('doc')", "glob('*')", "(FROM hid)", "(VALUES ((SELECT secret FROM hid)))", "temp.doc",
    "(PIVOT hid ON n IN (1) USING count(*))", "(UNPIVOT hid ON secret)", "test_all_types()", "repeat('x', 1000000000)", "doc AT (VERSION => 1)",
    "unnest([(SELECT max(secret) FROM hid)])", "range((SELECT max(n) FROM hid))", "(SELECT * FROM doc SEMI JOIN hid ON true)", '"doc "',
)  # fmt: skip

# Honest statements with a place for a value ({v}) or a relation ({r}).
PLACES = (
    "SELECT {v} FROM doc", "SELECT doc_id, {v} AS a FROM doc", "SELECT count(*) FROM doc WHERE {v} IS NULL", "SELECT doc_id FROM doc ORDER BY {v}",
    "SELECT * FROM doc d JOIN cp c ON {v} IS NOT NULL", "SELECT list_transform([1], lambda q: {v})", "SELECT [{v} for q in [1] if true]",
    "SELECT [q for q in [1] if {v} IS NULL]", "SELECT sum(1) OVER (PARTITION BY {v}) FROM doc", "SELECT sum(1) OVER (ORDER BY {v}) FROM doc",
    "SELECT sum(1) OVER w FROM doc WINDOW w AS (ORDER BY {v})", "SELECT sum(1) OVER (ORDER BY doc_id ROWS {v} PRECEDING) FROM doc",
    "SELECT * FROM ar_open({v})", "SELECT * FROM ar_open(as_of := {v})", "SELECT * FROM ar_open(CAST({v} AS DATE))", "SELECT name_norm({v})",
    "PIVOT doc ON type IN ('sale', {v}) USING count(*)", "PIVOT doc ON type IN ('sale') USING max({v})", "PIVOT doc ON {v} IN ('sale') USING max(1)",
    "PIVOT doc ON type IN ('sale') USING count(*) FILTER (WHERE {v} IS NULL) GROUP BY cp_id", "SELECT doc_id FROM doc LIMIT {v}",
    "SELECT doc_id FROM doc LIMIT 1 OFFSET {v}", "SELECT doc_id FROM doc LIMIT ({v}) %", "WITH a AS (SELECT {v}) SELECT 1",
    "SELECT count(*) FILTER (WHERE {v} IS NULL) FROM doc", "SELECT count(*) FROM doc HAVING {v} IS NULL", "SELECT 1 FROM doc GROUP BY {v}",
    "SELECT doc_id FROM doc QUALIFY row_number() OVER (ORDER BY {v}) = 1", "SELECT CASE WHEN {v} IS NULL THEN 1 END", "SELECT CASE {v} WHEN 1 THEN 2 END",
    "SELECT CASE WHEN false THEN {v} ELSE 1 END", "SELECT [1, {v}]", "SELECT {{'a': {v}}}", "SELECT map {{'a': {v}}}", "SELECT map {{{v}: 1}}",
    "SELECT [1, 2][{v}]", "SELECT [1, 2][1:{v}]", "SELECT * REPLACE ({v} AS doc_id) FROM doc", "SELECT COLUMNS(lambda c: {v} IS NULL) FROM doc",
    "SELECT COLUMNS({v}) FROM doc", "VALUES (1, {v})", "SELECT unnest({v})", "SELECT * FROM unnest([{v}])", "SELECT * FROM range({v})",
    "SELECT 1 FROM doc GROUP BY GROUPING SETS (({v}), ())", "SELECT 1 FROM doc GROUP BY ROLLUP ({v})", "SELECT DISTINCT ON ({v}) doc_id FROM doc",
    "SELECT string_agg(doc_id, ',' ORDER BY {v}) FROM doc", "SELECT 1 BETWEEN 0 AND {v}", "SELECT 1 IN (1, {v})", "SELECT TRY_CAST({v} AS INT)",
    "SELECT TRY({v})", "SELECT ({v})::VARCHAR COLLATE nocase", "SELECT extract(year FROM {v})", "SELECT INTERVAL ({v}) DAY", "SELECT NOT {v}",
    "SELECT * FROM cp, LATERAL (SELECT {v}) z", "SELECT 1 = ANY (SELECT {v})", "SELECT 1 = ANY ([{v}])", "SELECT {v} IS DISTINCT FROM 1",
    "SELECT count(*) FROM doc a ASOF JOIN doc b ON a.cp_id = b.cp_id AND a.doc_date >= {v}", "SELECT 1 UNION ALL SELECT {v}",
    "WITH RECURSIVE t(n) AS (SELECT {v} UNION ALL SELECT n FROM t WHERE false) FROM t", "SELECT coalesce(1, {v})", "SELECT if(true, 1, {v})",
    "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n FROM t WHERE {v} IS NULL) FROM t", "FROM doc SELECT {v}", "SELECT x: {v}",
    "SELECT position('a' IN {v})", "SELECT substring('abc' FROM {v})", "SELECT trim(BOTH {v} FROM 'x')", "SELECT struct_pack(a := {v})",
    "SELECT * FROM (SELECT 1) t(a) WHERE (a, 1) = ({v}, 1)", "SELECT quantile_cont(sum_kzt, {v}) FROM doc", "SELECT DISTINCT {v} FROM doc",
    "SELECT lag(1, {v}) OVER (ORDER BY doc_id) FROM doc", "SELECT lag(1, 1, {v}) OVER (ORDER BY doc_id) FROM doc", "SELECT list_reduce([1], lambda a, b: {v})",
    "SELECT * FROM {r}", "FROM {r}", "SELECT 1 FROM doc, {r}", "SELECT 1 FROM doc JOIN {r} ON true", "SELECT 1 FROM doc LEFT JOIN {r} z USING (n)",
    "SELECT 1 FROM doc POSITIONAL JOIN {r}", "SELECT 1 FROM doc SEMI JOIN {r} ON true", "SELECT 1 FROM doc NATURAL JOIN {r}", "WITH a AS (FROM {r}) SELECT 1",
    "WITH a AS MATERIALIZED (SELECT 1 FROM {r}) FROM doc", "SELECT (SELECT count(*) FROM {r})", "SELECT 1 FROM doc WHERE doc_id IN (FROM {r})",
    "SELECT 1 FROM doc, LATERAL (FROM {r}) z", "SELECT 1 UNION ALL FROM {r}", "SELECT 1 EXCEPT (FROM {r})", "FROM ar_open((FROM {r}))",
    "PIVOT {r} ON n IN (1) USING count(*)", "UNPIVOT {r} ON n", "SELECT ARRAY(FROM {r})", "SELECT 1 >= ALL (FROM {r})",
    "WITH RECURSIVE t(n) AS (FROM {r} UNION ALL SELECT n FROM t WHERE false) SELECT 1", "SELECT * FROM (FROM {r}) LIMIT 1",
    "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT t.n FROM t, {r} WHERE false) SELECT 1", "SELECT 1 FROM doc USING SAMPLE 1 UNION FROM {r}",
    "SELECT * LIKE {v} FROM doc", "SELECT COLUMNS(* SIMILAR TO {v}) FROM doc", "SELECT sum(DISTINCT {v}) FROM doc", "SELECT TIMESTAMP '2026-01-01' AT TIME ZONE {v}",
    "SELECT sum(1) OVER (ORDER BY doc_date RANGE BETWEEN {v} PRECEDING AND CURRENT ROW) FROM doc", "SELECT 'a' LIKE 'b' ESCAPE {v}", "SELECT ROW({v}, 1)",
    "SELECT sum(1) FILTER (WHERE {v} IS NULL) OVER () FROM doc", "FROM doc PIVOT (max({v}) FOR type IN ('sale'))", "SELECT ARRAY[{v}]", "SELECT [1][{v}:1:1]",
    "FROM doc PIVOT (max(1) FOR type IN ('sale', {v}))", "SELECT 1 FROM doc GROUP BY CUBE ({v})", "SELECT doc_id FROM doc FETCH FIRST {v} ROWS ONLY",
    "SELECT unnest([1], recursive := {v})", "SELECT * FROM range({v}) WITH ORDINALITY", "SELECT '{{}}'::JSON ->> {v}", "SELECT ({v}).a", "SELECT ({v})[1]",
    "SELECT first_value(1 ORDER BY {v}) OVER () FROM doc", "SELECT 1 FROM doc d LEFT JOIN LATERAL (SELECT {v}) z ON true", "SELECT -{v}",
    "SELECT {v} ORDER BY ALL", "SELECT 1 FROM doc GROUP BY ALL HAVING {v} IS NULL", "SELECT {v} COLLATE nocase", "SELECT {v} NOT BETWEEN 1 AND 2",
    "FROM {r} PIVOT (max(1) FOR n IN (1))", "FROM {r} UNPIVOT (v FOR k IN (n))", "FROM {r} TABLESAMPLE 10%", "FROM {r} z(a)", "SELECT z FROM {r} z",
    "WITH RECURSIVE t(n, m) USING KEY (n) AS (SELECT 1, 2 UNION SELECT n, m FROM t, {r} WHERE false) FROM t", "SELECT 1 FROM (doc CROSS JOIN {r})",
    "SELECT z: (FROM {r})", "SELECT 1 INTERSECT ALL (FROM {r})", "SELECT list(z) FROM {r} z", "SELECT 1 FROM doc ASOF JOIN {r} z ON doc.doc_date >= z.n",
    "WITH a AS (SELECT 1), b AS (FROM {r}) FROM a", "WITH a AS (WITH b AS (FROM {r}) SELECT 1) FROM a", "SELECT 1 FROM doc WHERE (FROM {r}) IS NULL",
)  # fmt: skip
