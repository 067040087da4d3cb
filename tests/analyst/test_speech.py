"""Days, spans and numbers as people say them: read whole and as they were meant, or not read at all."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from analyst import quantity, question, speech
from analyst.period import Period

DAY = date(2026, 1, 31)
# What is said, and the span of it.
SAID = (
    (("2025-Q4 | Q4 2025 | 4q2025 | 4 квартал 2025 | 4-й квартал 2025 года | IV кв. 2025 г. | 2025 - 4 квартал | 2025 жылғы 4-тоқсан"
     " | төртінші тоқсан | за 4 квартал | fourth quarter of 2025 | 4 квартал прошлого года | last quarter | өткен тоқсан"
     " | октябрь-декабрь 2025 | с 01.10.2025 по 31.12.2025 | 10.2025-12.2025 | 2025 жылғы қазаннан желтоқсанға дейін | окт. – дек. 2025"
     " | from 2025-10-01 to 2025-12-31 | 01.10-31.12.2025 | 2025-10..2025-Q4"), "2025-10-01", "2025-12-31"),
    (("январь 2026 | января 2026 г. | за январь | қаңтар | қаңтар 2026 | 2026 жылдың қаңтар айы | қаңтар айындағы | кантар | Jan 2026 | 01.2026"
     " | 01.01.2026-31.01.2026 | 1-31 января 2026 | с 1 по 31 января | 2026-01 | в этом месяце | осы айда | month to date | с начала года"
     " | YTD | year-to-date | жыл басынан | айдың басынан | this quarter | за квартал | этот год | биыл"), "2026-01-01", "2026-01-31"),
    (("декабрь прошлого года | december last year | былтырғы желтоқсан | өткен жылғы желтоқсан | прошлый месяц | last-month | в декабре"
     " | 12.2025"), "2025-12-01", "2025-12-31"),
    ("2025 жыл | 2025 год | за 2025-й год | last year | в прошлом году | былтыр | 2025", "2025-01-01", "2025-12-31"),
    ("1 полугодие 2025 | H1 2025 | first half of 2025 | 1 - 2 квартал 2025 | Q1-Q2 2025", "2025-01-01", "2025-06-30"),
    ("9 месяцев 2025 года", "2025-01-01", "2025-09-30"),
    ("past 90 days | последние 90 дней | соңғы 90 күн | за 90 дней", "2025-11-03", "2026-01-31"),
    ("последние 3 месяца | past three months | с ноября | since november | қарашадан бері", "2025-11-01", "2026-01-31"),
    ("ноябрь-январь 2026 | ноябрь 2025 - январь 2026", "2025-11-01", "2026-01-31"),
    ("с начала 2025 года", "2025-01-01", "2026-01-31"),
    ("позапрошлый год | 2024", "2024-01-01", "2024-12-31"),
    ("на прошлой неделе | өткен апта", "2026-01-19", "2026-01-25"),
    ("вчера | yesterday | кеше | 30 января | 30.01.2026 | 30/01/2026 | January 30, 2026 | 30.01.26", "2026-01-30", "2026-01-30"),
    ("next month | следующий месяц | келесі ай", "2026-02-01", "2026-02-28"),
)  # fmt: skip
UNREAD = (
    "весна 2025", "последний месяц", "3 месяца", "01/02/2026", "Jan 26", "декабрь 25", "маржа", "31.02.2026", "2025-13", "за декабрь и январь",
    "2 последних квартала", "", "-", "2025 и 2024", "1С", "до 31.12.2025", "5", "прошлые выходные", "январь " * 40, "0000", "13.2025",
)  # fmt: skip


@pytest.mark.parametrize(("phrases", "first", "last"), SAID, ids=[row[1] + ".." + row[2] for row in SAID])
def test_a_span_is_read_as_it_was_meant(phrases: str, first: str, last: str) -> None:
    meant = (date.fromisoformat(first), date.fromisoformat(last))
    read = {said.strip(): speech.span(said, DAY) for said in phrases.split("|")}
    assert {said: span for said, span in read.items() if span != meant} == {}
    assert all(str(Period.read(said.strip(), DAY)) == f"{first}..{last}" for said in phrases.split("|"))


def test_what_is_not_read_whole_or_may_be_two_spans_is_not_read() -> None:
    assert {said: speech.span(said, DAY) for said in UNREAD if speech.span(said, DAY) is not None} == {}


@pytest.mark.parametrize(
    ("phrases", "meant"),
    [
        ("вчера | yesterday | кеше", "2026-01-30"),
        ("31.12.2025 | 31 декабря 2025 | 31 желтоқсан 2025 | конец 2025 года | на конец декабря | end of last month | 12/31/2025", "2025-12-31"),
        ("год назад | a year ago | бір жыл бұрын", "2025-01-31"),
        ("30 дней назад | 30 күн бұрын | начало года", "2026-01-01"),
    ],
)  # fmt: skip
def test_a_day_is_read_as_it_was_meant(phrases: str, meant: str) -> None:
    read = {said.strip(): speech.on(said, DAY) for said in phrases.split("|")}
    assert {said: day for said, day in read.items() if day != date.fromisoformat(meant)} == {}


def test_a_day_without_its_year_is_two_days_and_a_span_is_none() -> None:
    assert speech.on("15 марта", DAY) is None
    assert speech.years("15 марта", DAY) == (date(2025, 3, 15), date(2026, 3, 15))
    assert [speech.on(said, DAY) for said in ("декабрь 2025", "квартал", "01/02/2026", "Ромашка")] == [None] * 4
    first = date(2026, 1, 1)  # the month up to its first day is not that day
    assert speech.span("этот месяц", first) == (first, first)
    assert speech.on("этот месяц", first) is None


def test_a_number_is_read_as_it_is_written_and_not_where_it_may_be_two() -> None:
    same = {
        "1 200,50": "1200.50",
        "1\u00a0200": "1200",
        "0,500": "0.500",
        "1,000,000.25": "1000000.25",
        "1,000,000": "1000000",
    }
    assert {said: quantity.number(said) for said in same} == {said: Decimal(value) for said, value in same.items()}
    amounts = {
        "5 млн": "5000000",
        "1,5 млн тенге": "1500000",
        "500 тыс.": "500000",
        "250 000 ₸": "250000",
        "2 мың теңге": "2000",
    }
    assert {said: quantity.money(said) for said in amounts} == {said: Decimal(v) for said, v in amounts.items()}
    for said in ("1,200", "12 34", "1e5", "NaN", "пять", "", "1.2.3", "٣"):
        with pytest.raises(ValueError, match=r".*"):
            quantity.number(said)
    assert [quantity.parted(said) for said in ("25 т", "120 мешков", "0,5кг", "25", "5 т 3")] == [
        ("25", "т"), ("120", "мешков"), ("0,5", "кг"), ("25", ""), ("5 т 3", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("sure", "phrases"),
    [
        (1.0, ("234 | №5 | счёт 5 | счёт на оплату от Ромашки 5 | оплачен ли 5 | 5-шот төленді ме | накладная 14 за январь | invoice 7 paid"
              " | 00000000234 | ДЛ000000014 | найди 12345 | d_5 | платёж 77 от 15.01.2026 | 2025 | 234/25")),
        (0.5, "цемент М400 | арматура а500с 12 | магазин 7"),
        (0.0, ("топ 5 должников | top 10 debtors | акт сверки с ТОО Ромашка за 4 квартал | НДС к уплате за 4 квартал | почему отличается от 1С"
              " | 25 т арматуры | продажи за последние 30 дней | выручка 2025 | долги больше 5 млн | старше 90 дней | 5 крупнейших клиентов")),
    ],
)  # fmt: skip
def test_a_figure_is_the_number_of_a_document_only_where_it_is_said_so(sure: float, phrases: str) -> None:
    told = {said.strip(): question.numbered(said.strip(), DAY) for said in phrases.split("|")}
    assert {said: value for said, value in told.items() if value != sure} == {}


def test_only_words_that_are_surely_kazakh_are_answered_in_kazakh() -> None:
    asked = {
        "қойма қалдығы": "kk",
        "сату": "kk",
        "Сколько должна Іргетас Дала": "ru",
        "выручка": "ru",
        "cash": "ru",
        "мәмілелер мен 1С сатылымдары": "kk",
    }
    assert {said: question.language(said) for said in asked} == asked
