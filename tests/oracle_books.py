"""What the wire says, as debts, credits, payments and ledger entries. One pass over each set; no sums yet."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal
from typing import Any

from tests.oracle_money import day_of, dec, total
from tests.oracle_records import Books, Credit, Debit, Entry, Paper, Pool
from tests.oracle_wire import DOCUMENTS, EMPTY, ENTRIES, Row, Wire

TENGE = "KZT"
TIYN = Decimal("0.01")
ONE = Decimal(1)
SETTLED = {"1210": "ar", "3510": "ar", "3310": "ap", "1710": "ap"}
MONEY = {  # kind of operation → (kind of document, side, raises the debt)
    "ОплатаПокупателя": ("pay_in", "ar", False),
    "ОплатаПоставщику": ("pay_out", "ap", False),
    "ВозвратПокупателю": ("refund_out", "ar", True),
    "ВозвратОтПоставщика": ("refund_in", "ap", True),
}
GOODS = {  # set → (kind of document, side, raises the debt)
    "Document_РеализацияТоваровУслуг": ("sale", "ar", True),
    "Document_ВозвратТоваровОтПокупателя": ("sale_return", "ar", False),
    "Document_ПоступлениеТоваровУслуг": ("purchase", "ap", True),
    "Document_ВозвратТоваровПоставщику": ("purchase_return", "ap", False),
}
ADJUSTED = {  # kind of operation → (kind of document, raises the debt)
    "ПроведениеВзаимозачета": ("offset", False),
    "СписаниеЗадолженности": ("writeoff", False),
    "ВосстановлениеЗадолженности": ("debt_adjust", True),
}
INVOICE = "Document_СчетНаОплатуПокупателю"
ADJUSTMENT = "Document_КорректировкаДолга"
LEDGER = {"1210": "ar", "3510": "ar", "3310": "ap", "1710": "ap"}
STAGE = re.compile(r"(\d+(?:[.,]\d+)?)\s*%\s*через\s*(\d+)")
WEIGHTS = (tuple(range(1, 12)), (*range(3, 12), 1, 2))


def bin_ok(text: str) -> bool:
    """Twelve digits, not all one, and the last is the check digit."""
    if len(text) != 12 or not text.isdecimal() or len(set(text)) == 1:
        return False
    digits = [int(c) for c in text]
    for weights in WEIGHTS:
        rest: int = sum(d * w for d, w in zip(digits, weights, strict=False)) % 11
        if rest != 10:
            return rest == digits[11]
    return False


def books_of(wire: Wire) -> Books:
    return _Reader(wire).read()


class _Reader:
    def __init__(self, wire: Wire) -> None:
        self.wire = wire
        self.books = Books()
        self.currencies: dict[str, str] = {r["Ref_Key"]: r["БуквенныйКод"] for r in wire["Catalog_Валюты"]}
        self.accounts: dict[str, str] = {r["Ref_Key"]: r["Code"].strip() for r in wire["ChartOfAccounts_Типовой"]}
        self.contracts = {r["Ref_Key"]: r for r in wire["Catalog_ДоговорыКонтрагентов"]}
        self.party: dict[str, str] = {}  # card → party

    def read(self) -> Books:
        self._catalogs()
        for name in DOCUMENTS:
            for row in self.wire[name]:
                paper = self._paper(name, row)
                if paper is None:
                    continue
                self.books.papers[paper.ref] = paper
                if paper.counts and name != INVOICE:
                    self._sides(name, row, paper)
        for row in self.wire[ENTRIES]:
            self.books.entries.extend(self._entry_sides(row))
        self._journals()
        return self.books

    def _journals(self) -> None:
        """What entries of no document that is here add to debts or take from them: opening balances, entries by hand."""
        found: dict[tuple[str, date], dict[Pool, list[Entry]]] = defaultdict(lambda: defaultdict(list))
        for e in self.books.entries:
            if e.account in SETTLED and e.document not in self.books.papers and e.amount:
                pool = Pool(SETTLED[e.account], e.org, e.party, e.contract, e.currency)
                found[e.document, e.day][pool].append(e)
        for (ref, day), pools in found.items():
            for line, (pool, entries) in enumerate(pools.items(), 1):
                added = total(e.amount for e in entries) * (1 if pool.side == "ar" else -1)
                if added > 0:
                    self.books.debits.append(Debit(pool, ref, "journal", "", day, line, day, "none", added, ONE, ONE))
                elif added < 0:
                    ahead = total(e.amount for e in entries if e.account in {"3510", "1710"})
                    kind = "journal_advance" if ahead * (1 if pool.side == "ar" else -1) < 0 else "journal"
                    self.books.credits.append(Credit(pool, ref, kind, "", day, line, "", -added, ONE, ONE))

    def _catalogs(self) -> None:
        books = self.books
        own = {}
        for row in self.wire["Catalog_Организации"]:
            own[row["ИдентификационныйНомер"]] = row["Ref_Key"]
            books.names[row["Ref_Key"]] = row["ИдентификационныйНомер"]
        for row in self.wire["Catalog_Контрагенты"]:
            number = row["ИдентификационныйКодЛичности"].strip()
            party = number if bin_ok(number) else row["Ref_Key"]
            self.party[row["Ref_Key"]] = party
            books.names[party] = number if bin_ok(number) else row["Description"]
            books.titles[row["Description"]] = party
            if number in own:
                books.own.add(party)
        books.by_document = {
            key for key, row in self.contracts.items() if row["ВедениеВзаиморасчетов"] == "ПоРасчетнымДокументам"
        }
        for row in self.wire["Catalog_БанковскиеСчета"]:
            books.ibans[row["Ref_Key"]] = row["НомерСчета"], self._currency(row["ВалютаДенежныхСредств_Key"])

    def _currency(self, key: str | None) -> str:
        return self.currencies.get(key or EMPTY, TENGE)

    def _paper(self, name: str, row: Row) -> Paper | None:
        kind = _kind(name, row)
        day = day_of(row.get("ДатаВыписки")) or day_of(row["Date"])
        if kind is None or day is None:
            return None
        carried_out = row["Posted"] and row.get("Оплачено", True)
        split = row.get("РасшифровкаПлатежа", ())
        first = split[0] if split else {}
        party = _filled(row.get("Контрагент_Key") or row.get("Контрагент") or row.get("КонтрагентДебитор_Key"))
        currency = self._currency(row["ВалютаДокумента_Key"])
        terms = (  # those of the contract's currency, which is the document's own when that is not tenge
            dec(row.get("КурсВзаиморасчетов") or row.get("КурсДокумента") or first.get("КурсВзаиморасчетов") or 1),
            dec(row.get("КратностьВзаиморасчетов") or first.get("КратностьВзаиморасчетов") or 1),
        )
        lines = [*row.get("Товары", ()), *row.get("Услуги", ())]
        return Paper(
            row["Ref_Key"],
            kind,
            row["Number"],
            day,
            row["Организация_Key"],
            self.party.get(party, party),
            _filled(row.get("ДоговорКонтрагента_Key") or first.get("ДоговорКонтрагента_Key")),
            currency,
            dec(row["СуммаДокумента"]),
            total(dec(line["СуммаНДС"]) for line in lines),
            *((ONE, ONE) if currency == TENGE else terms),
            "deleted" if row["DeletionMark"] else "active" if carried_out else "draft",
            "cash" if name.endswith("КассовыйОрдер") else "bank" if split else "",
            _filled(row.get("ДокументОснование")),
            tuple(
                (
                    _filled(r["ДоговорКонтрагента_Key"]),
                    _filled(r["Сделка"]),
                    _filled(r.get("СчетНаОплату_Key")),
                    dec(r["СуммаПлатежа"]),
                )
                for r in split
            ),
        )

    def _sides(self, name: str, row: Row, paper: Paper) -> None:
        if name in GOODS:
            _, side, raises = GOODS[name]
            pool = Pool(side, paper.org, paper.party, paper.contract, paper.currency)
            target = _filled(row.get("ДокументОснование")) or _filled(row.get("Сделка"))
            self._add(pool, paper, 1, target, paper.total, (paper.rate, paper.mult), raises=raises)
        elif name == ADJUSTMENT:
            raises = ADJUSTED[row["ВидОперации"]][1]
            terms = dec(row["КурсДокумента"]), dec(row["КратностьДокумента"])
            for r in row["СуммыДолга"]:
                contract = _filled(r["ДоговорКонтрагента_Key"])
                side = "ar" if r["ВидЗадолженности"] == "Дебиторская" else "ap"
                owner = self.party[self.contracts[contract]["Owner_Key"]]
                pool = Pool(side, paper.org, owner, contract, paper.currency)
                amount = dec(r["СуммаВзаиморасчетов"])
                self._add(pool, paper, int(r["LineNumber"]), _filled(r["Сделка"]), amount, terms, raises=raises)
        elif row["ВидОперации"] in MONEY:
            _, side, raises = MONEY[row["ВидОперации"]]
            for r in row["РасшифровкаПлатежа"]:
                contract = _filled(r["ДоговорКонтрагента_Key"])
                held = self.contracts.get(contract)
                currency = self._currency(held["ВалютаВзаиморасчетов_Key"]) if held else paper.currency
                named = self.books.papers.get(_filled(r["Сделка"]))
                if named and named.currency == paper.currency:  # a tenge bill of a dollar contract, paid in tenge
                    currency = paper.currency
                pool = Pool(side, paper.org, paper.party, contract, currency)
                amount = dec(r["СуммаПлатежа" if currency == paper.currency else "СуммаВзаиморасчетов"])
                terms = dec(r["КурсВзаиморасчетов"]), dec(r["КратностьВзаиморасчетов"])
                terms = (ONE, ONE) if currency == TENGE else terms
                self._add(pool, paper, int(r["LineNumber"]), _filled(r["Сделка"]), amount, terms, raises=raises)

    def _add(
        self,
        pool: Pool,
        paper: Paper,
        line: int,
        target: str,
        amount: Decimal,
        terms: tuple[Decimal, Decimal],
        *,
        raises: bool,
    ) -> None:
        if not raises:
            credit = Credit(pool, paper.ref, paper.kind, paper.number, paper.day, line, target, amount, *terms)
            self.books.credits.append(credit)
        elif paper.kind in {"sale", "purchase"}:
            stages, source = _stages(self.contracts.get(pool.contract), paper.day, amount)
            for stage, (due, part) in enumerate(stages, 1):
                self.books.debits.append(
                    Debit(pool, paper.ref, paper.kind, paper.number, paper.day, stage, due, source, part, *terms)
                )
        else:  # money given back, or a debt taken up again: due at once
            self.books.debits.append(
                Debit(pool, paper.ref, paper.kind, paper.number, paper.day, line, paper.day, "none", amount, *terms)
            )

    def _entry_sides(self, row: Row) -> Iterator[Entry]:
        day = day_of(row["Period"])
        if not row["Active"] or day is None:
            return
        for side, sign in (("Dr", 1), ("Cr", -1)):
            values = {
                row[f"ExtDimension{side}{n}_Type"].rpartition("_")[2]: row[f"ExtDimension{side}{n}"] for n in (1, 2, 3)
            }
            currency = self._currency(row[f"Валюта{side}_Key"])
            kzt = dec(row["Сумма"])
            amount = kzt if currency == TENGE else dec(row[f"ВалютнаяСумма{side}"])
            card = values.get("Контрагенты", "")
            yield Entry(
                self.accounts[row[f"Account{side}_Key"]],
                row["Организация_Key"],
                self.party.get(card, card),
                values.get("ДоговорыКонтрагентов", ""),
                values.get("БанковскиеСчета", ""),
                values.get("Кассы", ""),
                currency,
                day,
                sign * amount,
                sign * kzt,
                row["Recorder"],
            )


def _kind(name: str, row: Row) -> str | None:
    """Kind of a document; None for what moves no money of other parties."""
    if name == INVOICE:
        return "invoice_out"
    if name in GOODS:
        return GOODS[name][0]
    if name == ADJUSTMENT:
        return ADJUSTED[row["ВидОперации"]][0]
    return MONEY[row["ВидОперации"]][0] if row["ВидОперации"] in MONEY else None


def _filled(ref: Any) -> str:
    return "" if ref in (None, "", EMPTY) else str(ref)


def _stages(contract: Mapping[str, Any] | None, day: date, amount: Decimal) -> tuple[list[tuple[date, Decimal]], str]:
    """Due days with their parts, earliest first, and where they come from."""
    terms = [
        (Decimal(p.replace(",", ".")), int(d)) for p, d in STAGE.findall(contract["УсловияОплаты"] if contract else "")
    ]
    if terms and sum(p for p, _ in terms) == 100:
        parts = [(amount * p / 100).quantize(TIYN, ROUND_DOWN) for p, _ in terms]
        parts[-1] += amount - total(parts)
        dues = [day + timedelta(days=d) for _, d in terms]
        return sorted(zip(dues, parts, strict=True), key=lambda s: s[0]), "schedule"
    if contract and contract["УстановленСрокОплаты"]:
        return [(day + timedelta(days=int(contract["СрокОплаты"])), amount)], "contract"
    return [(day, amount)], "none"
