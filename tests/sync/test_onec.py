"""The 1C source against the loopback 1C, over real HTTP: what a pull reads and how little the next one asks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import chain

import pytest
import stamina

from sync import http
from sync.sources.onec import TABLES, source
from sync.sources.onec.shape import polars_type
from sync.standins.company import Company, Story, generate
from sync.standins.company.model import KINDS, Doc
from sync.standins.onec import PASSWORD, USER, InsertBetweenPages, OnecServer, Status, TooLarge
from sync.table import KEY, Page, Since, Sweep
from tests.sync.onec_mirror import BEFORE, GENTLE, NOW, Mirror, asked, money, recent, served


def wall(year: int, month: int, day: int, hour: int = 0) -> datetime:
    """A moment of 1C's clock, which has no zone."""
    return datetime(year, month, day, hour)


EMPTY = "00000000-0000-0000-0000-000000000000"


@pytest.fixture(autouse=True)
def no_waiting() -> Iterator[None]:
    with stamina.set_testing(True, attempts=3, cap=True):
        yield


@pytest.fixture(scope="module")
def story() -> Story:
    made = generate("demo", 7)
    return replace(made, before=recent(made.before), now=recent(made.now))


@pytest.fixture(scope="module")
def pulled(story: Story) -> Mirror:
    """The earlier state, pulled whole. Not to be changed: `copied` gives one that may be."""
    mirror = Mirror()
    with served(story.before) as server:
        mirror.pull(server, BEFORE)
    return mirror


@pytest.fixture
def copied(pulled: Mirror) -> Mirror:
    return Mirror(
        {name: dict(rows) for name, rows in pulled.rows.items()},
        {name: dict(rows) for name, rows in pulled.lines.items()},
        done=pulled.done,
    )


@pytest.fixture
def tiny() -> Iterator[OnecServer]:
    with served(recent(generate("tiny", 7).before)) as server:
        yield server


def parties(company: Company) -> set[str]:
    return {p.ref for p in company.parties}


def closed(company: Company, kind: str) -> Doc:
    """A document of the closed past."""
    return next(d for d in company.docs if d.kind == kind and d.moment.year == 2025 and d.moment.month < 9)


# ---- a full pull


def test_every_document_comes_with_its_head_to_the_tiyn(story: Story, pulled: Mirror) -> None:
    for kind in KINDS:
        truth = {
            d.ref: (d.number, d.moment, money(d.total), d.posted, d.deleted)
            for d in story.before.docs
            if d.kind == kind
        }
        read = {
            ref: (row["Number"], row["Date"], row.get("СуммаДокумента", 0), row["Posted"], row["DeletionMark"])
            for ref, row in pulled.rows[kind].items()
        }
        assert read == truth, kind


def test_the_limits_of_contracts_come_as_their_additional_attributes(story: Story, pulled: Mirror) -> None:
    (limit,) = (ref for ref, row in pulled.rows["extra_property"].items() if "лимит" in row["Description"])
    found = [row for row in pulled.rows["contract_extra"].values() if row["Свойство_Key"] == limit]
    read = {row["Ref_Key"]: Decimal(row["Значение"]) for row in found}
    assert read == {c.ref: money(c.limit) for c in story.before.contracts if c.limit is not None}
    assert len(found) == len(read) < len(pulled.rows["contract_extra"])


def test_every_line_of_goods_and_services_comes_to_the_tiyn(story: Story, pulled: Mirror) -> None:
    for section in ("goods", "services"):
        for kind in ("sale", "purchase", "invoice_out", "sale_return", "purchase_return"):
            truth = {
                d.ref: [(n, Decimal(i.qty) / 1000, money(i.total), money(i.vat_total)) for n, i in enumerate(lines, 1)]
                for d in story.before.docs
                if d.kind == kind and (lines := getattr(d, section))
            }
            read = {
                ref: [(r["LineNumber"], r["Количество"], r["Сумма"], r["СуммаНДС"]) for r in rows]
                for ref, rows in pulled.lines[f"{kind}_{section}"].items()
            }
            assert read == truth, (kind, section)


def test_allocations_of_payments_name_what_they_pay(story: Story, pulled: Mirror) -> None:
    here = {d.ref for d in story.before.docs}
    for kind in ("bank_in", "bank_out", "bank_in_order", "bank_out_order"):
        truth = {
            d.ref: [(a.contract, money(a.total), a.target if a.target in here else "") for a in d.allocations]
            for d in story.before.docs
            if d.kind == kind and d.allocations
        }
        read = {
            ref: [(r["ДоговорКонтрагента_Key"], r["СуммаПлатежа"], r["Сделка"].replace(EMPTY, "")) for r in rows]
            for ref, rows in pulled.lines[f"{kind}_split"].items()
        }
        assert read == truth, kind


def test_entries_come_with_accounts_and_dimensions_and_add_up(story: Story, pulled: Mirror) -> None:
    truth = {f"{e.doc}|{e.line}": (e.moment, money(e.total)) for e in story.before.entries}
    assert {ref: (row["Period"], row["Сумма"]) for ref, row in pulled.rows["gl"].items()} == truth
    assert Decimal(pulled.totals["gl.sum:Сумма"]) == sum((total for _, total in truth.values()), Decimal(0))
    known = parties(story.before)
    assert any(row["ExtDimensionDr1"] in known for row in pulled.rows["gl"].values())


def test_turnovers_of_a_month_equal_its_entries(pulled: Mirror) -> None:
    month = date(2025, 11, 1)
    entries = [r for r in pulled.rows["gl"].values() if r["Period"].date().replace(day=1) == month]
    turnovers = [r for r in pulled.rows["gl_turnover"].values() if r["month"] == month]
    assert entries
    for side in ("Dr", "Cr"):
        assert sum(r[f"СуммаTurnover{side}"] for r in turnovers) == sum(r["Сумма"] for r in entries)


def test_the_balance_holds_the_whole_of_today(pulled: Mirror) -> None:
    assert {row["as_of"] for row in pulled.rows["gl_balance"].values()} == {date(2026, 1, 10)}
    debit = sum((row["СуммаBalanceDr"] or Decimal(0) for row in pulled.rows["gl_balance"].values()), Decimal(0))
    credit = sum((row["СуммаBalanceCr"] or Decimal(0) for row in pulled.rows["gl_balance"].values()), Decimal(0))
    assert debit == credit != 0


def test_catalogs_rates_and_stock_are_whole(story: Story, pulled: Mirror) -> None:
    assert set(pulled.rows["counterparty"]) == parties(story.before)
    assert set(pulled.rows["contract"]) == {c.ref for c in story.before.contracts}
    assert len(pulled.rows["fx_rate"]) == len(story.before.rates)
    assert len(pulled.rows["stock"]) == len(story.before.stock)
    assert (
        sum(r["Количество"] for r in pulled.rows["stock"].values())
        == Decimal(sum(m.qty for m in story.before.stock)) / 1000
    )


def test_totals_are_what_was_read(pulled: Mirror) -> None:
    for name, value in pulled.totals.items():
        table, _, what = name.partition(".")
        assert what != "rows" or int(value) == len(pulled.rows[table]), name


def test_frames_have_the_declared_types(tiny: OnecServer) -> None:
    declared = {t.name: {c: polars_type(duck) for c, duck in t.columns.items()} for t in TABLES}
    with http.client(tiny.url, (USER, PASSWORD)) as client:
        for item in source(client, reading=GENTLE).pull(Since(True, NOW, None, {})):
            if isinstance(item, Page):
                for name, frame in chain([(item.table, item.frame)], item.children.items()):
                    columns = {c: t for c, t in frame.schema.items() if c not in {KEY, "src_version"}}
                    assert columns == declared[name]
                    assert not frame[KEY].null_count()


def test_a_document_dated_ahead_is_read_and_does_not_move_the_day_that_data_reach(tiny: OnecServer) -> None:
    company = tiny.service.books.company
    ahead = replace(company.docs[-1], ref="aaaaaaaa-0000-4000-8000-000000000001", moment=wall(2027, 5, 1, 12))
    last = max(d.moment for d in company.docs if d.moment <= wall(2026, 1, 31, 20))
    tiny.load(replace(company, docs=[*company.docs, ahead]))
    mirror = Mirror()
    mirror.pull(tiny, NOW)
    assert ahead.ref in mirror.rows[ahead.kind]
    assert mirror.done
    assert mirror.done.data_to == last.date().isoformat()


# ---- the next pull


def test_an_incremental_pull_ends_with_what_a_full_one_reads(story: Story, copied: Mirror) -> None:
    whole = Mirror()
    with served(story.before) as server:
        server.load(story.now)
        copied.pull(server, NOW)
        whole.pull(server, NOW, full=True)
    for name, rows in whole.rows.items():
        assert copied.rows[name] == rows, name
    for name in whole.lines:
        assert copied.live_lines(name) == whole.lines[name], name
    assert copied.totals == whole.totals


def test_a_second_pull_without_news_reads_nothing_of_the_closed_past(story: Story, copied: Mirror) -> None:
    with served(story.before) as server:
        copied.pull(server, BEFORE)
        rows = [a for a in asked(server, "/Document_") if "$count" not in a and "$top" not in a and "$select" not in a]
        assert rows
        assert all("ge datetime'2025-12" in a or "ge datetime'2026" in a for a in rows)
        entries = asked(server, "RecordsWithExtDimensions")
        assert all("StartPeriod=datetime'2025-12" in a or "StartPeriod=datetime'2026" in a for a in entries)
        stock = [a for a in asked(server, "RecordType?") if "$top" not in a]
        assert all("ge datetime'2025-12" in a or "ge datetime'2026" in a for a in stock)
    opened = sum(1 for d in story.before.docs if d.kind == "sale" and d.moment >= wall(2025, 12, 1))
    assert copied.came["sale"] == opened
    assert copied.came["counterparty"] == 0


def test_a_document_rewritten_in_the_closed_past_is_asked_for_by_its_key(story: Story, copied: Mirror) -> None:
    old = closed(story.before, "sale")
    with served(story.before) as server:
        server.touch(old.ref)
        copied.pull(server, BEFORE)
        assert [a for a in asked(server, f"Ref_Key eq guid'{old.ref}'") if " or " not in a]
        assert asked(server, f"StartPeriod=datetime'{old.moment:%Y-%m}-01")
        assert asked(server, f"ge datetime'{old.moment:%Y-%m}-01")


def test_many_changes_in_the_past_go_in_batches_or_windows(story: Story, copied: Mirror) -> None:
    some = [d.ref for d in story.before.docs if d.kind == "purchase" and d.moment.month < 11][:23]
    with served(story.before) as server:
        for ref in some:
            server.touch(ref)
        copied.pull(server, BEFORE)
        batches = asked(server, "Ref_Key eq guid'")
        assert sorted(a.count("Ref_Key eq") for a in batches) == [3, 20]
        for doc in story.before.docs:
            if doc.kind == "purchase":
                server.touch(doc.ref)
        copied.pull(server, BEFORE)
        assert not asked(server, "Ref_Key eq guid'")


def test_a_deleted_document_and_its_entries_vanish(story: Story, copied: Mirror) -> None:
    gone = closed(story.before, "bank_in")
    rest = replace(
        story.before,
        docs=[d for d in story.before.docs if d.ref != gone.ref],
        entries=[e for e in story.before.entries if e.doc != gone.ref],
    )
    assert any(row["Recorder"] == gone.ref for row in copied.rows["gl"].values())
    with served(rest) as server:
        copied.pull(server, BEFORE)
    assert gone.ref not in copied.rows["bank_in"]
    assert all(row["Recorder"] != gone.ref for row in copied.rows["gl"].values())


def test_entries_moved_to_another_party_in_the_past_are_read_again_although_totals_stand(
    story: Story, copied: Mirror
) -> None:
    old = closed(story.before, "sale")
    other = next(p.ref for p in story.before.parties if p.ref != old.party)
    moved = [
        replace(e, debit_dims=tuple((k, other if k == "party" else r) for k, r in e.debit_dims))
        if e.doc == old.ref
        else e
        for e in story.before.entries
    ]
    docs = [replace(d, party=other, version=d.version + 1) if d.ref == old.ref else d for d in story.before.docs]
    with served(replace(story.before, docs=docs, entries=moved)) as server:
        copied.pull(server, BEFORE)
    slots = [f"ExtDimensionDr{n}" for n in (1, 2, 3)]
    assert any(other in [row[s] for s in slots] for row in copied.rows["gl"].values() if row["Recorder"] == old.ref)


# ---- a base that moves and breaks while it is read


def test_a_row_inserted_between_two_pages_is_not_missed(story: Story) -> None:
    new = replace(
        story.before.parties[0], ref="bbbbbbbb-0000-4000-8000-000000000001", code="000000000", name="  Ромашка Тест"
    )

    def insert(company: Company) -> Company:
        return replace(company, parties=[new, *company.parties])

    mirror = Mirror()
    with served(story.before) as server:
        server.faults.append(InsertBetweenPages(insert, where="Catalog_Контрагенты?", after=1))
        mirror.pull(server, BEFORE, reading=replace(GENTLE, connections=1, page_rows=60))
    assert set(mirror.rows["counterparty"]) == parties(story.before) | {new.ref}


def test_a_document_inserted_while_windows_are_read_is_not_missed(story: Story) -> None:
    sample = closed(story.before, "invoice_out")
    early = wall(2025, 1, 1, 9)
    new = replace(sample, ref="bbbbbbbb-0000-4000-8000-000000000002", number="ТЕСТ-000001", moment=early)

    def insert(company: Company) -> Company:
        return replace(company, docs=[*company.docs, new])

    mirror = Mirror()
    with served(story.before) as server:
        late = InsertBetweenPages(
            insert, where=lambda a: "СчетНаОплату" in a and "lt" in a and "$count" not in a, after=3
        )
        server.faults.append(late)
        mirror.pull(server, BEFORE, reading=replace(GENTLE, connections=2, page_rows=40))
    assert new.ref in mirror.rows["invoice_out"]
    assert len(mirror.rows["invoice_out"]) == sum(d.kind == "invoice_out" for d in story.before.docs) + 1


@pytest.mark.parametrize(
    ("table", "asked_for", "after"), [("sale", "РеализацияТоваровУслуг/$count", 0), ("counterparty", "Контрагенты?", 1)]
)
def test_what_is_removed_from_1c_after_it_was_read_hides_no_other_row_and_is_counted_until_the_next_pull(
    story: Story, table: str, asked_for: str, after: int
) -> None:
    gone = closed(story.before, "sale").ref if table == "sale" else min(parties(story.before))

    def remove(company: Company) -> Company:
        return replace(
            company,
            docs=[d for d in company.docs if d.ref != gone],
            parties=[p for p in company.parties if p.ref != gone],
            entries=[e for e in company.entries if e.doc != gone],
            stock=[m for m in company.stock if m.doc != gone],
        )

    mirror, reading = Mirror(), replace(GENTLE, connections=1, page_rows=60)
    with served(story.before) as server:
        strike = InsertBetweenPages(remove, where=lambda a: asked_for in a and " lt " not in a, after=after)
        server.faults.append(strike)
        mirror.pull(server, BEFORE, reading=reading)
        assert not server.faults
        assert gone in mirror.rows[table]
        assert set(mirror.rows["counterparty"]) == parties(story.before)
        assert mirror.totals[f"{table}.rows"] == str(len(mirror.rows[table]))
        mirror.pull(server, BEFORE, reading=reading)
    assert gone not in mirror.rows[table]
    assert mirror.totals[f"{table}.rows"] == str(len(mirror.rows[table]))


def test_pages_that_are_too_large_for_1c_are_halved_until_they_pass(story: Story, pulled: Mirror) -> None:
    mirror = Mirror()
    with served(story.before) as server:
        server.faults += [
            TooLarge(rows=30, where="Document_"),
            TooLarge(rows=50, where="Catalog_"),
            TooLarge(rows=60, where="With"),
        ]
        mirror.pull(server, BEFORE)
        assert any(status == 500 for _, _, status in server.requests)
    assert mirror.rows == pulled.rows
    assert mirror.lines == pulled.lines


def test_many_documents_of_one_second_are_parted_by_skip(tiny: OnecServer) -> None:
    company = tiny.service.books.company
    sample = next(d for d in company.docs if d.kind == "invoice_out")
    same = [replace(sample, ref=f"cccccccc-0000-4000-8000-{n:012}", number=f"Т-{n:06}") for n in range(70)]
    tiny.load(replace(company, docs=[*company.docs, *same]))
    tiny.faults.append(TooLarge(rows=25, where="СчетНаОплату"))
    mirror = Mirror()
    mirror.pull(tiny, NOW)
    assert {d.ref for d in same} <= set(mirror.rows["invoice_out"])


def test_a_base_without_count_is_counted_by_its_keys(tiny: OnecServer) -> None:
    usual, without = Mirror(), Mirror()
    usual.pull(tiny, NOW)
    tiny.faults.append(Status(404, "Not Found", "text/plain", where="$count", times=None))
    without.pull(tiny, NOW)
    assert without.rows == usual.rows


def test_the_session_is_kept_given_back_and_begun_anew_when_it_is_stale(tiny: OnecServer) -> None:
    def forget(company: Company) -> Company:
        tiny.sessions.expire()
        return company

    for stale in (400, 404, 500):
        tiny.sessions.stale = stale
        tiny.faults.append(InsertBetweenPages(forget, where="Document_"))
        mirror = Mirror()
        mirror.pull(tiny, NOW)
        assert len(mirror.rows["sale"]) == sum(d.kind == "sale" for d in tiny.service.books.company.docs)
        assert not tiny.sessions.live


def test_a_sweep_names_what_1c_holds(tiny: OnecServer) -> None:
    with http.client(tiny.url, (USER, PASSWORD)) as client:
        sweeps = {
            i.table: set(i.refs)
            for i in source(client, reading=GENTLE).pull(Since(True, NOW, None, {}))
            if isinstance(i, Sweep)
        }
    assert sweeps["sale"] == {d.ref for d in tiny.service.books.company.docs if d.kind == "sale"}


def test_the_open_period_can_be_set(tiny: OnecServer) -> None:
    mirror = Mirror()
    mirror.pull(tiny, NOW)
    mirror.pull(tiny, datetime(2026, 1, 31, 15, tzinfo=UTC), reading=replace(GENTLE, open_from=date(2020, 1, 1)))
    assert mirror.came["sale"] == len(mirror.rows["sale"])
