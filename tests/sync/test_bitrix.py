"""The CRM source against the stand-in portal, over real HTTP: what a pull reads."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import polars as pl
import pytest
import stamina
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sync.errors import SourceRefused, SourceUnavailable
from sync.sources.bitrix_list import items
from sync.sources.bitrix_tables import DEAL, TABLES
from sync.standins.bitrix import BitrixServer, Fault
from sync.standins.company import generate
from sync.standins.company.model import Company
from sync.table import KEY, VERSION, Done, Page, Since, Sweep
from tests.sync.crm_mirror import NOW, Mirror, portal
from tests.sync.standins.crm_company import DEALS, LAST, edit, small_company


@pytest.fixture
def company() -> Company:
    return small_company()


@pytest.fixture(autouse=True)
def no_waiting() -> Iterator[None]:
    with stamina.set_testing(True, attempts=3):
        yield


def item_calls(server: BitrixServer) -> list[dict[str, Any]]:
    return [params for method, params in server.calls if method == "crm.item.list"]


# ---- a full pull


def test_a_full_pull_equals_the_company(company: Company) -> None:
    with portal(company) as (_, crm):
        got = Mirror().pull(crm)
    assert {int(ref): row for ref, row in got.rows["deal"].items()} == {
        d.id: {
            KEY: str(d.id), VERSION: d.updated_at.replace(tzinfo=None).isoformat(),
            "id": d.id, "title": d.title, "categoryId": d.pipeline, "stageId": d.stage, "stageSemanticId": d.semantics,
            "opportunity": Decimal(d.total) / 100, "currencyId": d.currency, "probability": d.probability, "companyId": d.company,
            "contactId": d.contact, "assignedById": d.owner, "begindate": d.begin, "closedate": d.close,
            "createdTime": d.created_at.replace(tzinfo=None), "updatedTime": d.updated_at.replace(tzinfo=None),
            "movedTime": d.moved_at.replace(tzinfo=None), "ufCrmInvoiceNumber": d.invoice or "", "comments": d.comments or None,
        }
        for d in company.deals
    }  # fmt: skip
    invoices = {
        i.id: (i.number, i.deal, i.company, Decimal(i.total) / 100, Decimal(i.tax) / 100, i.begin, i.close)
        for i in company.crm_invoices
    }
    names = ("accountNumber", "parentId2", "companyId", "opportunity", "taxValue", "begindate", "closedate")
    assert {row["id"]: tuple(row[name] for name in names) for row in got.rows["invoice"].values()} == invoices
    assert {(r["id"], r["title"]) for r in got.rows["company"].values()} == {(c.id, c.title) for c in company.companies}
    assert {(r["id"], r["name"], r["companyId"]) for r in got.rows["contact"].values()} == {
        (c.id, c.name, c.company) for c in company.contacts
    }
    assert {(r["ENTITY_ID"], r["STATUS_ID"], r["SORT"], r["SEMANTICS"]) for r in got.rows["stage"].values()} == {
        (s.entity, s.id, s.sort, s.semantics) for s in company.stages
    }
    assert {(r["id"], r["name"], r["isDefault"]) for r in got.rows["category"].values()} == {
        (0, "Продажи", "Y"),
        (3, "Тендеры", "N"),
    }
    assert {(r["ID"], r["LAST_NAME"], r["ACTIVE"]) for r in got.rows["user"].values()} == {
        (u.id, u.last_name, u.active) for u in company.users
    }
    assert {(r["ENTITY_ID"], r["RQ_INN"]) for r in got.rows["requisite"].values()} == {
        (c.id, c.bin) for c in company.companies
    }
    by_requisite = {r["ID"]: r["ENTITY_ID"] for r in got.rows["requisite"].values()}
    assert {(by_requisite[r["ENTITY_ID"]], r["RQ_IIK"]) for r in got.rows["bank_detail"].values()} == {
        (c.id, c.iban) for c in company.companies if c.iban
    }
    assert got.totals == {"deal": str(DEALS), "company": "12", "contact": "30", "invoice": "60"}
    assert got.rejects == []


def test_frames_have_the_declared_columns_and_types(company: Company) -> None:
    with portal(company) as (_, crm):
        pages = [item for item in crm.pull(Since(True, NOW, None, {})) if isinstance(item, Page)]
    polars = {"BIGINT": pl.Int64(), "VARCHAR": pl.String(), "BOOLEAN": pl.Boolean(), "DATE": pl.Date(), "TIMESTAMP": pl.Datetime("us"),
              "DECIMAL(18,2)": pl.Decimal(18, 2)}  # fmt: skip
    assert {page.table for page in pages} == {table.name for table in TABLES}
    for page in pages:
        declared = next(table.columns for table in TABLES if table.name == page.table)
        assert dict(page.frame.schema) == {
            KEY: pl.String(),
            VERSION: pl.String(),
            **{n: polars[k] for n, k in declared.items()},
        }
        assert page.frame[KEY].null_count() == 0


@pytest.mark.promise("sync.no_contacts")
def test_no_phone_or_mail_is_ever_asked_for(company: Company) -> None:
    with portal(company) as (server, crm):
        Mirror().pull(crm)
    for params in item_calls(server):
        assert "fm" not in params["select"]
        assert "*" not in params["select"]


def test_a_pull_of_a_small_company_takes_few_requests(company: Company) -> None:
    with portal(company) as (server, crm):
        first = Mirror().pull(crm)
        assert len(server.requests) <= 8
        server.requests.clear()
        first.pull(crm)
        assert len(server.requests) <= 8


@pytest.mark.parametrize("references", [True, False], ids=["resolved", "not resolved"])
def test_a_long_list_is_read_whole_with_and_without_references_in_a_batch(references: bool) -> None:
    company = small_company(700)
    with portal(company, references=references) as (server, crm):
        got = Mirror().pull(crm)
        requests = len(server.requests)
    assert {row["id"] for row in got.rows["deal"].values()} == {d.id for d in company.deals}
    assert got.totals["deal"] == "700"
    assert (requests < 12) is references


def test_a_list_that_does_not_move_on_is_an_error_and_not_an_endless_loop() -> None:
    listing = items(DEAL, ["id"])
    page = {"items": [{"id": n} for n in range(1, 51)]}
    assert len(listing.take([page])) == 50
    assert list(listing.calls("p", 9)) == ["p_0", "p_1"]
    assert len(listing.take([{"items": [{"id": n} for n in range(51, 101)]}, page])) == 50
    assert (listing.last, list(listing.calls("p", 9))) == (100, ["p_0"])
    with pytest.raises(SourceUnavailable, match="gave the page before again"):
        listing.take([page])


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deals=st.integers(0, 160), gone=st.sets(st.integers(1, 160), max_size=20))
def test_pulling_twice_yields_the_same_rows_and_ends_with_the_company(deals: int, gone: set[int]) -> None:
    company = small_company(deals)
    company.deals = [d for n, d in enumerate(company.deals) if n not in gone]
    with portal(company) as (_, crm):
        once = Mirror().pull(crm)
        again = once.pull(crm)
        anew = once.pull(crm, full=True)
    assert once.rows == again.rows == anew.rows
    assert {row["id"] for row in once.rows["deal"].values()} == {d.id for d in company.deals}


# ---- increments


def test_an_increment_asks_only_the_closed_window_by_the_portals_clock(company: Company) -> None:
    clock = [LAST + timedelta(hours=5)]
    with portal(company, clock=lambda: clock[0]) as (server, crm):
        first = Mirror().pull(crm)
        assert first.done == Done((clock[0] - timedelta(seconds=60)).isoformat(), "2026-01-30")
        server.calls.clear()
        clock[0] += timedelta(days=1)
        second = first.pull(crm)
    windows = [p["filter"] for p in item_calls(server) if "title" in p["select"] and p["entityTypeId"] == "2"]
    start = LAST + timedelta(hours=5) - timedelta(seconds=60) - timedelta(minutes=15)
    assert windows == [
        {">=updatedTime": start.isoformat(), "<updatedTime": (clock[0] - timedelta(seconds=60)).isoformat(), ">id": "0"}
    ]
    assert all(p["start"] == "-1" and p["order"] == {"id": "ASC"} for p in item_calls(server) if "filter" in p)
    assert second.rows == first.rows


@pytest.mark.parametrize("seed", [1, 7])
def test_the_demo_company_read_in_two_steps_is_the_one_read_at_once(seed: int) -> None:
    story = generate("demo", seed)
    with portal(story.before) as (server, crm):
        before = Mirror().pull(crm)
        server.load(story.now)
        now = before.pull(crm)
        anew = Mirror().pull(crm)
        assert {status for _, _, status in server.requests} == {200}
    assert before.rows["deal"] != now.rows["deal"]
    assert now.rows == anew.rows
    assert {row["id"]: row["opportunity"] for row in now.rows["deal"].values()} == {
        deal.id: Decimal(deal.total) / 100 for deal in story.now.deals
    }


def test_an_edit_within_the_last_minute_is_left_for_the_next_pull(company: Company) -> None:
    clock = [LAST + timedelta(hours=5)]
    with portal(company, clock=lambda: clock[0]) as (server, crm):
        first = Mirror().pull(crm)
        clock[0] += timedelta(hours=1)
        edit(company, 3, clock[0] - timedelta(seconds=30))
        server.load(company)
        second = first.pull(crm)
        assert second.rows["deal"]["3"]["title"] == first.rows["deal"]["3"]["title"]
        clock[0] += timedelta(minutes=10)
        assert second.pull(crm).rows["deal"]["3"]["title"] == "Правка"


def test_a_row_edited_between_two_pages_is_caught_by_the_next_pull(company: Company) -> None:
    clock = [LAST + timedelta(hours=5)]

    def seller(server: BitrixServer) -> None:
        edit(company, 3, clock[0])
        server.load(company)

    with portal(company, clock=lambda: clock[0]) as (server, crm):
        server.faults.append(Fault("crm.item.list", then=seller))
        first = Mirror().pull(crm)
        assert len(first.rows["deal"]) == DEALS
        assert first.rows["deal"]["3"]["title"] != "Правка"
        clock[0] += timedelta(hours=1)
        assert first.pull(crm).rows["deal"]["3"]["title"] == "Правка"


def test_rows_that_share_one_second_over_a_page_edge_come_once_each(company: Company) -> None:
    moment_of_all = LAST + timedelta(hours=6)
    clock = [LAST + timedelta(hours=5)]
    with portal(company, clock=lambda: clock[0]) as (server, crm):
        first = Mirror().pull(crm)
        for deal in company.deals:
            edit(company, deal.id, moment_of_all, f"Разом {deal.id}")
        server.load(company)
        clock[0] = moment_of_all + timedelta(hours=1)
        pages = [i for i in crm.pull(first.since()) if isinstance(i, Page) and i.table == "deal"]
    assert len(pages) > 1
    assert sorted(row["id"] for page in pages for row in page.frame.to_dicts()) == [d.id for d in company.deals]


def test_an_old_row_that_becomes_readable_is_read_though_nobody_edited_it(company: Company) -> None:
    hidden = company.deals[7]
    company.deals.remove(hidden)
    clock = [LAST + timedelta(hours=5)]
    with portal(company, clock=lambda: clock[0]) as (server, crm):
        first = Mirror().pull(crm)
        company.deals.insert(7, hidden)
        server.load(company)
        clock[0] += timedelta(days=1)
        second = first.pull(crm)
    assert str(hidden.id) in second.rows["deal"]
    assert second.totals["deal"] == str(DEALS)


# ---- deletions


def test_a_deleted_deal_leaves_the_mirror(company: Company) -> None:
    with portal(company) as (server, crm):
        first = Mirror().pull(crm)
        company.deals = company.deals[1:-3]
        server.load(company)
        second = first.pull(crm)
    assert {row["id"] for row in second.rows["deal"].values()} == {d.id for d in company.deals}
    assert second.totals["deal"] == str(DEALS - 4)


def test_a_deal_deleted_while_it_is_read_is_not_counted_as_missing(company: Company) -> None:
    def remover(server: BitrixServer) -> None:
        company.deals = company.deals[:-1]
        server.load(company)

    with portal(company) as (server, crm):
        first = Mirror().pull(crm)
        server.faults.append(Fault("crm.item.list", skip=10, then=remover))
        second = first.pull(crm)
    assert second.totals["deal"] == str(len(second.rows["deal"])) == str(DEALS - 1)


def test_a_deal_deleted_after_it_was_read_stays_until_the_next_pull_and_is_counted(company: Company) -> None:
    def remover(server: BitrixServer) -> None:
        company.deals = company.deals[:-1]
        server.load(company)

    with portal(company) as (server, crm):
        server.faults.append(Fault("crm.item.list", skip=6, then=remover))
        first = Mirror().pull(crm)
        second = first.pull(crm)
    assert first.totals["deal"] == str(len(first.rows["deal"])) == str(DEALS)
    assert second.totals["deal"] == str(len(second.rows["deal"])) == str(DEALS - 1)


@pytest.mark.parametrize(("left", "allowed"), [(DEALS - DEALS // 5, True), (DEALS - DEALS // 5 - 1, False), (0, False)])
def test_more_than_a_fifth_gone_stops_the_source_and_tombstones_nothing(
    company: Company, left: int, allowed: bool
) -> None:
    with portal(company) as (server, crm):
        first = Mirror().pull(crm)
        company.deals = company.deals[:left]
        server.load(company)
        if allowed:
            assert len(first.pull(crm).rows["deal"]) == left
            return
        got: list[object] = []
        with pytest.raises(SourceRefused, match=f"{DEALS - left} of {DEALS} rows of deal have vanished at once"):
            got.extend(crm.pull(first.since()))
        assert not any(isinstance(item, (Sweep, Done)) for item in got)
        assert len(first.pull(crm, full=True).rows["deal"]) == left


def test_the_last_employee_does_not_vanish_unseen(company: Company) -> None:
    with portal(company) as (server, crm):
        first = Mirror().pull(crm)
        company.users = []
        server.load(company)
        with pytest.raises(SourceRefused, match="rows of user have vanished"):
            first.pull(crm)
