"""Three ways to one number: what is published, what the oracle reckons from the source files, what the company was made with."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest
from pydantic import SecretStr

from sync.configured import DECLARED, configured
from sync.run import run
from sync.settings import Onec, Settings
from sync.standins import statements
from sync.standins.company import generate
from sync.standins.onec import PASSWORD, USER, OnecServer
from tests.oracle import Ledger, Paid, settle
from tests.oracle_books import books_of
from tests.oracle_company import hard, served
from tests.oracle_money import in_kzt, total
from tests.oracle_published import Published
from tests.oracle_records import Books
from tests.oracle_reports import (
    BUCKETS,
    ageing,
    bank_balance,
    book_balance,
    credit_sales,
    days_late,
    days_late_of_sales,
    dso_simple,
    items_by_account,
    ledger_by_account,
    open_items,
    paid,
    payments,
    payments_of_sales,
    revenue,
    short,
    statuses,
    unused_credits,
)
from tests.oracle_wire import Statement, Wire, read_bank, read_onec

pytestmark = pytest.mark.slow

ZERO = Decimal(0)
NOTHING = (ZERO, ZERO)
TODAY = date(2026, 1, 31)
MONTHS = [
    date(2022, 3, 31),
    date(2022, 12, 31),
    date(2023, 6, 30),
    date(2024, 2, 29),
    date(2024, 4, 15),
    date(2025, 9, 30),
    date(2025, 12, 31),
    date(2026, 1, 8),
    date(2026, 1, 19),
    date(2026, 1, 28),
    TODAY,
    date(2026, 2, 28),
    date(2026, 3, 31),
]
WEEKS = [date(2025, 12, 1) + timedelta(days=n) for n in (0, 1, 3, 5, 7, 9, 10, 12, 15, 19, 20, 22, 26, 30, 37, 44, 61)]
COMPANIES = ["tiny 42", "tiny 7", "demo 42", "hard 1", "hard 2"]


@dataclass(frozen=True, slots=True)
class Case:
    """A company: on the wire, as the oracle has it, as it is published, and its truth (empty for the hard one)."""

    wire: Wire
    books: Books
    statements: list[Statement]
    published: Published
    truth: dict[str, Any]
    days: list[date]
    runs: dict[date, Ledger] = field(default_factory=dict)

    def settled(self, day: date) -> Ledger:
        """The oracle's run to a day, made once and only read."""
        if day not in self.runs:
            self.runs[day] = settle(self.books, day)
        return self.runs[day]

    def party(self, ref: str) -> str:
        return self.books.names.get(ref, ref)

    def ours(self, ref: str) -> bool:
        return ref in self.books.own


@pytest.fixture(scope="module", params=COMPANIES)
def case(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    size, seed = str(request.param).split()
    folder = tmp_path_factory.mktemp(size)
    truth: dict[str, Any] = {}
    bank: list[Statement] = []
    if size == "hard":
        with served(hard(int(seed))) as onec:
            wire = read_onec(onec.url, USER, PASSWORD)
            _pull(folder, onec)
    else:
        story = generate(size, int(seed))
        statements.write(story.now, folder / "inbox")
        bank = read_bank((folder / "inbox").glob("*.txt"))
        with OnecServer(story.now) as onec:
            wire = read_onec(onec.url, USER, PASSWORD)
            if size == "tiny":
                _pull(folder, onec)
        truth = story.truth
        if size == "demo":  # read twice, before and after the accountants changed their minds
            folder = request.getfixturevalue("demo")
            truth = request.getfixturevalue("truth")
    published = Published.of(folder)
    days = WEEKS if size == "hard" else MONTHS
    yield Case(wire, books_of(wire), bank, published, truth, days)
    published.db.close()


def _pull(data: Path, onec: OnecServer) -> None:
    login = Onec(url=onec.url, user=USER, password=SecretStr(PASSWORD))
    settings = Settings(data=data, onec=login)
    with configured(settings) as sources:
        report = run(settings, sources, declared=DECLARED, now=datetime(2026, 1, 31, 2, tzinfo=UTC))
    assert not report.failed


def same(reckoned: Iterable[tuple[Any, ...]], told: Iterable[tuple[Any, ...]], about: object = "") -> None:
    """The same rows, however often each; a failure shows the first of either side alone."""
    ours, theirs = Counter(reckoned), Counter(told)
    alone = sorted((ours - theirs).elements(), key=str)[:5], sorted((theirs - ours).elements(), key=str)[:5]
    assert alone == ([], []), f"{about}: only the oracle | only published"


# The published relations are those of the oracle


@pytest.mark.parametrize("side", ["ar", "ap"])
def test_open_items_are_published_as_reckoned(case: Case, side: str) -> None:
    for day in case.days:
        reckoned = [
            (
                case.party(i.debit.pool.org),
                case.party(i.debit.pool.party),
                i.debit.kind,
                i.debit.number,
                i.debit.day,
                i.debit.stage,
                i.debit.due,
                i.debit.due_source,
                i.debit.pool.currency,
                i.debit.amount,
                i.open,
                i.kzt,
                i.days_late,
                i.bucket,
                case.ours(i.debit.pool.party),
            )
            for i in open_items(case.settled(day), side, day)
        ]
        same(reckoned, case.published.open_items(side, day), day)


def test_advances_and_credits_are_published_as_reckoned(case: Case) -> None:
    for day in case.days:
        reckoned = [
            (
                u.credit.pool.side,
                u.kind,
                case.party(u.credit.pool.org),
                case.party(u.credit.pool.party),
                u.credit.kind,
                u.credit.number,
                u.credit.day,
                u.credit.line,
                u.credit.pool.currency,
                u.unused,
                u.kzt,
                case.ours(u.credit.pool.party),
            )
            for u in unused_credits(case.settled(day))
        ]
        same(reckoned, case.published.advances(day), day)


def test_every_settlement_is_published_as_reckoned(case: Case) -> None:
    steps = settle(case.books).paid
    reckoned = [_step(case, s, s.amount, s.given, closes=False) for s in steps]
    reckoned += [_step(case, s, ZERO, s.freed - s.given, closes=True) for s in steps if s.freed != s.given]
    same(reckoned, case.published.settled())


def _step(case: Case, s: Paid, amount: Decimal, kzt: Decimal, *, closes: bool) -> tuple[Any, ...]:
    """A step, or the exchange difference that it closes with."""
    who = case.party(s.debit.pool.org), case.party(s.debit.pool.party)
    credit, debit = s.credit, s.debit
    return (
        closes,
        s.day,
        credit.number,
        credit.kind,
        credit.line,
        debit.number,
        debit.kind,
        debit.stage,
        amount,
        kzt,
        s.linked,
        *who,
    )


def test_ageing_is_published_as_reckoned(case: Case) -> None:
    cells = (*BUCKETS, "advance", "credit")
    for day in case.days:
        found = ageing(case.books, case.settled(day), day)
        reckoned = [(case.party(p), *(of.get(c, ZERO) for c in cells)) for p, of in found.items()]
        told = case.published.ageing(day)
        same([r for r in reckoned if any(r[1:])], [r for r in told if any(r[1:])], day)


def test_ledger_balances_are_published_as_reckoned(case: Case) -> None:
    numbers = {c["Ref_Key"]: c["НомерДоговора"] or c["Description"] for c in case.wire["Catalog_ДоговорыКонтрагентов"]}
    for day in case.days:
        items, ledger = items_by_account(case.settled(day)), ledger_by_account(case.books, day)
        reckoned = [
            (
                side,
                case.party(org),
                case.party(party),
                numbers[contract],
                currency,
                *items.get(key, NOTHING),
                *ledger.get(key, NOTHING),
            )
            for key in {*items, *ledger}
            for side, org, party, contract, currency in [key]
            if (items.get(key, NOTHING), ledger.get(key, NOTHING)) != (NOTHING, NOTHING)
        ]
        same(reckoned, case.published.control(day), day)


def test_payments_are_published_as_reckoned(case: Case) -> None:
    reckoned = [
        (
            p.kind,
            p.channel,
            case.party(p.org),
            case.party(p.party),
            p.number,
            p.day,
            p.currency,
            p.total,
            in_kzt(p.total, p.rate, p.mult),
        )
        for p in payments(case.books)
    ]
    same(reckoned, case.published.payments())


def test_the_status_of_a_number_is_published_as_reckoned(case: Case) -> None:
    numbers = sorted(
        {short(p.number) for p in case.books.papers.values() if p.kind in {"invoice_out", "sale", "purchase"}}
    )
    asked = {"234", *Random(7).sample(numbers, min(40, len(numbers)))}
    for day in (date(2025, 12, 31), TODAY):
        ledger = case.settled(day)
        for number in sorted(asked):
            reckoned = [
                (
                    s.paper.kind,
                    s.paper.number,
                    s.paper.day,
                    case.party(s.paper.party),
                    s.paper.currency,
                    s.paper.total,
                    s.paid,
                    s.likely,
                    s.open,
                    s.status,
                    s.last,
                    ", ".join(s.by),
                )
                for s in statuses(case.books, ledger, number, day)
            ]
            same(reckoned, case.published.statuses(number, day), (number, day))


def test_cash_is_published_as_reckoned(case: Case) -> None:
    own = {c["НомерСчета"] for c in case.wire["Catalog_БанковскиеСчета"] if c["Owner_Type"].endswith("Организации")}
    for day in case.days:
        bank, book = bank_balance(case.statements, day), book_balance(case.books, day)
        reckoned = [(iban, *bank.get(iban, (None, None)), book.get(iban, ZERO)) for iban in own]
        same(reckoned, case.published.cash(day), day)


def test_revenue_by_month_is_published_as_reckoned(case: Case) -> None:
    same([(*month, *sums) for month, sums in revenue(case.books).items()], case.published.revenue())


def test_how_late_customers_pay_is_published_as_reckoned(case: Case) -> None:
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
    same(reckoned, case.published.paid_items(first, last))
    late = case.published.value(
        "select round(sum(amount_kzt * days_late)::decimal(38, 6) / sum(amount_kzt), 2)::decimal(18, 2)"
        f" from paid_items(date '{first}', date '{last}')"
    )
    assert days_late(case.books, ledger, first, last) == late
    sales = case.published.rows(
        f"select number, max(sale_days_late) from paid_items(date '{first}', date '{last}') m"
        " join doc on doc.doc_id = m.debit_doc_id where settles_sale group by m.debit_doc_id, number"
    )
    found = days_late_of_sales(case.books, ledger, first, last)
    same([(case.books.papers[ref].number, days) for ref, days in found.items()], sales)


def test_receivables_in_days_of_sales_are_published_as_reckoned(case: Case) -> None:
    for day in case.days:
        ledger = case.settled(day)
        sold, value = case.published.rows(f"select credit_sales_kzt, sales_days from dso(date '{day}', 90)")[0]
        assert (
            dso_simple(case.books, ledger, day),
            credit_sales(case.books, ledger, day - timedelta(days=90), day),
        ) == (value, sold)


# The oracle knows what the company was made with


def asked(case: Case, name: str) -> list[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """(arguments, expected rows) of the questions about one metric."""
    return [
        (q["arguments"]["arguments"], q["expect"]["rows"])
        for q in case.truth.get("questions", ())
        if q["arguments"].get("name") == name
    ]


planted = pytest.mark.parametrize(
    "case", COMPANIES[:3], indirect=True, scope="module"
)  # nobody plants anything in the hard one


@planted
def test_totals_are_those_planted(case: Case) -> None:
    ledger = case.settled(TODAY)
    outside = [i for i in open_items(ledger, "ar", TODAY) if not case.ours(i.debit.pool.party)]
    owed = [i for i in open_items(ledger, "ap", TODAY) if not case.ours(i.debit.pool.party)]
    unused = [u for u in unused_credits(ledger) if not case.ours(u.credit.pool.party)]
    advances = {
        side: total(u.kzt for u in unused if (u.credit.pool.side, u.kind) == (side, "advance")) for side in ("ar", "ap")
    }
    credits_kzt = total(u.kzt for u in unused if (u.credit.pool.side, u.kind) == ("ar", "credit"))
    receivable = {
        "value": total(i.kzt for i in outside),
        "overdue_kzt": total(i.kzt for i in outside if i.days_late > 0),
        "advances_kzt": advances["ar"],
        "credits_kzt": credits_kzt,
    }
    buckets = {
        name: total(i.kzt for i in outside if i.bucket == bucket)
        for name, bucket in zip(
            ("not_due_kzt", "d1_30_kzt", "d31_60_kzt", "d61_90_kzt", "d91_plus_kzt"), BUCKETS, strict=True
        )
    }
    reckoned: dict[str, dict[str, Decimal]] = {
        "ar_total": receivable,
        "ar_overdue": {"value": receivable["overdue_kzt"]},
        "ageing": {"value": receivable["value"], **buckets},
        "ap_total": {
            "value": total(i.kzt for i in owed),
            "overdue_kzt": total(i.kzt for i in owed if i.days_late > 0),
        },
        "advances_total": {"value": advances["ar"], "paid_kzt": advances["ap"], "credits_kzt": credits_kzt},
    }
    for metric, values in reckoned.items():
        for _, rows in asked(case, metric):
            assert {k: Decimal(v) for k, v in rows[0].items() if k in values} == values, metric


@planted
def test_the_debts_of_a_customer_are_those_planted(case: Case) -> None:
    ledger = case.settled(TODAY)
    for arguments, rows in asked(case, "client_receivables"):
        party = case.books.titles[arguments["counterparty"]]
        mine = [i for i in open_items(ledger, "ar", TODAY) if i.debit.pool.party == party]
        reckoned = [(i.debit.number, str(i.debit.day), str(i.debit.due), i.days_late, i.kzt) for i in mine]
        same(
            reckoned,
            [(r["number"], r["doc_date"], r["due_date"], r["days_late"], Decimal(r["open_kzt"])) for r in rows],
        )


@planted
def test_planted_parties_owe_what_was_planted(case: Case) -> None:
    ledger = case.settled(TODAY)
    cells = ageing(case.books, ledger, TODAY)
    checked = 0
    for name, fact in case.truth["facts"].items():
        party = case.books.titles.get(str(fact.get("party", ""))) if isinstance(fact, dict) else None
        if party is None:
            continue
        of = cells.get(party, {})
        reckoned = {
            "open_kzt": total(of.get(b, ZERO) for b in BUCKETS),
            "overdue_kzt": total(of.get(b, ZERO) for b in BUCKETS[1:]),
            "not_due_kzt": of.get("not_due", ZERO),
            "advances_kzt": of.get("advance", ZERO),
            "credits_kzt": of.get("credit", ZERO),
        }
        for key, value in reckoned.items():
            if isinstance(fact.get(key), str):
                assert Decimal(fact[key]) == value, (name, key)
                checked += 1
        for stage in fact.get("stages", ()):
            debit = next(d for d in ledger.open if (d.ref, d.stage) == (fact["sale"], stage["stage"]))
            assert (str(debit.due), debit.amount, ledger.open[debit]) == (
                stage["due"],
                Decimal(stage["amount"]),
                Decimal(stage["open"]),
            )
    assert checked > 5


@planted
def test_money_to_suppliers_and_from_customers_is_that_planted(case: Case) -> None:
    quarter = date(2025, 10, 1), date(2025, 12, 31)
    for arguments, rows in asked(case, "paid_to_supplier"):
        assert arguments["period"] == "2025-Q4"
        party = case.books.titles[arguments["counterparty"]]
        closed = [c for c in case.books.credits if (c.pool.party, c.pool.side, c.kind) == (party, "ap", "offset")]
        found = {
            "value": paid(case.books, party, "pay_out", *quarter),
            "refunds_kzt": paid(case.books, party, "refund_in", *quarter),
            "payments": Decimal(
                len([p for p in payments(case.books, *quarter) if (p.party, p.kind) == (party, "pay_out")])
            ),
            "offsets_kzt": total(c.amount for c in closed if quarter[0] <= c.day <= quarter[1]),
        }
        assert found == {k: Decimal(rows[0][k]) for k in found}
    for arguments, rows in asked(case, "received_from"):
        party = case.books.titles[arguments["counterparty"]]
        assert paid(case.books, party, "pay_in", *quarter) == Decimal(rows[0]["value"])


@planted
def test_the_invoices_of_one_number_are_those_planted(case: Case) -> None:
    for arguments, rows in asked(case, "invoice_status"):
        found = statuses(case.books, case.settled(TODAY), arguments["number"], TODAY)
        reckoned = [
            (s.paper.kind, s.paper.number, str(s.paper.day), s.paper.party, s.paper.total, s.paid, s.open, s.status)
            for s in found
        ]
        wanted = [
            (
                r["doc_type"],
                r["doc_number"],
                r["doc_date"],
                case.books.titles[r["counterparty"]],
                *(Decimal(r[k]) for k in ("sum_doc", "paid_doc", "open_doc")),
                r["status"],
            )
            for r in rows
        ]
        same(reckoned, wanted)


@planted
def test_cash_at_the_banks_is_that_planted(case: Case) -> None:
    for _, rows in asked(case, "cash_position"):
        found = bank_balance(case.statements, TODAY)
        wanted = [
            (r["iban"], Decimal(r["bank_balance"]), r["stmt_date"]) for r in rows if r["bank_balance"] is not None
        ]
        same([(iban, balance, str(day)) for iban, (balance, day) in found.items()], wanted)


# Properties: of the published relations where they can be stated there, of the oracle where they cannot


def test_open_items_tie_to_the_ledger_on_any_day(case: Case) -> None:
    for day in case.days:
        items, ledger = items_by_account(case.settled(day)), ledger_by_account(case.books, day)
        assert {k: v for k, (v, _) in items.items() if v} == {k: v for k, (v, _) in ledger.items() if v}, day
        assert case.published.value(f"select count(*) from control_gl(date '{day}') where difference <> 0") == 0, day
        if case.truth:  # the books of the hard company know no exchange differences but revaluations
            assert {k: v for k, v in items.items() if any(v)} == {k: v for k, v in ledger.items() if any(v)}, day
            off = case.published.value(f"select count(*) from control_gl(date '{day}') where difference_kzt <> 0")
            assert off == 0, day


def test_buckets_sum_to_what_is_open(case: Case) -> None:
    for day in case.days:
        owed, parts, late = case.published.rows(
            "select sum(open_kzt), sum(not_due_kzt + d1_30_kzt + d31_60_kzt + d61_90_kzt + d91_plus_kzt),"
            f" sum(overdue_kzt + not_due_kzt) from ageing(date '{day}')"
        )[0]
        items = case.published.value(f"select sum(open_kzt) from ar_open(date '{day}') where not is_intercompany")
        assert owed == parts == late == items, day


def test_what_a_credit_gave_and_what_is_left_of_it_is_the_whole_credit(case: Case) -> None:
    for day in case.days:
        broken = case.published.rows(
            "with given as (select credit_doc_id, credit_line, sum(amount_doc) given from settlement where eff_date <= $1 group by all)"
            " select c.doc_id, c.line_no from credit_item c left join given g on (c.doc_id, c.line_no) = (g.credit_doc_id, g.credit_line)"
            f" left join advances(date '{day}') a on (c.doc_id, c.line_no) = (a.doc_id, a.line_no) and c.side = a.side"
            " where c.doc_date <= $1 and c.amount_doc <> coalesce(g.given, 0) + coalesce(a.unused_doc, 0)",
            day,
        )
        assert broken == [], day
    over = "select d.doc_id, d.stage from settlement s join debit_item d on (d.doc_id, d.stage) = (s.debit_doc_id, s.stage)"
    assert case.published.rows(f"{over} group by all having sum(s.amount_doc) > any_value(d.amount_doc)") == []
    assert case.published.value("select count(*) from settlement where amount_doc <= 0 and method <> 'fx_close'") == 0


def test_later_documents_do_not_change_an_earlier_day(case: Case) -> None:
    whole = settle(case.books)
    for day in case.days:
        run_to_day = case.settled(day)
        assert run_to_day.paid == [s for s in whole.paid if s.day <= day]
        late = replace_later(case.books, day)
        assert settle(late, day).open == run_to_day.open


def replace_later(books: Books, day: date) -> Books:
    """The same books with the amounts of later documents doubled."""
    return replace(
        books,
        debits=[d if d.day <= day else replace(d, amount=d.amount * 2) for d in books.debits],
        credits=[c if c.day <= day else replace(c, amount=c.amount * 2) for c in books.credits],
    )


def test_a_day_without_documents_only_makes_debts_a_day_older(case: Case) -> None:
    busy = {p.day for p in case.books.papers.values()}
    quiet = [d for d in (date(2025, 12, 2) + timedelta(days=n) for n in range(110)) if d not in busy][:5]
    assert quiet
    for day in quiet:
        before = case.published.open_items("ar", day - timedelta(days=1))
        after = case.published.open_items("ar", day)
        same([(*r[:12], r[12] + 1, r[14]) for r in before], [(*r[:13], r[14]) for r in after], day)


def test_the_order_of_arrival_does_not_matter(case: Case) -> None:
    shuffled: Wire = {name: Random(3).sample(rows, len(rows)) for name, rows in case.wire.items()}
    books = books_of(shuffled)
    for day in case.days[-3:]:
        assert settle(books, day) == case.settled(day)


def test_a_payment_in_two_halves_pays_the_same(case: Case) -> None:
    halves = []
    for credit in case.books.credits:
        part = (credit.amount / 2).quantize(Decimal("0.01"))
        halves += [replace(credit, line=2 * credit.line, amount=part)]
        halves += [replace(credit, line=2 * credit.line + 1, amount=credit.amount - part)]
    books = replace(case.books, credits=halves)
    for day in case.days:
        ours, theirs = case.settled(day), settle(books, day)
        assert theirs.open == ours.open
        assert by_pool(theirs) == by_pool(ours)


def by_pool(ledger: Ledger) -> dict[object, Decimal]:
    found: dict[object, Decimal] = defaultdict(Decimal)
    for credit, left in ledger.unused.items():
        found[credit.pool] += left
    return found


def test_documents_of_one_party_change_nothing_for_another(case: Case) -> None:
    debtors = Counter(d.pool.party for d in case.books.debits)
    gone = debtors.most_common(1)[0][0]
    books = replace(
        case.books,
        debits=[d for d in case.books.debits if d.pool.party != gone],
        credits=[c for c in case.books.credits if c.pool.party != gone],
    )
    left = settle(books, TODAY)
    assert left.open == {d: v for d, v in case.settled(TODAY).open.items() if d.pool.party != gone}


def test_statements_lead_from_opening_to_closing_and_no_line_is_lost(case: Case) -> None:
    db = case.published
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


def test_entities_sum_to_the_group_and_its_inner_debts(case: Case) -> None:
    for day in case.days:
        items = open_items(case.settled(day), "ar", day)
        by_org: dict[str, Decimal] = defaultdict(Decimal)
        for item in items:
            by_org[case.party(item.debit.pool.org)] += item.kzt
        sums = f"select org.bin, sum(open_kzt) from ar_open(date '{day}') join org using (org_id) group by 1"
        same(by_org.items(), case.published.rows(sums), day)
        outside = case.published.value(f"select coalesce(sum(open_kzt), 0) from ageing(date '{day}')")
        assert sum(by_org.values()) == outside + total(i.kzt for i in items if case.ours(i.debit.pool.party))


def test_no_money_is_a_floating_number(case: Case) -> None:
    columns = case.published.rows(
        "select table_name, column_name from duckdb_columns() where not internal and data_type in ('DOUBLE', 'FLOAT')"
    )
    assert {name for _, name in columns} <= {"score"}
    for call in case.published.macros():
        described = case.published.rows(f"describe select * from {call}")
        assert [d[0] for d in described if d[1] in {"DOUBLE", "FLOAT"}] == [], call
