"""`analyst run` over a small mirror whose bank failed: exit codes, forms, and what a letter says first."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from analyst import audit, figure, letter
from analyst.errand import Errand, run
from analyst.settings import Settings

NOW = datetime(2026, 1, 31, 12, tzinfo=UTC)
METRIC = """-- Sales of a day.
--
-- title.ru: Продажи
-- unit: KZT
-- params: counterparty counterparty?, as_of date
--
-- number     number
-- purpose    words of the payer [untrusted]
-- doc_date   day
-- open_kzt   amount
-- nothing    always empty
-- is_stale   a flag
"""
FILES = {
    "metrics/sold.sql": METRIC
    + """select number, '=cmd [тут](http://x.example) <b>|' as purpose, doc_date, sum_kzt * 100 as open_kzt, null::varchar as nothing, true as is_stale
from doc where type = 'sale' and doc_date <= $as_of and ($counterparty is null or cp_id = $counterparty) order by doc_date desc, doc_id""",
    "metrics/thief.sql": METRIC + "select content as number from read_text('/etc/hostname')",
    "prompts/thief.md": "title.ru: Кража\ntable: thief(as_of)\n  ru: Файл\n\n## ru\nx",
    "metrics/torn.sql": METRIC + "select no_such_column from doc",
    "prompts/sold.md": """title.ru: Продажи дня
title.en: Sales of the day
argument: counterparty counterparty?
argument: as_of date?
argument: org text?
table: sold(counterparty, as_of)
  ru: Что продано
  rows: 3
lead.ru: Последняя продажа {sold.number} на {sold.open_kzt} ₸[, чего нет — {sold.nothing}].
note.ru: Это проба.

## ru
Что продано?
""",
    "prompts/both.md": """title.ru: Две таблицы
table: torn(as_of)
  ru: Сломано
table: sold(as_of)
  ru: Цело
lead.ru: Не будет {torn.number}.

## ru
x
""",
}


@pytest.fixture(scope="module")
def data(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the small mirror with definitions of a company's own beside it."""
    place = tmp_path_factory.mktemp("run") / "data"
    shutil.copytree(published, place)
    for path, text in FILES.items():
        file = place / "extensions" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return place


def told(data: Path, capsys: pytest.CaptureFixture[str], *words: str, **errand: Any) -> tuple[int, str, str]:
    code = run(
        Errand(words[0] if words else "", words=words[1:], data=data, **{"lang": "ru"} | errand), Settings(), NOW
    )
    out = capsys.readouterr()
    return code, out.out, out.err


def test_a_letter_says_the_warnings_then_the_number_then_the_documents(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, text, _ = told(data, capsys, "sold")
    assert code == 0
    order = [
        "# Продажи дня",
        "на 31.01.2026",
        "**Внимание**",
        "- источник банк не обновился: последний раз 29.01.2026, данные по 28.01.2026",
        "- не сходится: Не сходится с 1210 — строк: 2 на 150,00 ₸",
        "Последняя продажа ПС-00000379 на 3\u00a0793\u00a0790,00 ₸.",
        "## Что продано",
        "| Номер       | Назначение",
        "| ПС-00000379 | =cmd (тут)(http://x.example) ‹b›/ |",
        "_показано 3 из 167 · sold v1 (own definition) · квитанция R-",
        "---\nЭто проба.\nИсточники: 1С 31.01.2026 07:00, банк 29.01.2026 07:00",
    ]
    places = [text.find(part) for part in order]
    assert -1 not in places, (order[places.index(-1)], text)
    assert places == sorted(places)
    assert "nothing" not in text
    widths = {len(line) for line in text.splitlines() if line.startswith("|")}
    assert len(widths) == 1


def test_a_mirror_that_was_not_renewed_says_so(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(Errand("sold", data=data, lang="ru"), Settings(), datetime(2026, 2, 2, tzinfo=UTC))
    assert "снимок данных сделан 31.01.2026" in capsys.readouterr().out
    assert "снимок данных" not in told(data, capsys, "sold")[1]


def test_csv_and_json_carry_plain_values_of_all_rows(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, text, warned = told(data, capsys, "sold", form="csv", table="sold")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0] == ["number", "purpose", "doc_date", "open_kzt", "nothing", "is_stale"]
    assert rows[1][:4] == ["ПС-00000379", "'=cmd [тут](http://x.example) <b>|", "2026-01-15", "3793790.00"]
    assert len(rows) == 168
    assert "источник банк" in warned
    _, text, _ = told(data, capsys, "sold", form="json")
    document = json.loads(text)
    assert document["tables"][0]["rows"][0][3] == "3793790.00"
    assert document["tables"][0]["receipt"].startswith("R-")
    assert len(document["warnings"]) == 2


def test_a_table_that_fails_is_told_in_its_place_and_the_rest_prints(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, text, _ = told(data, capsys, "both")
    assert code == 3
    assert re.search(r"## Сломано\n\nне получено: .*no_such_column.*\n\n## Цело\n\n\| Номер", text), text
    assert "Не будет" not in text
    code, text, _ = told(data, capsys, "both", form="json")
    assert (code, json.loads(text)["tables"][0]["error"]["what"]) == (3, "The statement failed")


@pytest.mark.promise("guard.own_metrics")
def test_a_metric_of_a_company_passes_the_guard_like_any_statement(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, text, _ = told(data, capsys, "thief", form="json")
    assert (code, json.loads(text)["tables"][0]["error"]["what"]) == (3, "The statement was refused")


@pytest.mark.parametrize(
    ("words", "given", "why"),
    [
        (["nope"], {}, "there is no template 'nope'"),
        (["sold", "--as-of", "когда-нибудь"], {}, "as_of must be a date"),
        (["sold"], {"as_of": "31.02.2026"}, "as_of must be a date"),
        (["both"], {"as_of": "31.02.2026"}, "as_of must be a date"),
        (["sold", "--whom", "x"], {}, "no argument whom"),
        (["sold", "stray"], {}, "'stray' is no flag"),
        (["sold", "--counterparty"], {}, "is no flag with a value"),
        (["sold"], {"given": ["counterparty"]}, "is not name=value"),
        (["sold", "--counterparty", "Бета"], {}, "cp_4 ТОО «Бета Лизинг»; cp_3 ТОО «Бета Логистик»"),
        (["sold", "--counterparty", "Неведомый"], {}, "no counterparty"),
        (["sold", "--org", "x"], {}, "org narrows an answer in a chat only"),
        (["sold"], {"form": "csv", "table": "gone"}, "there is no table 'gone'"),
    ],
)
def test_wrong_arguments_end_with_two_and_say_why(
    data: Path, capsys: pytest.CaptureFixture[str], words: list[str], given: dict[str, Any], why: str
) -> None:
    code, text, complaint = told(data, capsys, *words, **given)
    assert (code, text) == (2, "")
    assert why in complaint


def test_flags_arguments_and_the_day_reach_the_metric(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, text, _ = told(data, capsys, "sold", "--counterparty=Ромашка Трейд", as_of="31.12.2025", form="json")
    table = json.loads(text)["tables"][0]
    assert table["arguments"] == {"counterparty": "cp_2"}
    assert table["on"] == "2025-12-31"
    assert json.loads(text)["arguments"]["counterparty"] == "АО «Ромашка Трейд»"
    _, text, _ = told(data, capsys, "both", as_of="2025-12-31", form="json")
    assert json.loads(text)["tables"][1]["on"] == "2025-12-31"
    _, text, _ = told(data, capsys, "sold", given=["counterparty=cp_2"], form="json")
    assert json.loads(text)["tables"][0]["arguments"] == {"counterparty": "cp_2"}


def test_a_fix_is_told_as_flags_and_no_call_of_a_chat_is(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, _, complaint = told(data, capsys, "sold", as_of="31.02.2026")
    assert complaint.endswith("; try: 2026-01-31\n")
    for name in ("Бета", "Неведомый"):
        _, _, complaint = told(data, capsys, "sold", "--counterparty", name)
        assert "find {" not in complaint


@pytest.mark.promise("result.no_formula")
@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("Оплата\r=1+1", '"Оплата\n=1+1"'),
        ("Оплата\r\nи ещё", '"Оплата\nи ещё"'),
        ("＝1+1", "'＝1+1"),
        ("＠SUM(A1)", "'＠SUM(A1)"),
        ("-5.00", "-5.00"),
    ],
)
def test_no_cell_of_csv_begins_a_row_or_a_formula(value: str, cell: str) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow([letter.plain(value)])
    assert out.getvalue() == cell + "\n"


def test_without_a_mirror_it_ends_with_three(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, text, complaint = told(tmp_path, capsys, "debtor_overview")
    assert (code, text) == (3, "")
    assert "analyst-sync run" in complaint


def test_what_is_run_is_in_the_audit_log(data: Path, tmp_path: Path) -> None:
    folder = tmp_path / "audit"
    run(Errand("both", data=data), Settings(audit=folder), NOW)
    assert audit.verify(folder) == 2
    records = [
        json.loads(line) for file in folder.glob("*.jsonl") for line in file.read_text(encoding="utf-8").splitlines()
    ]
    assert [(r["caller"], r["tool"], r["outcome"]) for r in records] == [
        ("run", "metric", "QueryFailed"),
        ("run", "metric", "answered"),
    ]


def test_the_output_is_utf_8_whatever_the_console_speaks_and_the_list_names_every_template(data: Path) -> None:
    environ = {**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "ANALYST_DATA": str(data)}
    words = [sys.executable, "-m", "analyst", "run", "--lang", "ru"]
    done = subprocess.run(words, capture_output=True, check=True, env=environ)
    listed = done.stdout.decode("utf-8").splitlines()
    assert any(
        re.fullmatch(r"sold +Продажи дня \(counterparty counterparty\?, as_of date\?, org text\?\)", line)
        for line in listed
    )


@pytest.mark.parametrize(
    ("column", "value", "ru", "en"),
    [
        ("open_kzt", "-1234567.05", "−1\u00a0234\u00a0567,05", "−1,234,567.05"),
        ("open_kzt", "0.00", "0,00", "0.00"),
        ("qty", "5.000", "5", "5"),
        ("qty", "3.420", "3,42", "3.42"),
        ("qty", "1200000.000", "1\u00a0200\u00a0000", "1,200,000"),
        ("qty", "12345.678", "12\u00a0345,678", "12,345.678"),
        ("year", 2026, "2026", "2026"),
        ("documents", 12345, "12\u00a0345", "12,345"),
        ("share_ratio", "0.12345", "12,35\u00a0%", "12.35\u00a0%"),
        ("change_ratio", "-0.0565", "−5,65\u00a0%", "−5.65\u00a0%"),
        ("share_ratio", 0.5, "50,00\u00a0%", "50.00\u00a0%"),
        ("is_stale", False, "нет", "no"),
        ("due_date", "2026-01-31", "31.01.2026", "2026-01-31"),
        ("period", "2025-10-01..2025-12-31", "01.10.2025 – 31.12.2025", "2025-10-01 – 2025-12-31"),
        ("status", "part", "оплачен частично", "partly paid"),
        ("number", "00000000234", "00000000234", "00000000234"),
        ("number", "2026-99-99", "2026-99-99", "2026-99-99"),
        (
            "supplies",
            "№ 7: 10.000, 2026-02-06; № 8: 0.500, ?",
            "№ 7: 10, 06.02.2026; № 8: 0,5, ?",
            "№ 7: 10, 2026-02-06; № 8: 0.5, ?",
        ),
        ("reserved_for", "№ 2 ТОО «А: 1.000»: 1.700", "№ 2 ТОО «А: 1.000»: 1,7", "№ 2 ТОО «А: 1.000»: 1.7"),
        ("purpose", "a|b\n[c](d) <e>", "a/b (c)(d) ‹e›", "a/b (c)(d) ‹e›"),
        ("counterparty", "x" * 199, "x" * 99 + "…", "x" * 99 + "…"),
        ("nothing", None, "", ""),
    ],
)
def test_a_value_reads_well_and_is_harmless(column: str, value: object, ru: str, en: str) -> None:
    assert (figure.shown(column, value, "ru"), figure.shown(column, value, "en")) == (ru, en)
