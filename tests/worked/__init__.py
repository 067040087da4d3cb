"""Worked examples as text, and the company that their papers make: see exchange.txt for how a line reads."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from uuid import NAMESPACE_OID, uuid5

from sync.standins.company import Company, generate
from sync.standins.company.model import Adjustment, Allocation, Contract, Doc, Entry, Line, Party, Rate

FOLDER = Path(__file__).parent
# kind of paper and operation of 1C; + raises the debt of its side
PAPERS = {
    ("sale", "sale"): ("sale", "", 1),
    ("sale", "return"): ("sale_return", "", -1),
    ("sale", "pays"): ("bank_in", "ОплатаПокупателя", -1),
    ("sale", "refund"): ("bank_out", "ВозвратПокупателю", 1),
    ("purchase", "purchase"): ("purchase", "", 1),
    ("purchase", "return"): ("purchase_return", "", -1),
    ("purchase", "pays"): ("bank_out", "ОплатаПоставщику", -1),
    ("purchase", "refund"): ("bank_in", "ВозвратОтПоставщика", 1),
    ("sale", "offset"): ("debt_adjust", "ПроведениеВзаимозачета", -1),
    ("sale", "writeoff"): ("debt_adjust", "СписаниеЗадолженности", -1),
    ("sale", "restored"): ("debt_adjust", "ВосстановлениеЗадолженности", 1),
    ("sale", "revaluation"): ("reval", "", 0),
    ("purchase", "revaluation"): ("reval", "", 0),
}
SIDES = {"sale": "receivable", "purchase": "payable"}


@dataclass(slots=True)
class Example:
    """One worked example: its lines, and what they say must be so.

    evenings: all that is open, by day and name, in the words of the line. totals: all that is carried, in tenge, by day.
    differences: (settling paper, settled paper, tenge).
    """

    number: str
    title: str
    lines: list[str]
    rates: list[str]
    evenings: dict[date, dict[str, dict[str, str]]] = field(default_factory=dict)
    totals: dict[date, Decimal] = field(default_factory=dict)
    differences: list[tuple[str, str, Decimal]] = field(default_factory=list)


def read() -> list[Example]:
    """The examples of both files."""
    found: list[Example] = []
    for file in ("exchange.txt", "settlement.txt"):
        head, *parts = (FOLDER / file).read_text(encoding="utf-8").split("\n## ")
        rates = [line for line in head.splitlines() if line.startswith("rate ")]
        for part in parts:
            title, *lines = part.splitlines()
            found.append(
                _told(
                    f"{len(found):02d}",
                    title,
                    [text for line in lines if (text := line.partition("|")[0].strip())],
                    rates,
                )
            )
    return found


def _told(number: str, title: str, lines: list[str], rates: list[str]) -> Example:
    """The expectations among the lines; the others are what has happened."""
    made = Example(number, title, [], rates)
    for line in lines:
        plain, after = _words(line)
        match plain:
            case ["difference", credit, debt, tenge]:
                made.differences.append((credit, debt, Decimal(tenge)))
            case [day, "total", tenge]:
                made.totals[date.fromisoformat(day)] = Decimal(tenge)
            case [day, "=", "nothing"]:
                made.evenings[date.fromisoformat(day)] = {}
            case [day, "=", *name, amount]:
                told = {"amount": amount} | {key: words[0] for key, words in after.items()}
                made.evenings.setdefault(date.fromisoformat(day), {})[" ".join(name)] = told
            case _:
                made.lines.append(line)
    return made


def company(examples: list[Example]) -> tuple[Company, list[str]]:
    """One company in which each example has a party of its own; and who has made entries without being among its documents."""
    maker = _Maker(generate("tiny", 1).now)
    for line in examples[0].rates:
        maker.rate(line.split()[1:])
    for example in examples:
        maker.example(example)
    return maker.made(), maker.unmirrored


def _words(line: str) -> tuple[list[str], dict[str, list[str]]]:
    """The words before the first key word, and those after each key word."""
    keys = {"on", "at", "per", "books", "for", "of", "under", "settles", "terms", "carried", "now", "late", "bucket"}
    plain: list[str] = []
    after: dict[str, list[str]] = {}
    into = plain
    for word in shlex.split(line):
        if word in keys:
            into = after.setdefault(word, [])
        else:
            into.append(word)
    return plain, after


def _tiyn(text: str, of: int = 100) -> int:
    return int(Decimal(text) * of)


def _account(after: dict[str, list[str]]) -> str:
    """The account that a line names, empty when it leaves it to the contract."""
    (word,) = after.get("on", ["advances"])
    return word if word.isdecimal() else ""


class _Maker:
    def __init__(self, base: Company) -> None:
        self.base = base
        self.number = ""  # of the example in hand
        self.named: dict[str, Contract] = {}  # its contracts
        self.party = base.parties[0]
        self.contracts: list[Contract] = []
        self.parties: list[Party] = []
        self.docs: list[Doc] = []
        self.entries: list[Entry] = []
        self.rates: list[Rate] = []
        self.unmirrored: list[str] = []

    def made(self) -> Company:
        return replace(
            self.base, parties=[*self.base.parties, *self.parties], contracts=self.contracts, docs=self.docs, entries=self.entries,
            rates=self.rates, stock=[], deals=[], crm_invoices=[], statements=[], orders=[], promises=[],
        )  # fmt: skip

    def rate(self, words: list[str]) -> None:
        currency, day, rate, *per = words
        self.rates.append(Rate(date.fromisoformat(day), currency, _tiyn(rate, 10_000), int(per[1]) if per else 1))

    def example(self, example: Example) -> None:
        self.number, self.named = example.number, {}
        self.party = replace(
            self.base.parties[0], ref=self.ref("party"), code=f"9000000{self.number}", name=f"ТОО «Образец-Пример {self.number}»",
            bin="", own_org=None, kind="company",
        )  # fmt: skip
        self.parties.append(self.party)
        for line in example.lines:
            plain, after = _words(line)
            match plain:
                case ["contract", *agreed]:
                    self.contract(agreed, after)
                case [day, "journal", name, amount]:
                    self.journal(date.fromisoformat(day), name, Decimal(amount), after)
                case [day, kind, name, *amount]:
                    self.paper(date.fromisoformat(day), kind, name, amount, after)
                case _:
                    raise ValueError(line)

    def contract(self, agreed: list[str], after: dict[str, list[str]]) -> None:
        name, *agreed = agreed if len(agreed[0]) == 1 else ["X", *agreed]
        self.named[name] = Contract(
            ref=self.ref(f"contract {name}"), code=f"9{self.number}{len(self.named):06d}", party=self.party.ref, org=self.base.orgs[0].ref,
            number=f"{self.number}-{name}", date=date(2025, 1, 1), currency=agreed[0],
            kind="purchase" if "supplier" in agreed else "sale",
            pay_days=int(agreed[agreed.index("days") - 1]) if "days" in agreed else None, terms=" ".join(after.get("terms", [])),
            settle_mode="by_document" if "by_document" in agreed else "by_contract",
        )  # fmt: skip
        self.contracts.append(self.named[name])

    def paper(self, day: date, word: str, name: str, amount: list[str], after: dict[str, list[str]]) -> None:
        under = [self.named[c] for c in after.get("under", ["X"]) if c != "and"]
        contract = under[0]
        kind, operation, sign = PAPERS[contract.kind, word]
        total = _tiyn(amount[0]) if amount else 0
        target = self.ref(after["for"][0]) if "for" in after else None
        doc = Doc(
            ref=self.ref(name), kind=kind, number=f"{self.number}-{name}", moment=datetime.combine(day, time(12)),
            org=contract.org, party=contract.party, contract=contract.ref, currency=amount[1] if len(amount) > 1 else contract.currency,
            rate=_tiyn(after["at"][0], 10_000) if "at" in after else 10_000, mult=int(after["per"][0]) if "per" in after else 1,
            total=total, operation=operation,
        )  # fmt: skip
        if kind == "reval":
            doc = replace(
                doc, moment=datetime.combine(day, time(23, 59, 59)), party=None, contract=None, currency="KZT"
            )
        elif kind == "debt_adjust":
            doc = replace(
                doc, adjustments=tuple(Adjustment(c.party, c.ref, target, total, SIDES[c.kind]) for c in under)
            )
        elif kind.startswith("bank_"):
            bank = next(a.ref for a in self.base.bank_accounts if a.owner_is_org and a.currency == "KZT")
            doc = replace(doc, allocations=(Allocation(contract.ref, total, target),), bank_account=bank)
        else:
            line = Line(self.base.items[0].ref, 1000, total, total, "none", 0)
            doc = replace(doc, services=(line,), base=self.ref(after["of"][0]) if "of" in after else None)
        self.docs.append(doc)
        units = Decimal((after.get("settles") or amount or ["0"])[0])
        books = [Decimal(text) for text in after.get("books", [])] or [sign * units]
        posted = [entry for each in under for entry in self.posted(doc, each, units, books, account=_account(after))]
        self.entries += [replace(entry, line=n) for n, entry in enumerate(posted, 1)]

    def journal(self, day: date, name: str, amount: Decimal, after: dict[str, list[str]]) -> None:
        """Entries of a document that no set has. What is taken is on the account of advances when it says so."""
        contract = self.named[after.get("under", ["X"])[0]]
        doc = Doc(
            ref=self.ref(name), kind="", number="", moment=datetime.combine(day, time(12)), org=contract.org, party=None, contract=None,
            currency=contract.currency, rate=0, mult=1, total=0,
        )  # fmt: skip
        books = [Decimal(text) for text in after.get("books", [])] or [amount]
        entries = list(self.posted(doc, contract, abs(amount), books, account=_account(after)))
        if after.get("on") == ["advances"]:
            taken = {"1210": "3510", "3310": "1710"}
            entries = [
                replace(e, debit=taken.get(e.debit, e.debit), credit=taken.get(e.credit, e.credit)) for e in entries
            ]
        before = sum(e.doc == doc.ref for e in self.entries)  # a second line of the same name is of the same document
        self.entries += [replace(entry, line=before + n) for n, entry in enumerate(entries, 1)]
        self.unmirrored.append(doc.ref)

    def posted(
        self, doc: Doc, contract: Contract, units: Decimal, books: list[Decimal], *, account: str
    ) -> Iterator[Entry]:
        """Each amount of tenge on the account of the contract, the first with the currency; what raises a claim is a debit."""
        customer = contract.kind == "sale"
        dims = (("party", contract.party), ("contract", contract.ref))
        account = account or ("1210" if customer else "3310")
        for n, tenge in enumerate(books, 1):
            currency = None if contract.currency == "KZT" else contract.currency
            foreign = None if currency is None else _tiyn(str(units)) if n == 1 else 0
            debit = (tenge > 0) == customer
            other = ("6250" if debit else "7430") if n > 1 or doc.kind == "reval" else "6280" if debit else "7470"
            total = abs(_tiyn(str(tenge)))
            if debit:
                yield Entry(doc.ref, n, doc.moment, doc.org, account, other, dims, (), total, currency, foreign)
            else:
                yield Entry(
                    doc.ref, n, doc.moment, doc.org, other, account, (), dims, total, None, None, currency, foreign
                )

    def ref(self, name: str) -> str:
        """The key in 1C of something that the example calls by a name."""
        return str(uuid5(NAMESPACE_OID, f"{self.number} {name}"))
