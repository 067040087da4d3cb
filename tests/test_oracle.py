"""What is published is what the oracle reckons from the source files, on any day, and holds together by itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest

from tests import oracle_esf, oracle_flow
from tests.oracle_case import COMPANIES, TODAY, Case, company, same
from tests.oracle_money import in_kzt, total
from tests.oracle_published import Published
from tests.oracle_reports import (
    credit_sales,
    days_late,
    days_late_of_sales,
    dso_simple,
    items_by_account,
    ledger_by_account,
    open_items,
    payments_of_sales,
    revenue,
    short,
)
from tests.oracle_told import (
    advance_rows,
    ageing_rows,
    cash_rows,
    control_rows,
    open_rows,
    paid_after_rows,
    payment_rows,
    settled_rows,
    status_rows,
)

pytestmark = pytest.mark.slow


@dataclass(frozen=True, slots=True)
class Mirrored:
    case: Case
    published: Published


@pytest.fixture(scope="module", params=COMPANIES)
def mirrored(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mirrored]:
    name = str(request.param)
    folder = tmp_path_factory.mktemp(name.split(maxsplit=1)[0])
    is_demo = name.startswith("demo")  # mirrored twice, before and after the accountants changed their minds
    with company(name, folder, pulled=not is_demo) as case:
        published = Published.of(request.getfixturevalue("demo") if is_demo else folder)
        yield Mirrored(case, published)
        published.db.close()


@pytest.fixture
def case(mirrored: Mirrored) -> Case:
    return mirrored.case


@pytest.fixture
def published(mirrored: Mirrored) -> Published:
    return mirrored.published


@pytest.mark.parametrize("side", ["ar", "ap"])
def test_open_items_are_published_as_reckoned(case: Case, published: Published, side: str) -> None:
    for day in case.days:
        same(open_rows(case, side, day), published.open_items(side, day), day)


@pytest.mark.parametrize("side", ["ar", "ap"])
def test_what_was_paid_later_is_told_beside_what_was_open(case: Case, published: Published, side: str) -> None:
    seen = [(day, paid_after_rows(case, side, day)) for day in case.days]
    for day, rows in seen:
        same(rows, published.paid_after(side, day), day)
    assert any(row[4] for _, rows in seen for row in rows)


def test_advances_and_credits_are_published_as_reckoned(case: Case, published: Published) -> None:
    for day in case.days:
        same(advance_rows(case, day), published.advances(day), day)


def test_every_settlement_is_published_as_reckoned(case: Case, published: Published) -> None:
    same(settled_rows(case), published.settled())


def test_ageing_is_published_as_reckoned(case: Case, published: Published) -> None:
    for day in case.days:
        told = published.ageing(day)
        same([r for r in ageing_rows(case, day) if any(r[1:])], [r for r in told if any(r[1:])], day)


def test_ledger_balances_are_published_as_reckoned(case: Case, published: Published) -> None:
    for day in case.days:
        same(control_rows(case, day), published.control(day), day)


def test_payments_are_published_as_reckoned(case: Case, published: Published) -> None:
    same(payment_rows(case), published.payments())


def test_electronic_invoices_are_held_against_the_books_as_reckoned(case: Case, published: Published) -> None:
    same(oracle_esf.rows(case, oracle_esf.read(case.exports)), published.invoices())
    assert bool(published.invoices()) == bool(case.exports)


def test_the_status_of_a_number_is_published_as_reckoned(case: Case, published: Published) -> None:
    papers = case.books.papers.values()
    asked = {"234"}
    for kinds in ({"invoice_out"}, {"sale", "purchase"}):
        numbers = sorted({short(p.number) for p in papers if p.kind in kinds})
        asked.update(Random(7).sample(numbers, min(25, len(numbers))))
    for day in (date(2025, 12, 31), TODAY):
        for number in sorted(asked):
            same(status_rows(case, number, day), published.statuses(number, day), (number, day))


def test_money_by_item_is_published_as_reckoned(case: Case, published: Published) -> None:
    whole = date(2022, 2, 1), date(2026, 3, 31)
    told = published.cash_by_item(*whole)
    same(oracle_flow.by_item(case, *whole), told)
    assert {row[3] for row in told} == {"item", "operation"}


def test_money_between_own_places_is_published_as_the_ledger_has_it(case: Case, published: Published) -> None:
    same(oracle_flow.on_its_way(case), published.on_its_way())
    assert bool(published.on_its_way()) == (
        "26" in case.truth.get("facts", {})
    )  # takings of November, in the bank in December


def test_cash_is_published_as_reckoned(case: Case, published: Published) -> None:
    for day in case.days:
        same(cash_rows(case, day), published.cash(day), day)


def test_revenue_by_month_is_published_as_reckoned(case: Case, published: Published) -> None:
    same([(*month, *sums) for month, sums in revenue(case.books).items()], published.revenue())


def test_how_late_customers_pay_is_published_as_reckoned(case: Case, published: Published) -> None:
    first, last = date(2025, 1, 1), TODAY
    ledger = case.settled(last)
    reckoned = [
        (
            s.credit.number,
            s.credit.line,
            s.debit.number,
            s.debit.stage,
            in_kzt(s.amount, s.debit.rate, s.debit.mult),
            s.debit.due,
            s.day,
            days,
        )
        for s, days in payments_of_sales(case.books, ledger, first, last)
    ]
    same(reckoned, published.paid_items(first, last))
    late = published.value(
        "select round(sum(amount_kzt * days_late)::decimal(38, 6) / sum(amount_kzt), 2)::decimal(18, 2)"
        f" from paid_items(date '{first}', date '{last}')"
    )
    assert days_late(case.books, ledger, first, last) == late
    sales = published.rows(
        f"select number, max(sale_days_late) from paid_items(date '{first}', date '{last}') m"
        " join doc on doc.doc_id = m.debit_doc_id where settles_sale group by m.debit_doc_id, number"
    )
    found = days_late_of_sales(case.books, ledger, first, last)
    same([(case.books.papers[ref].number, days) for ref, days in found.items()], sales)


def test_receivables_in_days_of_sales_are_published_as_reckoned(case: Case, published: Published) -> None:
    for day in case.days:
        ledger = case.settled(day)
        sold, value = published.rows(f"select credit_sales_kzt, sales_days from dso(date '{day}', 90)")[0]
        assert (
            dso_simple(case.books, ledger, day),
            credit_sales(case.books, ledger, day - timedelta(days=90), day),
        ) == (value, sold)


def test_open_items_tie_to_the_ledger_on_any_day(case: Case, published: Published) -> None:
    for day in case.days:
        items, ledger = items_by_account(case.settled(day)), ledger_by_account(case.books, day)
        assert {k: v for k, (v, _) in items.items() if v} == {k: v for k, (v, _) in ledger.items() if v}, day
        assert published.value(f"select count(*) from control_gl(date '{day}') where difference <> 0") == 0, day
        if case.truth:  # the books of the hard company know no exchange differences but revaluations
            assert {k: v for k, v in items.items() if any(v)} == {k: v for k, v in ledger.items() if any(v)}, day
            off = published.value(f"select count(*) from control_gl(date '{day}') where difference_kzt <> 0")
            assert off == 0, day


def test_buckets_sum_to_what_is_open(case: Case, published: Published) -> None:
    for day in case.days:
        owed, parts, late = published.rows(
            "select sum(open_kzt), sum(not_due_kzt + d1_30_kzt + d31_60_kzt + d61_90_kzt + d91_plus_kzt),"
            f" sum(overdue_kzt + not_due_kzt) from ageing(date '{day}')"
        )[0]
        items = published.value(f"select sum(open_kzt) from ar_open(date '{day}') where not is_intercompany")
        assert owed == parts == late == items, day


def test_what_a_credit_gave_and_what_is_left_of_it_is_the_whole_credit(case: Case, published: Published) -> None:
    for day in case.days:
        broken = published.rows(
            "with given as (select credit_doc_id, credit_line, sum(amount_doc) given from settlement where eff_date <= $1 group by all)"
            " select c.doc_id, c.line_no from credit_item c left join given g on (c.doc_id, c.line_no) = (g.credit_doc_id, g.credit_line)"
            f" left join advances(date '{day}') a on (c.doc_id, c.line_no) = (a.doc_id, a.line_no) and c.side = a.side"
            " where c.doc_date <= $1 and c.amount_doc <> coalesce(g.given, 0) + coalesce(a.unused_doc, 0)",
            day,
        )
        assert broken == [], day
    over = "select d.doc_id, d.stage from settlement s join debit_item d on (d.doc_id, d.stage) = (s.debit_doc_id, s.stage)"
    assert published.rows(f"{over} group by all having sum(s.amount_doc) > any_value(d.amount_doc)") == []
    assert published.value("select count(*) from settlement where amount_doc <= 0 and method <> 'fx_close'") == 0


def test_a_day_without_documents_only_makes_debts_a_day_older(case: Case, published: Published) -> None:
    busy = {p.day for p in case.books.papers.values()}
    busy |= {day for (day,) in published.rows("select distinct reval_date from revaluation")}
    quiet = [d for d in (date(2025, 12, 2) + timedelta(days=n) for n in range(110)) if d not in busy][:5]
    assert quiet
    for day in quiet:
        before = published.open_items("ar", day - timedelta(days=1))
        after = published.open_items("ar", day)
        same([(*r[:12], r[12] + 1, r[14]) for r in before], [(*r[:13], r[14]) for r in after], day)


def test_statements_lead_from_opening_to_closing_and_no_line_is_lost(published: Published) -> None:
    db = published
    assert db.value("select count(*) from bank_stmt where opening + total_in - total_out <> closing") == 0
    lines, matched = (
        db.value("select coalesce(sum(amount), 0) from bank_line"),
        db.value(
            "select coalesce(sum(amount), 0) from bank_line where bank_line_id in (select bank_line_id from bank_rec)"
        ),
    )
    assert lines == matched
    assert (
        db.value(
            "select count(*) from (select doc_id from bank_rec where doc_id is not null group by 1 having count(*) > 1)"
        )
        == 0
    )


def test_entities_sum_to_the_group_and_its_inner_debts(case: Case, published: Published) -> None:
    for day in case.days:
        items = open_items(case.settled(day), "ar", day)
        by_org: dict[str, Decimal] = defaultdict(Decimal)
        for item in items:
            by_org[case.party(item.debit.pool.org)] += item.kzt
        sums = f"select org.bin, sum(open_kzt) from ar_open(date '{day}') join org using (org_id) group by 1"
        same(by_org.items(), published.rows(sums), day)
        outside = published.value(f"select coalesce(sum(open_kzt), 0) from ageing(date '{day}')")
        assert sum(by_org.values()) == outside + total(i.kzt for i in items if case.ours(i.debit.pool.party))


def test_money_is_kept_to_the_tiyn_and_nothing_is_a_floating_number(published: Published) -> None:
    columns = published.columns()
    assert {relation for relation, _, _ in columns} >= {"doc", "ar_open", "invoice_status", "dso", "sales_in"}
    assert [c for c in columns if c[2] in {"DOUBLE", "FLOAT"}] == []
    assert [c for c in columns if c[1].endswith(("_kzt", "_doc")) and c[2] != "DECIMAL(18,2)"] == []
