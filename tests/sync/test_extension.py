"""A company's own relations, built into a closed serving file: what they may read and call, for how long, and what their text counts as."""

from __future__ import annotations

import time
from pathlib import Path

import duckdb
import pytest

import sql
from sync.extension import Built, build
from sync.models import Relation, modelled
from sync.publish import _entry

HEADER = "-- Made up.\n--\n-- units: none\n"
DOC = "-- Documents.\n--\n-- units: none\n--\n-- id       id\n-- note     words [untrusted]\n-- open_kzt amount\n-- kind     code\nselect 1"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A serving file with the table doc and the macro open_on."""
    path = tmp_path / "serve-owner.duckdb"
    with duckdb.connect(str(path)) as con:
        con.execute(
            "create table doc as select 1 as id, 'words' as note, 5.00::decimal(18, 2) as open_kzt, 'sale' as kind"
        )
    return path


def built(file: Path, seconds: float = 60, **files: str) -> Built:
    folder = file.parent / "extensions" / "mart"
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.sql").write_text(HEADER + text, encoding="utf-8")
    with duckdb.connect() as con:
        shipped = Relation(modelled(con, sql.parse("doc", "core", DOC)), ())
    return build(file, [shipped], folder.parent, "200MB", seconds)


def why(made: Built) -> dict[str, str]:
    return {fault.file: fault.why for fault in made.left_out}


def test_own_relations_read_each_other_in_whatever_order_their_names_stand(file: Path) -> None:
    made = built(
        file,
        a_total="-- kind: macro(least decimal)\n--\n-- total  sum\nselect sum(open_kzt) as total from b_doc where open_kzt >= least",
        b_doc="--\n-- open_kzt  amount\nselect open_kzt from doc",
    )
    assert not made.left_out
    assert [r.model.definition.name for r in made.relations] == ["b_doc", "a_total"]
    assert made.rows == {"b_doc": 1}
    with duckdb.connect(str(file), read_only=True) as con:
        assert con.execute("select total::varchar from a_total(1)").fetchall() == [("5.00",)]
        assert con.execute("select comment from duckdb_tables() where table_name = 'b_doc'").fetchall() == [
            ("Made up.",)
        ]


@pytest.mark.promise("sync.own_relations")
def test_text_that_may_come_from_outside_stays_marked_whatever_it_is_called(file: Path) -> None:
    made = built(
        file, said="--\n-- id     id\n-- kind   code\n-- said   the note\nselect id, kind, upper(note) as said from doc"
    )
    entry = _entry(made.relations[0], made.rows or {}, {}, [])
    assert {c["name"]: c["untrusted"] for c in entry["columns"]} == {"id": False, "kind": False, "said": True}
    assert entry["source"] == "doc"


def test_two_that_read_each_other_are_named_both_and_a_third_is_built(file: Path) -> None:
    made = built(
        file,
        one="--\n-- a  x\nselect a from two",
        two="--\n-- a  x\nselect a from one",
        three="--\n-- id  id\nselect id from doc",
    )
    assert {name: "ring" in told for name, told in why(made).items() if name != "mart/three.sql"} == {
        "mart/one.sql": True,
        "mart/two.sql": True,
    }


@pytest.mark.promise("sync.own_relations")
@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("select a from read_csv('/etc/passwd') as t(a)", "read_csv"),
        ("select current_setting('memory_limit') as a", "current_setting"),
        ("select database_name as a from duckdb_databases()", "duckdb_databases"),
        ("select a from query('select 1 as a')", "query"),
        ("select name as a from sqlite_master", "sqlite_master"),
        ("select table_name as a from information_schema.tables", "tables"),
        ("select random() as a", "random"),
        ("select current_date as a", "current_date"),
        ("select id as a from doc where LocalTime is not null", "localtime"),
        ("copy doc to '/tmp/x'", "Only SELECT"),
    ],
)
def test_an_own_relation_names_only_what_is_published_and_what_depends_on_its_arguments(
    file: Path, body: str, told: str
) -> None:
    made = built(file, thief=f"--\n-- a  x\n{body}")
    assert told in why(made)["mart/thief.sql"]
    assert not made.relations


@pytest.mark.promise("sync.own_relations")
def test_an_own_relation_that_takes_too_long_is_left_out_and_the_file_stays_whole(file: Path) -> None:
    started = time.monotonic()
    made = built(
        file,
        seconds=0.2,
        slow="--\n-- a  x\nselect count(*) as a from range(1000000) as x(i), range(1000000) as y(j)",
        id_only="--\n-- id  id\nselect id from doc",
        untold="--\n-- id  id\nselect id, kind from doc",
    )
    assert time.monotonic() - started < 10
    assert list(why(made)) == ["mart/slow.sql", "mart/untold.sql"]
    assert [r.model.definition.name for r in made.relations] == ["id_only"]
    with duckdb.connect(str(file), read_only=True) as con:
        assert con.execute("select table_name from duckdb_tables() order by 1").fetchall() == [("doc",), ("id_only",)]
