"""A company made to be hard: small pools, few days, many ties, links to documents that come later, elsewhere or do not count.

Its ledger is entered beside the documents, so that open items have balances to tie to.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random
from unittest.mock import patch
from uuid import UUID

from sync.standins import onec
from sync.standins.company import Company, generate
from sync.standins.company.model import Adjustment, Allocation, Contract, Doc, Entry, Line, Party
from sync.standins.onec import documents
from sync.standins.onec.field import Field

FIRST, DAYS = date(2025, 12, 1), 45
TERMS = (
    (None, ""),
    (0, ""),
    (30, ""),
    (None, "30% через 0 дней, 50% через 30 дней, 20% через 60 дней"),
    (10, "50% через 40 дней, 16,5% через 3 дней, 33,5% через 0 дней"),
    (14, "30% через 0 дней, 30% через 30 дней"),
)
SIDES = {
    "sale": ("sale", "sale_return", "ОплатаПокупателя", "ВозвратПокупателю"),
    "purchase": ("purchase", "purchase_return", "ОплатаПоставщику", "ВозвратОтПоставщика"),
}
NEVER = date.max


@dataclass(frozen=True, slots=True)
class Hard:
    """The company, and what the bank did to some of its papers: carried out on another day, told no day (None), or not yet (NEVER).

    unmirrored: who has made entries and is among no documents.
    """

    company: Company
    carried: dict[str, date | None]
    unmirrored: list[str]


def hard(seed: int, pools: int = 90) -> Hard:
    """The tiny company with its documents replaced by random ones of `pools` contracts."""
    base = generate("tiny", seed).now
    return _Maker(base, Random(seed), pools).made()


@contextmanager
def served(made: Hard) -> Iterator[onec.OnecServer]:
    """A 1C of the company whose bank papers say what `carried` says; the stand-in's own are carried out on their own day."""
    usual = documents._bank

    def told(field: Field) -> Field:
        match field.name:
            case "Оплачено":
                return replace(field, get=lambda d: made.carried.get(d.ref) != NEVER and field.get(d))
            case "ДатаВыписки":
                return replace(
                    field, get=lambda d: _stamp(made.carried[d.ref]) if d.ref in made.carried else field.get(d)
                )
        return field

    with (
        patch.object(documents, "_bank", lambda books: tuple(told(f) for f in usual(books))),
        onec.OnecServer(made.company) as server,
    ):
        server.service.books.gone |= dict.fromkeys(made.unmirrored, "Document_ОперацияБух")
        yield server


def _stamp(day: date | None) -> str:
    return f"{date.min if day in (None, NEVER) else day}T00:00:00"


class _Maker:
    def __init__(self, base: Company, rng: Random, pools: int) -> None:
        self.base = base
        self.rng = rng
        self.numbers = 0
        outside = [p for p in base.parties if p.own_org is None]
        doubled = replace(outside[0], ref=self.ref(), code="900000001", name=outside[0].name + " (второй раз)")
        nameless = replace(outside[1], ref=self.ref(), code="900000002", name="ТОО «Образец-Без номера»", bin="")
        wrong = replace(
            outside[2], ref=self.ref(), code="900000003", name="ТОО «Образец-Не тот номер»", bin="123456789012"
        )
        org = base.orgs[1]
        own = replace(
            outside[3], ref=self.ref(), code="900000004", name=org.name + " (своя)", bin=org.bin, own_org=org.ref
        )
        self.parties = [*base.parties, doubled, nameless, wrong, own]
        self.contracts = [self.contract(n, self.parties[n % len(self.parties)]) for n in range(pools)]
        self.docs: list[Doc] = []
        self.entries: list[Entry] = []
        self.carried: dict[str, date | None] = {}

    def made(self) -> Hard:
        for contract in self.contracts:
            self.pool(contract)
        for contract in self.contracts:
            self.revaluations(contract)
        made_by_hand = [entry for n, contract in enumerate(self.contracts) for entry in self.journal(n, contract)]
        self.docs = [self.itemised(doc) for doc in self.docs]
        self.rng.shuffle(self.docs)
        posted = {d.ref for d in self.docs if d.posted and not d.deleted and self.carried.get(d.ref) != NEVER}
        company = replace(
            self.base,
            parties=self.parties,
            contracts=self.contracts,
            docs=self.docs,
            entries=[e for e in self.entries if e.doc in posted or e.credit == "6250" or e.debit == "7430"]
            + made_by_hand,
            stock=[],
            deals=[],
            crm_invoices=[],
            statements=[],
        )
        return Hard(company, self.carried, sorted({e.doc for e in made_by_hand}))

    def itemised(self, doc: Doc) -> Doc:
        """With a cash flow item in the head, in a row, in both or nowhere; rows may name several."""
        rng = Random(f"items {doc.ref}")
        refs = [None, None, *(item.ref for item in self.base.cash_items)]
        rows = tuple(replace(row, cash_item=rng.choice(refs)) for row in doc.allocations)
        return replace(doc, cash_item=rng.choice(refs), allocations=rows) if rows else doc

    def journal(self, n: int, contract: Contract) -> Iterator[Entry]:
        """An opening balance or an entry by hand under every third contract in tenge: a stream of its own, so that the rest stays."""
        rng = Random(f"journal {n} {contract.ref}")
        if contract.currency != "KZT" or n % 3:
            return
        ref = str(UUID(int=rng.getrandbits(128), version=4))
        dims = (("party", contract.party), ("contract", contract.ref))
        moment = datetime.combine(
            FIRST + timedelta(days=rng.choice((0, 5, 10, rng.randint(0, DAYS)))), datetime.min.time()
        )
        for line in range(1, rng.randint(2, 3)):
            account = rng.choice(("1210", "3510") if contract.kind == "sale" else ("3310", "1710"))
            kzt = rng.choice((1, 100_00, rng.randint(1, 200_000)))
            if rng.random() < 0.5:
                yield Entry(ref, line, moment, contract.org, account, "5030", dims, (), kzt)
            else:
                yield Entry(ref, line, moment, contract.org, "5030", account, (), dims, kzt)

    def ref(self) -> str:
        return str(UUID(int=self.rng.getrandbits(128), version=4))

    def contract(self, n: int, party: Party) -> Contract:
        days, terms = self.rng.choice(TERMS)
        return Contract(
            ref=self.ref(),
            code=f"9{n:08d}",
            party=party.ref,
            org=self.rng.choice([o.ref for o in self.base.orgs if o.ref != party.own_org]),
            number=f"Т-{n}",
            date=FIRST,
            currency=self.rng.choice(("KZT", "KZT", "KZT", "USD", "RUB")),
            kind=self.rng.choice(("sale", "purchase")),
            pay_days=days,
            terms=terms,
            settle_mode=self.rng.choice(("by_contract", "by_contract", "by_contract", "by_document")),
        )

    def pool(self, contract: Contract) -> None:
        """Up to a dozen debts and as many credits that name some of them."""
        goods, back, money, refund = SIDES[contract.kind]
        debts = [self.doc(goods, contract) for _ in range(self.rng.randint(1, 7))]
        owed = [replace(d, posted=False) if self.rng.random() < 0.08 else d for d in debts]
        for debt in owed:
            self.add(debt)
        invoices = [self.doc("invoice_out", contract) for _ in range(self.rng.randint(0, 2)) if contract.kind == "sale"]
        self.docs.extend(invoices)
        elsewhere = [d.ref for d in self.docs[-12:]]
        for _ in range(self.rng.randint(1, 9)):
            named = self.rng.choice(
                [None, None, *(d.ref for d in owed), *(d.ref for d in owed), self.rng.choice(elsewhere)]
            )
            match self.rng.choice(("money", "money", "money", "back", "adjust", "refund", "restore")):
                case "money":
                    asked = self.rng.choice((None, *invoices))
                    self.add(self.payment(contract, money, named, asked))
                case "back":
                    self.add(replace(self.doc(back, contract), base=self.rng.choice([None, named])))
                case "adjust":
                    self.add(
                        self.adjustment(
                            contract, self.rng.choice(("ПроведениеВзаимозачета", "СписаниеЗадолженности")), named
                        )
                    )
                case "refund":
                    self.add(self.payment(contract, refund, self.rng.choice((None, named))))
                case _:
                    self.add(self.adjustment(contract, "ВосстановлениеЗадолженности", self.rng.choice((None, named))))

    def revaluations(self, contract: Contract) -> None:
        """Of a contract in foreign currency: up or down, on a few evenings, one or two entries each."""
        if contract.currency == "KZT":
            return
        dims = (("party", contract.party), ("contract", contract.ref))
        account = "1210" if contract.kind == "sale" else "3310"
        for _ in range(self.rng.randint(0, 4)):
            doc = replace(self.doc("reval", contract), total=0, services=(), party=None, contract=None, deleted=False)
            self.docs.append(doc)
            for line in range(1, self.rng.randint(2, 3)):
                kzt, up = self.rng.choice((1, 7, 99_99, self.rng.randint(1, 900_000))), self.rng.random() < 0.6
                entry = Entry(
                    doc.ref, line, doc.moment, contract.org, account, "6250", dims, (), kzt, contract.currency, 0
                )
                if not up:
                    entry = Entry(
                        doc.ref, line, doc.moment, contract.org, "7430", account, (), dims, kzt, None, None, contract.currency, 0
                    )  # fmt: skip
                self.entries.append(entry)

    def doc(self, kind: str, contract: Contract) -> Doc:
        self.numbers += 1
        rate, mult = {"KZT": (10_000, 1), "USD": (5_123_400, 1), "RUB": (641_700, 10)}[contract.currency]
        total = self.rng.choice((0, 1, 99, 100_00, 100_00, 250_00, 333_33, 1_000_01, self.rng.randint(1, 200_000)))
        line = Line(self.base.items[0].ref, 1000, total, total, "none", 0)
        return Doc(
            ref=self.ref(),
            kind=kind,
            number=f"{self.numbers:011d}",
            moment=datetime.combine(self.day(), datetime.min.time()) + timedelta(minutes=self.rng.randint(0, 1439)),
            org=contract.org,
            party=contract.party,
            contract=contract.ref,
            currency=contract.currency,
            rate=rate + self.rng.randint(-9, 9) * 1_234 * (contract.currency != "KZT"),
            mult=mult,
            total=total,
            services=(line,),
            deleted=self.rng.random() < 0.03,
        )

    def day(self) -> date:
        return FIRST + timedelta(days=self.rng.choice((0, 5, 5, 10, 20, self.rng.randint(0, DAYS))))

    def payment(self, contract: Contract, operation: str, target: str | None, asked: Doc | None = None) -> Doc:
        """Through the bank, or the cash desk; now and then two rows for two debts, or just what an invoice asked for."""
        came = operation in {"ОплатаПокупателя", "ВозвратОтПоставщика"}
        doc = self.doc(
            self.rng.choice(("bank_in", "cash_in") if came else ("bank_out", "bank_out_order", "cash_out")), contract
        )
        if asked and self.rng.random() < 0.4:
            doc = replace(doc, total=asked.total, moment=asked.moment + timedelta(days=self.rng.randint(-1, 9)))
        invoice = asked.ref if asked and self.rng.random() < 0.7 else None
        if asked and doc.total == asked.total and self.rng.random() < 0.4:
            invoice = target = None  # it says nothing, and yet one knows what it was for
        rows = [Allocation(contract.ref, doc.total, target, invoice)]
        if self.rng.random() < 0.2 and doc.total > 1:
            part = doc.total // 3 + 1
            rows = [Allocation(contract.ref, part, target, invoice), Allocation(contract.ref, doc.total - part)]
        account = (
            next(a.ref for a in self.base.bank_accounts if a.owner_is_org) if doc.kind.startswith("bank_") else None
        )
        return replace(doc, operation=operation, services=(), allocations=tuple(rows), bank_account=account)

    def adjustment(self, contract: Contract, operation: str, target: str | None) -> Doc:
        doc = self.doc("debt_adjust", contract)
        side = "receivable" if contract.kind == "sale" else "payable"
        row = Adjustment(contract.party, contract.ref, target, doc.total, side)
        return replace(doc, operation=operation, services=(), adjustments=(row,))

    def add(self, doc: Doc) -> None:
        self.docs.append(doc)
        if doc.kind.startswith("bank_"):
            later = doc.moment.date() + timedelta(days=self.rng.randint(1, 6))
            told = self.rng.choices((later, None, NEVER, doc.moment.date()), (25, 5, 5, 65))[0]
            self.carried[doc.ref] = told
        self.entries.extend(self.entry(doc))

    def entry(self, doc: Doc) -> Iterator[Entry]:
        contract = next(c for c in self.contracts if c.ref == doc.contract)
        raises = doc.kind in {"sale", "purchase"} or doc.operation in {
            "ВозвратПокупателю",
            "ВозвратОтПоставщика",
            "ВосстановлениеЗадолженности",
        }
        carried = self.carried.get(doc.ref) or doc.moment.date()
        moment = datetime.combine(doc.moment.date() if carried == NEVER else carried, doc.moment.time())
        dims = (("party", contract.party), ("contract", contract.ref))
        kzt = doc.total * doc.rate // (10_000 * doc.mult)
        foreign = (None, None) if doc.currency == "KZT" else (doc.currency, doc.total)
        customer = contract.kind == "sale"
        account = self.rng.choice(("1210", "3510") if customer else ("3310", "1710"))
        if raises == customer:
            yield Entry(doc.ref, 1, moment, doc.org, account, "6280", dims, (), kzt, *foreign)
        else:
            yield Entry(doc.ref, 1, moment, doc.org, "7470", account, (), dims, kzt, None, None, *foreign)
