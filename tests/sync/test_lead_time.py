"""The company's own table of lead times: read whole, one bad row at a time, and never half of it in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from sync.errors import SourceChanged
from sync.sources.lead_time import FILE
from sync.sources.own import source
from sync.table import Done, Item, Page, Reject, Since, Sweep
from tests.sync.made import NOW

HEAD = "from_warehouse,to,days\n"


def pulled(data: Path, text: str | bytes) -> list[Item | Done]:
    file = data / FILE
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return list(source(data).pull(Since(True, NOW, None, {})))


def rows(items: list[Item | Done]) -> list[tuple[str, str, int]]:
    (page,) = (item for item in items if isinstance(item, Page) and item.table == "lead_time")
    return page.frame.select("from_warehouse", "to_place", "days").rows()


def test_rows_come_with_commas_or_semicolons_and_a_mark_of_excel(tmp_path: Path) -> None:
    asked = [("Основной склад", "Алматы", 3), ("Площадка Өзен", "Алматы", 0)]
    assert rows(pulled(tmp_path, HEAD + "Основной  склад, Алматы ,3\n\nПлощадка Өзен,Алматы,0\n")) == asked
    semicolons = "\ufeffFrom_warehouse;To;Days\r\nОсновной склад;Алматы;3\r\nПлощадка Өзен;Алматы;0\r\n"
    assert rows(pulled(tmp_path, semicolons)) == asked


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Основной склад,Алматы,три", "days is 'три'"),
        ("Основной склад,Алматы,-1", "days is '-1'"),
        ("Основной склад,Алматы,366", "days is '366'"),
        ("Основной склад,Алматы,2.5", "days is '2.5'"),
        ("Основной склад,,3", "a store or a place is missing"),
        ("Основной склад,Алматы", "2 values stand where"),
        ("склад б,АСТАНА,9", "stands there already with 2 days"),
    ],
)
def test_a_bad_row_goes_to_quarantine_with_its_line_and_reason_and_the_others_count(
    tmp_path: Path, line: str, reason: str
) -> None:
    items = pulled(tmp_path, f"{HEAD}Склад Б,Астана,2\n{line}\nСклад В,Астана,4\n")
    assert rows(items) == [("Склад Б", "Астана", 2), ("Склад В", "Астана", 4)]
    (reject,) = (item for item in items if isinstance(item, Reject))
    assert reject.reason.startswith(f"{FILE.as_posix()} line 3: ")
    assert reason in reject.reason
    assert reject.text == line


def test_a_row_that_is_gone_from_the_file_is_swept(tmp_path: Path) -> None:
    sweep, _ = (i for i in pulled(tmp_path, HEAD + "Склад Б,Астана,2\n") if isinstance(i, Sweep))
    assert list(sweep.refs) == ["склад б|астана"]


@pytest.mark.parametrize("text", ["Склад Б,Астана,2\n", "", HEAD.encode("utf-16"), b"\xd1,\xff\n"])
def test_a_file_that_is_something_else_is_refused_whole(tmp_path: Path, text: str | bytes) -> None:
    with pytest.raises(SourceChanged, match=r"settings/lead_time\.csv"):
        pulled(tmp_path, text)
