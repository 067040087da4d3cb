"""Every planted fact is in the company, and its expected values are what the ledger makes of the documents."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from sync.standins.company import Company, Story, generate, ground, ledger, revaluing, truth
from sync.standins.company.ground import TODAY, to_kzt
from sync.standins.company.model import Doc, Party
from sync.standins.company.plot import money

SEEDS = (42, 7)
CORE = {"1", "2", "3", "5", "6", "7", "12", "13", "15", "17"}


story_of = cache(generate)  # a test of two companies ends the turn of both fixtures


@pytest.fixture(scope="module", params=SEEDS)
def story(request: pytest.FixtureRequest) -> Story:
    return story_of("demo", request.param)


@pytest.fixture(scope="module", params=SEEDS)
def tiny(request: pytest.FixtureRequest) -> Story:
    return story_of("tiny", request.param)


walked: dict[int, tuple[Company, dict[str, truth.Account]]] = {}  # the company is kept, so that no other gets its id


def accounts(company: Company) -> dict[str, truth.Account]:
    if id(company) not in walked:
        walked[id(company)] = company, walk(company)
    return walked[id(company)][1]


def walk(company: Company) -> dict[str, truth.Account]:
    contracts = {contract.ref: contract for contract in company.contracts}
    pools = ledger.walk(company.docs, contracts)
    revaluing.revalue(ground.make(company.seed), company.docs, pools.values())
    return truth.receivables(pools, TODAY)


def named(company: Company, name: str) -> Party:
    (party,) = (party for party in company.parties if party.name == name)
    return party


def of(company: Company, name: str) -> dict[str, str]:
    account = accounts(company)[named(company, name).ref]
    return {
        "open_kzt": money(account.open),
        "overdue_kzt": money(account.overdue),
        "not_due_kzt": money(account.buckets["not_due_kzt"]),
        "advances_kzt": money(account.advances),
        "credits_kzt": money(account.credits),
    }


def docs(company: Company) -> dict[str, Doc]:
    return {doc.ref: doc for doc in company.docs}


def expected(fact: dict[str, Any], told: dict[str, str]) -> dict[str, str]:
    return {key: fact[key] for key in told if key in fact}


@pytest.mark.parametrize("fact", ["2", "5", "6", "7", "8", "9", "10", "11", "12", "18", "21", "25"])
def test_what_a_planted_customer_owes_is_what_was_planned(story: Story, fact: str) -> None:
    planned = story.truth["facts"][fact]
    told = of(story.now, planned["party"])
    assert told | expected(planned, told) == told


def test_the_tiny_company_adds_up_by_hand(tiny: Story) -> None:
    """Кровля 4,550,000.50, Кабель 1,250,000, Проект 600,000, Болт 0.01, Сервис 400,000, Трасса 1,400,000, 13: 777,000."""
    planted = {party.ref for party in tiny.now.parties if "Образец" in party.name}
    whole = sum(account.open for ref, account in accounts(tiny.now).items() if ref in planted)
    assert money(whole) == "8977000.51"
    assert set(tiny.truth["facts"]) == CORE


def test_the_demo_company_holds_every_planted_fact(story: Story) -> None:
    assert {int(fact) for fact in story.truth["facts"]} == set(range(1, 27))


def test_the_tiny_company_of_seed_42_is_the_one_that_was_checked_by_hand() -> None:
    golden = Path(__file__).with_name("test_company_tiny.json")
    assert generate("tiny", 42).truth == json.loads(golden.read_text(encoding="utf-8"))


def test_a_supplier_got_exactly_48250000_in_the_quarter(story: Story) -> None:
    fact = story.truth["facts"]["1"]
    card = named(story.now, fact["party"])
    quarter = [
        doc
        for doc in story.now.docs
        if doc.party == card.ref and date(2025, 10, 1) <= doc.moment.date() <= date(2025, 12, 31)
    ]
    paid = [doc for doc in quarter if doc.operation == "ОплатаПоставщику"]
    assert Counter("bank" if doc.bank_account else "cash" for doc in paid) == {"bank": 7, "cash": 1}
    assert Counter(doc.currency for doc in paid) == {"KZT": 7, "USD": 1}
    assert money(sum(to_kzt(doc.total, doc.rate, doc.mult) for doc in paid)) == "48250000.00"
    assert [money(doc.total) for doc in quarter if doc.operation == "ВозвратОтПоставщика"] == ["250000.00"]
    assert [money(doc.total) for doc in quarter if doc.kind == "debt_adjust"] == ["1200000.00"]


def test_number_234_is_on_three_documents_and_no_other(story: Story) -> None:
    found = [doc for doc in story.now.docs if doc.number.lstrip("АБВГДЕЖЗИКЛМНОПРСТ").lstrip("0") == "234"]
    assert {doc.number for doc in found} == {"00000000234"}
    kinds = sorted((doc.kind, doc.moment.year) for doc in found)
    assert kinds == [("invoice_out", 2024), ("invoice_out", 2025), ("sale", 2025)]
    assert {candidate["ref"] for candidate in story.truth["facts"]["3"]["candidates"]} == {doc.ref for doc in found}


def test_stages_are_paid_in_order_of_their_due_dates(story: Story) -> None:
    fact = story.truth["facts"]["5"]
    account = accounts(story.now)[named(story.now, fact["party"]).ref]
    told = [(d.stage, d.due.isoformat(), money(d.total), money(left)) for d, left in account.items]
    wanted = [tuple(stage.values()) for stage in fact["stages"] if stage["open"] != "0.00"]
    assert told == wanted


def test_a_return_next_year_keeps_the_old_rate(story: Story) -> None:
    fact = story.truth["facts"]["8"]
    back = docs(story.now)[fact["return_next_year"]]
    assert (back.moment.year, [(row.vat, row.vat_total) for row in back.services]) == (2026, [("12", 1_200_000)])


def test_between_the_states_papers_changed_as_planned(story: Story) -> None:
    before, now, fact = docs(story.before), docs(story.now), story.truth["facts"]["13"]
    again, moved = fact["reposted"], fact["moved"]
    assert replace(before[again], version=2) == now[again]
    assert [before[moved].party, now[moved].party] == [named(story.now, fact[key]).ref for key in ("party", "moved_to")]
    assert (before[fact["unposted"]].posted, now[fact["unposted"]].posted) == (True, False)
    assert (before[fact["marked"]].deleted, now[fact["marked"]].deleted) == (False, True)
    assert fact["vanished"] in before
    assert fact["vanished"] not in now
    late = story.truth["facts"]["12"]["entered_late"]
    assert late not in before
    assert now[late].moment.date() == date(2026, 1, 8)
    assert of(story.before, fact["party"])["open_kzt"] == fact["open_before_kzt"]
    assert of(story.now, fact["party"])["open_kzt"] == fact["open_kzt"]
    assert of(story.now, fact["moved_to"])["open_kzt"] == fact["moved_to_open_kzt"]
    changed = {again, moved, fact["unposted"], fact["marked"], fact["vanished"]}
    assert {ref for ref, doc in before.items() if now.get(ref) != doc} == changed


def test_the_bank_differs_from_1c_only_where_it_was_planted(story: Story) -> None:
    fact = story.truth["facts"]["14"]
    missing = date.fromisoformat(story.truth["facts"]["15"]["missing_day"]["last"]) + timedelta(days=1)
    lines = {line for file in story.now.statements for day in file.days for line in day.lines}
    unseen = fact["document_without_line"]["ref"]
    joined = fact["one_line_two_documents"]["refs"]
    paid = {doc.ref: doc for doc in story.now.docs if doc.bank_account and doc.moment.date() <= TODAY}
    absent = {ref: doc for ref, doc in paid.items() if ref not in {line.doc for line in lines}}
    assert {ref for ref, doc in absent.items() if doc.moment.date() != missing} == {unseen, joined[1]}
    (stranger,) = (line for line in lines if line.doc is None)
    assert (stranger.incoming, money(stranger.total)) == (True, fact["line_without_document"]["amount"])
    (both,) = (line for line in lines if line.doc == joined[0])
    assert money(both.total) == fact["one_line_two_documents"]["amount"]
    out, into = (next(line for line in lines if line.doc == fact["transfer"][way]) for way in ("out", "in"))
    assert (out.moment, into.moment) == (datetime(2025, 11, 20, 23, 58), datetime(2025, 11, 21, 0, 3))


def test_statements_chain_and_add_up_but_for_the_planted_flaws(story: Story) -> None:
    fact = story.truth["facts"]["15"]
    assert set(fact) == {"totals", "missing_day", "duplicate_file", "overlap"}
    gaps = []
    for account in {file.account for file in story.now.statements}:
        chain = sorted(
            (file for file in story.now.statements if file.account == account and file.flaw in {"", "missing_day"}),
            key=lambda file: file.first,
        )
        assert (chain[0].first, chain[0].days[0].opening, chain[-1].last) == (date(2022, 1, 1), 0, TODAY)
        for file, following in pairwise(chain):
            if following.days[0].opening != file.days[-1].closing:
                gaps.append(file.file)
            elif not file.flaw:
                assert following.first == file.last + timedelta(days=1)
    assert gaps == [fact["missing_day"]["file"]]
    broken = []
    for file in story.now.statements:
        for day in file.days:
            came = sum(line.total for line in day.lines if line.incoming)
            went = sum(line.total for line in day.lines if not line.incoming)
            right = (came, went, day.opening + came - went)
            if (day.total_in, day.total_out, day.closing) != right:
                broken.append(file.file)
        assert all(later.opening == earlier.closing for earlier, later in pairwise(file.days))
    assert broken == [fact["totals"]["file"]]
    assert {file.dialect for file in story.now.statements} == {"kaspi", "halyk", "bcc", "jusan", "ru"}
    assert all(file.last <= date(2026, 1, 10) for file in story.before.statements)
    for file in story.now.statements:
        text = "".join(line.party_name + line.purpose for day in file.days for line in day.lines)
        text.encode(file.encoding)  # a bank writes what its code page can hold


def test_names_are_spelled_three_ways_and_look_alikes_are_apart(story: Story) -> None:
    now, fact = story.now, story.truth["facts"]["16"]
    plain, twin = named(now, fact["party"]), named(now, fact["twin"])
    assert plain.bin != twin.bin
    banks = {
        line.party_name
        for file in now.statements
        for day in file.days
        for line in day.lines
        if line.party_bin == plain.bin
    }
    assert banks == {"Romashka LLP"}
    assert [company.bin for company in now.companies if company.title == "ромашка"] == [""]
    one, other = (party for party in now.parties if party.name == fact["namesakes"][0]["name"])
    assert one.bin != other.bin
    branch = named(now, fact["branch"]["name"])
    assert (branch.parent, branch.bin[5]) == (plain.ref, "1")
    mixed = fact["mixed_script"]
    assert mixed["name"] != mixed["reads"]
    assert mixed["name"].translate(str.maketrans("Oa", "Оа")) == mixed["reads"]
    for name, value in fact["open_kzt"].items():
        (card,) = (party for party in now.parties if name in {party.name, party.bin})
        assert money(accounts(now)[card.ref].open) == value


def test_vat_of_the_planted_sales_is_what_was_planned(story: Story) -> None:
    by_ref = docs(story.now)
    for planned in story.truth["facts"]["18"]["documents"]:
        doc = by_ref[planned["ref"]]
        assert money(doc.total) == planned["sum_doc"]
        assert money(sum(row.vat_total for row in doc.services)) == planned["vat"]
    assert {row.vat for doc in story.now.docs for row in doc.services} == {"12", "16", "0", "none"}


def test_own_entities_trade_and_stay_out_of_the_totals(story: Story) -> None:
    now, fact = story.now, story.truth["facts"]["19"]
    cards = [named(now, name) for name in fact["parties"]]
    assert [card.own_org for card in cards] == [org.ref for org in now.orgs[:3]]
    owed = accounts(now)
    assert money(sum(owed[card.ref].open for card in cards if card.ref in owed)) == fact["intercompany_open_kzt"]
    whole = sum(account.open for ref, account in owed.items() if ref not in {card.ref for card in cards})
    assert story.truth["questions"][0]["expect"]["rows"][0]["value"] == money(whole)


def test_one_store_ships_more_than_it_has(story: Story) -> None:
    fact = story.truth["facts"]["22"]
    (store,) = (store for store in story.now.warehouses if store.name == fact["warehouse"])
    assert sum(m.qty if m.receipt else -m.qty for m in story.now.stock if m.warehouse == store.ref) == -2000


def test_quiet_customers_and_a_month_without_sales(story: Story) -> None:
    now, fact = story.now, story.truth["facts"]["23"]
    nothing = {
        "open_kzt": "0.00",
        "overdue_kzt": "0.00",
        "not_due_kzt": "0.00",
        "advances_kzt": "0.00",
        "credits_kzt": "0.00",
    }
    assert of(now, fact["only_advances"]["party"]) == nothing | {"advances_kzt": "500000.00"}
    assert of(now, fact["only_credits"]["party"]) == nothing | {"credits_kzt": "300000.00"}
    (org,) = (org for org in now.orgs if org.name == fact["no_sales"]["org"])
    months = {f"{doc.moment:%Y-%m}" for doc in now.docs if doc.kind == "sale" and doc.org == org.ref}
    assert fact["no_sales"]["month"] not in months
    assert {"2025-07", "2025-09"} <= months


def test_answers_are_text_and_whole_and_ask_the_metric_tool(story: Story, tiny: Story) -> None:
    for told in (story.truth, tiny.truth):
        assert json.loads(json.dumps(told)) == told
        assert [question["id"] for question in told["questions"]] == [
            "ar_total",
            "ar_overdue",
            "ageing",
            "ap_total",
            "advances_total",
            "top_debtors",
            "client_receivables",
            "paid_to_supplier",
            "received_from",
            "invoice_status",
            "cash_position",
            "cash_flow",
            *(["can_ship"] if told is story.truth else []),
            "won_without_invoice",
            "esf_reconciliation",
        ]
        ageing = told["questions"][2]["expect"]["rows"][0]
        cents = {name: int(value.replace(".", "")) for name, value in ageing.items()}
        assert cents["value"] == sum(value for name, value in cents.items() if name != "value")


def test_won_deals_without_an_invoice_are_the_planted_ones(story: Story) -> None:
    asked = next(q for q in story.truth["questions"] if q["id"] == "won_without_invoice")["expect"]["rows"]
    forgotten = story.truth["facts"]["24"]["won_without_invoice"]["title"]
    assert len(asked) == asked[0]["deals"] == 8
    assert all(row["title"].startswith("Выиграна, счета нет") for row in asked if row["title"] != forgotten)
    assert forgotten in {row["title"] for row in asked}
    numbers = {doc.number for doc in story.now.docs if doc.kind == "invoice_out"}
    assert {deal.invoice for deal in story.now.deals if deal.invoice} <= numbers
    assert {deal.semantics for deal in story.now.deals} == {"P", "S", "F"}
    assert len(story.before.deals) < len(story.now.deals)
