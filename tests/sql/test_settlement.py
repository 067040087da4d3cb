"""Settlement in SQL equals a plain walk over the documents, on any date, whatever the mix of links and order."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import sql
from tests.sql.settling import Credit, Debit, settle

START = date(2025, 1, 1)
TABLES = """
create table doc (doc_id varchar, type varchar, org_id varchar, cp_id varchar, contract_id varchar, number varchar, doc_date date,
    currency varchar, sum_doc decimal(18,2), rate decimal(18,4), rate_mult bigint, base_doc_id varchar, due_source varchar);
create table doc_key (doc_id varchar, src_ref varchar);
create table doc_schedule (doc_id varchar, stage integer, due_date date, amount_doc decimal(18,2));
create table pay_alloc (doc_id varchar, line_no integer, contract_id varchar, target_doc_id varchar, invoice_doc_id varchar,
    amount_doc decimal(18,2), amount_kzt decimal(18,2), side varchar, amount_settled decimal(18,2));
create table contract (contract_id varchar, cp_id varchar, org_id varchar, currency varchar, settle_mode varchar);
create table cp (cp_id varchar, name varchar, is_intercompany boolean);
create table fx_rate (currency varchar, rate_date date, rate decimal(18,4), mult bigint);
create table gl (account varchar, line_side varchar, org_id varchar, cp_id varchar, contract_id varchar, doc_id varchar, dt date,
    amount_kzt decimal(18,2), amount_doc decimal(18,2), currency varchar);
create table debt_account as from (values ('1210', 'ar', 'debt'), ('3510', 'ar', 'advance')) t (account, side, kind);
"""


def build(con: duckdb.DuckDBPyConnection) -> None:
    found = {d.name: d for folder in ("core", "settlement", "mart") for d in sql.read(folder)}
    con.execute(f"create or replace macro in_kzt(amount_doc, rate, mult) as {found['in_kzt'].body}")
    con.execute(f"create or replace macro share_of(amount, part, whole) as ({found['share_of'].body})")
    for name in (
        "journal_item",
        "debit_item",
        "credit_item",
        "claim",
        "matched",
        "revaluation",
        "settlement",
        "open_span",
        "unused_span",
    ):
        con.execute(f"create or replace table {name} as {found[name].body}")
    con.execute(f"create or replace macro open_items(of_side, as_of) as table {found['open_items'].body}")
    for name in ("ar_open", "advances"):
        con.execute(f"create or replace macro {name}(as_of) as table {found[name].body}")


@pytest.fixture(scope="module")
def con() -> duckdb.DuckDBPyConnection:
    db = duckdb.connect()
    db.execute("set threads = 1")
    db.execute(TABLES)
    return db


def load(con: duckdb.DuckDBPyConnection, debits: list[Debit], payments: list[Credit], *, in_order: bool) -> None:
    for table in ("doc", "doc_key", "doc_schedule", "pay_alloc", "contract", "cp", "gl"):
        con.execute(f"delete from {table}")
    con.execute(
        "insert into contract values ('ct_1', 'cp_1', 'org_1', 'KZT', ?)",
        ["by_contract" if in_order else "by_document"],
    )
    con.execute("insert into cp values ('cp_1', 'Пример', false)")
    for d in debits:
        total = sum(a for _, a in d.stages)
        con.execute(
            "insert into doc values (?, 'sale', 'org_1', 'cp_1', 'ct_1', ?, ?, 'KZT', ?, 1, 1, null, 'none')",
            [d.ref, d.ref, d.day, Decimal(total) / 100],
        )
        con.execute("insert into doc_key values (?, ?)", [d.ref, d.ref])
        for n, (due, amount) in enumerate(d.stages, start=1):
            con.execute("insert into doc_schedule values (?, ?, ?, ?)", [d.ref, n, due, Decimal(amount) / 100])
    for c in payments:
        con.execute(
            "insert into doc values (?, 'pay_in', 'org_1', 'cp_1', null, ?, ?, 'KZT', ?, 1, 1, null, null)",
            [c.ref, c.ref, c.day, Decimal(c.amount) / 100],
        )
        con.execute("insert into doc_key values (?, ?)", [c.ref, c.ref])
        con.execute(
            "insert into pay_alloc values (?, 1, 'ct_1', ?, null, ?, null, 'ar', null)",
            [c.ref, c.target, Decimal(c.amount) / 100],
        )
    build(con)


def report(con: duckdb.DuckDBPyConnection, as_of: date) -> tuple[dict[tuple[str, int], int], dict[str, int]]:
    open_ = {
        (r[0], r[1]): int(r[2] * 100)
        for r in con.execute("select doc_id, stage, open_doc from ar_open($1)", [as_of]).fetchall()
    }
    unused = {
        r[0]: int(r[1] * 100) for r in con.execute("select doc_id, unused_doc from advances($1)", [as_of]).fetchall()
    }
    return open_, unused


days = st.integers(0, 12).map(lambda n: START + timedelta(days=n))
amounts = st.integers(1, 40)


@st.composite
def pools(draw: st.DrawFn) -> tuple[list[Debit], list[Credit], bool]:
    debits = []
    for n in range(draw(st.integers(0, 6))):
        day = draw(days)
        parts = draw(st.lists(amounts, min_size=1, max_size=3))
        debits.append(Debit(f"s{n}", day, tuple((day + timedelta(days=7 * i), a) for i, a in enumerate(parts))))
    targets = st.sampled_from([None, None, *(d.ref for d in debits)]) if debits else st.none()
    payments = [Credit(f"p{n}", draw(days), draw(amounts), draw(targets)) for n in range(draw(st.integers(0, 7)))]
    return debits, payments, draw(st.booleans())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pool=pools())
def test_open_items_and_advances_equal_a_walk_in_order_of_date(
    con: duckdb.DuckDBPyConnection, pool: tuple[list[Debit], list[Credit], bool]
) -> None:
    debits, payments, in_order = pool
    load(con, debits, payments, in_order=in_order)
    for n in (0, 3, 6, 9, 12):
        as_of = START + timedelta(days=n)
        open_, unused = settle(debits, payments, as_of, in_order=in_order)
        assert report(con, as_of) == ({k: v for k, v in open_.items() if v}, {k: v for k, v in unused.items() if v})


def test_tenge_paid_under_a_contract_in_dollars_settle_the_dollars_that_were_booked(
    con: duckdb.DuckDBPyConnection,
) -> None:
    load(con, [Debit("s0", START, ((START, 100_00),))], [Credit("p0", START, 50_000_00)], in_order=True)
    con.execute("update contract set currency = 'USD'")
    con.execute("update doc set currency = 'USD', rate = 500 where doc_id = 's0'")
    con.execute("update pay_alloc set amount_settled = 90, amount_kzt = 45000")
    build(con)
    assert report(con, START) == ({("s0", 1): 10_00}, {})


def revalue(
    con: duckdb.DuckDBPyConnection, day: date, kzt: str, doc_id: str | None = None, account: str = "1210"
) -> None:
    side = "cr" if kzt.startswith("-") else "dr"
    con.execute(
        "insert into gl values (?, ?, 'org_1', 'cp_1', 'ct_1', ?, ?, ?, 0, 'USD')",
        [account, side, doc_id, day, abs(Decimal(kzt))],
    )


def dollars(con: duckdb.DuckDBPyConnection, debits: list[Debit], payments: list[Credit]) -> None:
    """Sold at 480, paid at 475."""
    load(con, debits, payments, in_order=True)
    con.execute("update contract set currency = 'USD'")
    con.execute("update doc set currency = 'USD', rate = case type when 'sale' then 480 else 475 end")


def carried(con: duckdb.DuckDBPyConnection, as_of: date) -> dict[str, Decimal]:
    return dict(con.execute("select doc_id, open_kzt from ar_open($1)", [as_of]).fetchall())


def test_a_debt_in_dollars_stands_at_its_own_rate_with_its_share_of_each_revaluation(
    con: duckdb.DuckDBPyConnection,
) -> None:
    later = START + timedelta(days=9)
    dollars(
        con, [Debit(f"s{n}", START, ((START, 1_00),)) for n in range(3)] + [Debit("t", later, ((later, 1_00),))], []
    )
    revalue(con, START + timedelta(days=4), "10.00", "m1")  # of no document that is mirrored
    revalue(con, START + timedelta(days=4), "99.00", "m1", account="3510")  # advances are not revalued
    con.execute("insert into fx_rate values ('USD', ?, 490, 1), ('USD', ?, 700, 1)", [START, later])
    build(con)
    assert carried(con, START + timedelta(days=3)) == dict.fromkeys(("s0", "s1", "s2"), Decimal(480))
    third, rest = Decimal("483.33"), Decimal("483.34")
    assert carried(con, START + timedelta(days=4)) == {"s0": third, "s1": third, "s2": rest}
    assert carried(con, later) == {"s0": third, "s1": third, "s2": rest, "t": Decimal(480)}
    now = con.execute("select distinct open_kzt_now from ar_open($1)", [START + timedelta(days=4)]).fetchall()
    assert now == [(Decimal("490.00"),)]
    con.execute("delete from fx_rate")


def test_what_a_payment_leaves_of_a_debt_in_dollars_is_exchange_difference(con: duckdb.DuckDBPyConnection) -> None:
    paid, end = START + timedelta(days=6), START + timedelta(days=4)
    later = paid + timedelta(days=1)
    dollars(con, [Debit("s0", START, ((START, 100_00),))], [Credit("p0", paid, 40_00), Credit("p1", later, 60_00)])
    revalue(con, end, "500.00")
    revalue(con, paid, "120.00")  # of the sixty that are left that evening: two tenge each
    revalue(con, later, "77.00")  # nothing is left
    build(con)
    rows = con.execute("select credit_doc_id, method, amount_doc, amount_kzt from settlement order by all").fetchall()
    assert rows == [
        ("p0", "contract_fifo", Decimal(40), Decimal(19_000)),
        ("p0", "fx_close", Decimal(0), Decimal(400)),
        ("p1", "contract_fifo", Decimal(60), Decimal(28_500)),
        ("p1", "fx_close", Decimal(0), Decimal(720)),
    ]
    assert carried(con, later) == {}
    assert carried(con, paid) == {"s0": Decimal(29_220)}
    assert carried(con, end) == {"s0": Decimal(48_500)}


def test_a_payment_entry_without_currency_is_no_revaluation(con: duckdb.DuckDBPyConnection) -> None:
    dollars(con, [Debit("s0", START, ((START, 100_00),))], [Credit("p0", START, 40_00)])
    revalue(con, START, "-200.00", "p0")  # the exchange difference that the payment itself has posted
    build(con)
    assert carried(con, START) == {"s0": Decimal(28_800)}
