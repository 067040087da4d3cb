"""The answers that are true of the company, from its own ledger: what every question must return, to the tiyn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sync.standins.company import cashbook, invoiced, promised
from sync.standins.company.ground import TODAY, Ground, to_kzt
from sync.standins.company.ledger import Debit, Pools
from sync.standins.company.model import Company, Doc, Party
from sync.standins.company.plot import money

BUCKETS = ("not_due_kzt", "d1_30_kzt", "d31_60_kzt", "d61_90_kzt", "d91_plus_kzt")
Row = dict[str, Any]


@dataclass(slots=True)
class Account:
    """What one party owes us (or we owe it) and holds with us on a day, in tiyn of KZT."""

    items: list[tuple[Debit, int]] = field(default_factory=list)  # open debits with what is open
    open: int = 0
    buckets: dict[str, int] = field(default_factory=lambda: dict.fromkeys(BUCKETS, 0))
    advances: int = 0
    credits: int = 0

    @property
    def overdue(self) -> int:
        """Open and past the due date."""
        return self.open - self.buckets["not_due_kzt"]


def bucket(days_late: int) -> str:
    """The ageing column of an item; due on the day itself is not due."""
    if days_late <= 0:
        return BUCKETS[0]
    return BUCKETS[min((days_late - 1) // 30, 3) + 1]


def receivables(pools: Pools, as_of: date, side: str = "ar") -> dict[str, Account]:
    """Accounts by party ref. Documents after the day do not count, nor does what they settled."""
    accounts: dict[str, Account] = {}
    for pool in pools.values():
        if pool.side != side:
            continue
        account = accounts.setdefault(pool.contract.party, Account())
        paid: Counter[int] = Counter()
        used: Counter[int] = Counter()
        for part in pool.settlements:
            if part.day <= as_of:
                paid[id(part.debit)] += part.amount
                used[id(part.credit)] += part.amount
        for debit in pool.debits:
            left = debit.total - paid[id(debit)]
            if debit.day <= as_of and left:
                value = debit.carried(left, as_of)
                account.items.append((debit, left))
                account.open += value
                account.buckets[bucket((as_of - debit.due).days)] += value
        for credit in pool.credits:
            left = credit.total - used[id(credit)]
            if credit.day <= as_of and left:
                value = to_kzt(left, credit.doc.rate, credit.doc.mult)
                if credit.kind == "payment":
                    account.advances += value
                else:
                    account.credits += value
    return accounts


def tell(now: Company, base: Ground, pools: Pools, facts: Mapping[str, Row]) -> Row:
    """The truth of a company as JSON-able values; money as text with two decimals."""
    parties = {party.ref: party for party in now.parties}
    accounts = receivables(pools, TODAY)
    outside = {ref: account for ref, account in accounts.items() if parties[ref].own_org is None}
    payable = receivables(pools, TODAY, "ap")
    owed = {ref: account for ref, account in payable.items() if parties[ref].own_org is None}
    told = dict(facts)
    flawed = {file.flaw: file for file in now.statements if file.flaw}
    if flawed:
        told["15"] = {
            flaw: {"file": file.file, "first": file.first.isoformat(), "last": file.last.isoformat()}
            for flaw, file in sorted(flawed.items())
        }
    if moving := cashbook.on_its_way(now):
        told["26"] = moving
    return {
        "as_of": TODAY.isoformat(),
        "seed": now.seed,
        "size": now.size,
        "counts": dict(sorted(Counter(doc.kind for doc in now.docs if doc.posted and not doc.deleted).items())),
        "questions": [
            *_totals(outside),
            *_both_sides(outside, owed),
            _top(outside, parties),
            _client(now, parties, accounts, facts),
            *_money(now, facts),
            _number(now, facts),
            *_cash(now, base),
            *_goods(now, facts),
            _deals(now, parties),
            _invoices(now),
        ],
        "facts": told,
    }


def _ask(name: str, question: str, metric: str, rows: list[Row], **arguments: str) -> Row:
    """One question; each expected row names only the columns that matter, in the order of the metric's rows."""
    return {
        "id": name,
        "question": question,
        "tool": "metric",
        "arguments": {"name": metric, "arguments": arguments},
        "expect": {"rows": rows},
    }


def _totals(accounts: Mapping[str, Account]) -> list[Row]:
    whole = sum(account.open for account in accounts.values())
    late = sum(account.overdue for account in accounts.values())
    ageing = {name: money(sum(account.buckets[name] for account in accounts.values())) for name in BUCKETS}
    advances = sum(account.advances for account in accounts.values())
    credits_left = sum(account.credits for account in accounts.values())
    day = TODAY.isoformat()
    row = {
        "value": money(whole),
        "overdue_kzt": money(late),
        "advances_kzt": money(advances),
        "credits_kzt": money(credits_left),
    }
    return [
        _ask("ar_total", "Сколько нам должны покупатели на 31 января 2026 года?", "ar_total", [row], as_of=day),
        _ask("ar_overdue", "Сколько из этого просрочено?", "ar_overdue", [{"value": money(late)}], as_of=day),
        _ask("ageing", "Разложи долги по срокам просрочки.", "ageing", [{"value": money(whole), **ageing}], as_of=day),
    ]


def _both_sides(customers: Mapping[str, Account], suppliers: Mapping[str, Account]) -> list[Row]:
    day = TODAY.isoformat()
    owed = {
        "value": money(sum(account.open for account in suppliers.values())),
        "overdue_kzt": money(sum(account.overdue for account in suppliers.values())),
    }
    unused = {
        "value": money(sum(account.advances for account in customers.values())),
        "paid_kzt": money(sum(account.advances for account in suppliers.values())),
        "credits_kzt": money(sum(account.credits for account in customers.values())),
    }
    return [
        _ask("ap_total", "Сколько мы должны поставщикам?", "ap_total", [owed], as_of=day),
        _ask("advances_total", "Какие авансы мы получили и выдали?", "advances_total", [unused], as_of=day),
    ]


def _top(accounts: Mapping[str, Account], parties: Mapping[str, Party]) -> Row:
    order = sorted(accounts, key=lambda ref: (-accounts[ref].open, parties[ref].name))
    rows = [
        {
            "counterparty": parties[ref].name,
            "open_kzt": money(accounts[ref].open),
            "overdue_kzt": money(accounts[ref].overdue),
            **{name: money(value) for name, value in accounts[ref].buckets.items()},
        }
        for ref in order[:10]
        if accounts[ref].open > 0
    ]
    question = "Кто наши десять крупнейших должников и как давно они должны?"
    asked = _ask("top_debtors", question, "top_debtors", rows, as_of=TODAY.isoformat())
    return {**asked, "arguments": {**asked["arguments"], "rows": 10}}


def _named(now: Company, name: str) -> Party:
    return next(party for party in now.parties if party.name == name)


def _client(
    now: Company, parties: Mapping[str, Party], accounts: Mapping[str, Account], facts: Mapping[str, Row]
) -> Row:
    card = _named(now, facts["2"]["party"])
    account = accounts[card.ref]
    if money(account.open) != facts["2"]["open_kzt"] or money(account.overdue) != facts["2"]["overdue_kzt"]:
        raise AssertionError(parties[card.ref].name, account)
    rows = [
        {
            "number": debit.doc.number,
            "doc_date": debit.day.isoformat(),
            "due_date": debit.due.isoformat(),
            "days_late": (TODAY - debit.due).days,
            "open_kzt": money(debit.carried(left, TODAY)),
            "client_open_kzt": money(account.open),
            "client_overdue_kzt": money(account.overdue),
            "client_advances_kzt": money(account.advances),
        }
        for debit, left in sorted(account.items, key=lambda item: (item[0].due, item[0].doc.number, item[0].stage))
    ]
    question = f"Сколько нам должен {card.name} и что из этого просрочено?"
    day = TODAY.isoformat()
    return _ask("client_receivables", question, "client_receivables", rows, counterparty=card.name, as_of=day)


def _moved(docs: Iterable[Doc], party: str, operation: str, first: date, last: date) -> int:
    """Tiyn of KZT moved with a party in a period, each document at its own rate."""
    return sum(
        to_kzt(doc.total, doc.rate, doc.mult)
        for doc in docs
        if doc.party == party and doc.operation == operation and doc.posted and not doc.deleted
        if first <= doc.moment.date() <= last
    )


def _money(now: Company, facts: Mapping[str, Row]) -> list[Row]:
    first, last = date(2025, 10, 1), date(2025, 12, 31)
    supplier, client = _named(now, facts["1"]["party"]), _named(now, facts["2"]["party"])
    paid = money(_moved(now.docs, supplier.ref, "ОплатаПоставщику", first, last))
    refunds = money(_moved(now.docs, supplier.ref, "ВозвратОтПоставщика", first, last))
    if (paid, refunds) != (facts["1"]["paid"], facts["1"]["refunds"]):
        raise AssertionError(paid, refunds)
    received = money(_moved(now.docs, client.ref, "ОплатаПокупателя", first, last))
    return [
        _ask(
            "paid_to_supplier",
            f"Сколько мы заплатили {supplier.name} за четвёртый квартал 2025 года?",
            "paid_to_supplier",
            [{"value": paid, "refunds_kzt": refunds, "payments": 8, "offsets_kzt": facts["1"]["offset_kzt"]}],
            counterparty=supplier.name,
            period="2025-Q4",
        ),
        _ask(
            "received_from",
            f"Сколько мы получили от {client.name} за четвёртый квартал 2025 года?",
            "received_from",
            [{"value": received}],
            counterparty=client.name,
            period="2025-Q4",
        ),
    ]


def _number(now: Company, facts: Mapping[str, Row]) -> Row:
    docs = {doc.ref: doc for doc in now.docs}
    rows = [
        {
            "doc_type": found["type"],
            "doc_number": docs[found["ref"]].number,
            "doc_date": found["doc_date"],
            "counterparty": found["name"],
            "sum_doc": found["sum_doc"],
            "paid_doc": found["paid"],
            "open_doc": found["open"],
            "status": found["status"],
        }
        for found in sorted(facts["3"]["candidates"], key=lambda found: str(found["doc_date"]), reverse=True)
    ]
    question = "Оплачен ли счёт 234?"
    return _ask("invoice_status", question, "invoice_status", rows, number="234", as_of=TODAY.isoformat())


def _cash(now: Company, base: Ground) -> list[Row]:
    day, places = TODAY.isoformat(), cashbook.places(now, base)
    flow = "Куда ушли и откуда пришли деньги в четвёртом квартале 2025 года?"
    return [
        _ask("cash_position", "Сколько денег на счетах?", "cash_position", places, as_of=day),
        _ask("cash_flow", flow, "cash_flow", cashbook.by_item(now), period="2025-Q4"),
    ]


def _deals(now: Company, parties: Mapping[str, Party]) -> Row:
    """Won deals that name no invoice, and to which no invoice of the party fits by amount within 14 days."""
    by_bin = {party.bin: party.ref for party in parties.values()}
    owners = {company.id: by_bin.get(company.bin) for company in now.companies}
    billed = {invoice.deal for invoice in now.crm_invoices}
    fits: dict[tuple[str | None, int], list[date]] = {}
    for doc in now.docs:
        if doc.kind == "invoice_out" and doc.posted and not doc.deleted:
            fits.setdefault((doc.party, to_kzt(doc.total, doc.rate, doc.mult)), []).append(doc.moment.date())
    near = timedelta(days=14)
    missing = [
        deal
        for deal in now.deals
        if deal.semantics == "S" and deal.invoice is None and deal.id not in billed and deal.currency == "KZT"
        if not any(abs(day - deal.close) <= near for day in fits.get((owners[deal.company], deal.total), ()))
    ]
    row = {"deals": len(missing), "total_kzt": money(sum(deal.total for deal in missing))}
    rows = [
        {"title": deal.title, "amount_kzt": money(deal.total), **row}
        for deal in sorted(missing, key=lambda deal: (-deal.total, deal.id))
    ]
    question = "По каким выигранным сделкам ещё не выставлен счёт?"
    return _ask("won_without_invoice", question, "won_without_invoice", rows, as_of=TODAY.isoformat())


def _invoices(now: Company) -> Row:
    """The electronic invoices of a quarter, each sale with one outcome."""
    question = "По всем ли отгрузкам четвёртого квартала 2025 года выписаны ЭСФ?"
    return _ask(
        "esf_reconciliation", question, "esf_reconciliation", invoiced.issued(now), period="2025-Q4", direction="out"
    )


def _goods(now: Company, facts: Mapping[str, Row]) -> list[Row]:
    """Whether five tonnes of rebar are there and when they can be in Almaty; nothing where no rebar was planted."""
    if "4" not in facts:
        return []
    row = promised.rebar(now, facts["4"], 5_000, "Алматы")
    question = "Есть ли у нас 5 т арматуры А500С 12 мм и когда она может быть в Алматы?"
    wanted = {"item": row["item"], "qty": "5", "unit": row["unit"], "to": "Алматы"}
    return [_ask("can_ship", question, "can_ship", [row], **wanted, as_of=TODAY.isoformat())]
