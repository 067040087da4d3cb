"""What holds of the folder of files whatever is in it: each claim of the statements of banks and of the exports of ЭСФ."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from sync.errors import SourceRefused
from sync.sources import bank, esf
from sync.sources.bank import inbox as bank_inbox
from sync.sources.esf import inbox as esf_inbox
from sync.standins import einvoices, statements
from sync.table import Done, Source
from tests.sync.inbox import pulled
from tests.sync.test_bank_inbox import company, line, statement
from tests.sync.test_esf_inbox import BASIC_ONE, export


@dataclass(frozen=True)
class Kind:
    """source: of a folder; put: writes the n-th good file of its kind; table: of what is in a file; largest: bytes of one that is read."""

    source: Callable[[Path], Source]
    put: Callable[[Path, int], None]
    end: str
    table: str
    largest: int

    def file(self, name: str) -> str:
        return f"{name}.{self.end}"


def put_statement(folder: Path, n: int) -> None:
    one = statement(f"{n}.txt", 1 + n, 10 + n, [line(str(n), 5 + n, 100)])
    statements.write(company(one), folder)


def put_export(folder: Path, n: int) -> None:
    one = export(f"{n}.xml", replace(BASIC_ONE, serial=0xAB + n, number=str(n)))
    (folder / one.file).write_bytes(einvoices.encoded(one))


KINDS = {
    "bank": Kind(bank.source, put_statement, "txt", "line", bank_inbox.LARGEST),
    "esf": Kind(esf.source, put_export, "xml", "invoice", esf_inbox.LARGEST),
}


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> Kind:
    return KINDS[request.param]


def test_a_copy_under_another_name_is_one_file(kind: Kind, tmp_path: Path) -> None:
    kind.put(tmp_path, 1)
    (tmp_path / kind.file("copy")).write_bytes((tmp_path / kind.file("1")).read_bytes())
    got = pulled(kind.source(tmp_path))
    assert got.rows["file"]["name"].to_list() == [kind.file("1")]
    assert got.rejects == []


def test_a_second_pull_reads_only_what_is_new_and_a_full_one_reads_all(kind: Kind, tmp_path: Path) -> None:
    kind.put(tmp_path, 1)
    first = pulled(kind.source(tmp_path))
    again = pulled(kind.source(tmp_path), first)
    assert (again.order, again.done) == ([], first.done)
    kind.put(tmp_path, 2)
    second = pulled(kind.source(tmp_path), again)
    assert second.order == first.order
    assert second.rows[kind.table].height == 2
    full = pulled(kind.source(tmp_path), second, full=True)
    assert set(full.order) == set(first.order)
    assert full.rows[kind.table].sort("src_ref").equals(second.rows[kind.table].sort("src_ref"))


def test_a_file_that_is_taken_away_takes_no_rows_with_it(kind: Kind, tmp_path: Path) -> None:
    kind.put(tmp_path, 1)
    first = pulled(kind.source(tmp_path))
    (tmp_path / kind.file("1")).unlink()
    after = pulled(kind.source(tmp_path), first)
    assert after.rows[kind.table].equals(first.rows[kind.table])
    assert after.done == first.done


def test_half_copied_and_hidden_files_and_folders_are_passed_by(kind: Kind, tmp_path: Path) -> None:
    for name in (".gitkeep", kind.file(".hidden"), "~lock", "a.part", "b.crdownload", "c.tmp", "d.reason.txt"):
        (tmp_path / name).write_bytes(b"1CClient <esf")
    (tmp_path / kind.file("archive")).mkdir()
    got = pulled(kind.source(tmp_path))
    assert (got.rejects, got.order, got.done) == ([], [], Done("", None))


def test_a_file_still_there_is_still_wrong_and_the_next_is_read(kind: Kind, tmp_path: Path) -> None:
    (tmp_path / kind.file("0")).write_bytes(b"\xff\xd8\xff\xe0 picture")
    kind.put(tmp_path, 1)
    got = pulled(kind.source(tmp_path))
    assert [reject.text for reject in got.rejects] == [kind.file("0")]
    assert got.rows["file"]["name"].to_list() == [kind.file("1")]
    assert pulled(kind.source(tmp_path), got).rejects == got.rejects


def test_a_file_that_is_too_large_is_turned_away_unread(kind: Kind, tmp_path: Path) -> None:
    with (tmp_path / kind.file("film")).open("wb") as file:
        file.truncate(kind.largest + 1)
    (reject,) = pulled(kind.source(tmp_path)).rejects
    assert "Export a shorter period" in reject.reason


def test_a_missing_folder_says_what_to_do(kind: Kind, tmp_path: Path) -> None:
    with pytest.raises(SourceRefused, match="cannot be read") as caught:
        pulled(kind.source(tmp_path / "none"))
    assert "settings" in caught.value.hint
