"""Double entries of documents, as the accounting of Kazakhstan posts them.

What a payment closes (1210, 3310) and what stays an advance (3510, 1710) comes from the ledger's settlements, so that
1210 holds open items less unapplied returns and 3510 holds unapplied payments, to the tiyn and in both currencies.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta

from sync.standins.company import documents as make
from sync.standins.company.ground import Ground, to_kzt
from sync.standins.company.ledger import Credit, Pool, Settlement
from sync.standins.company.model import Contract, Doc, Entry, Line
from sync.standins.company.revaluing import Added

Dims = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Leg:
    """One side of an entry: account, dimensions, currency and minor units of it (None for KZT)."""

    account: str
    dims: Dims = ()
    currency: str | None = None
    total: int | None = None


@dataclass(slots=True)
class _Books:
    """What posting one document needs to know of the others."""

    ground: Ground
    contracts: Mapping[str, Contract]
    now: dict[tuple[str, int], list[Settlement]]  # by (paying document, row): closed on the paying document's own event
    later: dict[str, list[Settlement]]  # by arriving document: paid by money that was an advance until then
    added: Added
    # money in foreign currency by own entity and account: units of it, tiyn of KZT
    held: dict[tuple[str, _Leg], tuple[int, int]] = field(default_factory=dict)


def post(
    ground: Ground, contracts: Mapping[str, Contract], docs: Iterable[Doc], pools: Iterable[Pool], added: Added
) -> list[Entry]:
    """The entries of the documents that count, in the order of the documents; `added` by each revaluation."""
    now: dict[tuple[str, int], list[Settlement]] = {}
    later: dict[str, list[Settlement]] = {}
    for pool in pools:
        for paid in pool.settlements:
            if paid.trigger == paid.credit.doc.ref:
                now.setdefault((paid.trigger, paid.credit.row), []).append(paid)
            elif paid.credit.kind == "payment":  # other credits never were an advance
                later.setdefault(paid.trigger, []).append(paid)
    books = _Books(ground, contracts, now, later, added)
    entries: list[Entry] = []
    for doc in docs:
        if not doc.posted or doc.deleted:
            continue
        made = _RULES[doc.kind](books, doc)
        for number, (debit, credit, total, content) in enumerate(made, 1):
            for leg, sign in ((debit, 1), (credit, -1)):
                if leg.account == "1030" and leg.currency:
                    units, value = books.held.get(key := (doc.org, replace(leg, total=0)), (0, 0))
                    books.held[key] = units + sign * (leg.total or 0), value + sign * total
            entries.append(
                Entry(
                    doc.ref,
                    number,
                    doc.moment,
                    doc.org,
                    debit.account,
                    credit.account,
                    debit.dims,
                    credit.dims,
                    total,
                    debit.currency,
                    debit.total,
                    credit.currency,
                    credit.total,
                    content,
                )
            )
    return entries


_Row = tuple[_Leg, _Leg, int, str]


def _party(doc: Doc, contract: Contract, account: str, total: int | None) -> _Leg:
    dims = (("party", contract.party), ("contract", contract.ref))
    if doc.currency == "KZT":
        return _Leg(account, dims)
    return _Leg(account, dims, doc.currency, total or 0)


def _cash(doc: Doc, total: int) -> _Leg:
    if doc.bank_account is None:
        return _Leg("1010", (("cash_desk", doc.cash_desk or ""),))
    dims = (("bank_account", doc.bank_account),)
    return _Leg("1030", dims) if doc.currency == "KZT" else _Leg("1030", dims, doc.currency, total)


def _net_and_vat(doc: Doc, row: Line) -> tuple[int, int]:
    """Net and VAT of a row, in tiyn of KZT, adding up to the row in KZT."""
    gross = row.total + (0 if doc.vat_inside else row.vat_total)
    vat = to_kzt(row.vat_total, doc.rate, doc.mult)
    return to_kzt(gross, doc.rate, doc.mult) - vat, vat


def _totals(doc: Doc, rows: Iterable[Line]) -> tuple[int, int, int, int]:
    """(net, VAT) in the document's currency and in KZT; the whole is rounded once, so it is the document in KZT."""
    rows = tuple(rows)
    vat_doc = sum(row.vat_total for row in rows)
    gross_doc = sum(row.total for row in rows) + (0 if doc.vat_inside else vat_doc)
    vat = to_kzt(vat_doc, doc.rate, doc.mult)
    return gross_doc - vat_doc, vat_doc, to_kzt(gross_doc, doc.rate, doc.mult) - vat, vat


def _advances(books: _Books, doc: Doc) -> Iterator[_Row]:
    """Advances that an arriving document uses up, with the exchange difference of each."""
    for paid in books.later.get(doc.ref, ()):
        contract = books.contracts[_contract_of(paid.credit)]
        sale = paid.debit.doc.kind in {"sale", "debt_adjust"} or paid.debit.doc.operation == make.OUT_CUSTOMER
        before, after = paid.left, paid.left - paid.amount
        value = _at(paid.credit.doc, before) - _at(paid.credit.doc, after)
        debt = _party(paid.credit.doc, contract, "1210" if sale else "3310", paid.amount)
        advance = _party(paid.credit.doc, contract, "3510" if sale else "1710", paid.amount)
        yield (advance, debt, value, "Зачет аванса") if sale else (debt, advance, value, "Зачет аванса")
        yield from _difference(paid, contract, value, sale=sale)


def _contract_of(credit: Credit) -> str:
    rows = credit.doc.allocations or credit.doc.adjustments
    return rows[credit.row].contract


def _at(doc: Doc, total: int) -> int:
    return to_kzt(total, doc.rate, doc.mult)


def _difference(paid: Settlement, contract: Contract, value: int, *, sale: bool) -> Iterator[_Row]:
    """The exchange difference between what a debt was carried at and what paid it."""
    debit, before = paid.debit, paid.day - timedelta(days=1)  # a revaluation is the last thing of its day
    gap = debit.carried(paid.open, before) - debit.carried(paid.open - paid.amount, before) - value
    if gap == 0:
        return
    debt = _party(paid.credit.doc, contract, "1210" if sale else "3310", 0)
    loss, gain = _Leg("7430"), _Leg("6250")
    if sale:
        yield (loss, debt, gap, "Курсовая разница") if gap > 0 else (debt, gain, -gap, "Курсовая разница")
    else:
        yield (debt, gain, gap, "Курсовая разница") if gap > 0 else (loss, debt, -gap, "Курсовая разница")


def _goods(books: _Books, doc: Doc, *, back: bool) -> Iterator[_Row]:
    for row in doc.goods:
        cost = books.ground.prices[row.item][1] * row.qty // 1000
        stock = _Leg("1330", (("item", row.item), ("warehouse", doc.warehouse or "")))
        yield (stock, _Leg("7010"), cost, "Возврат ТМЗ") if back else (_Leg("7010"), stock, cost, "Списание ТМЗ")


def _sale(books: _Books, doc: Doc) -> Iterator[_Row]:
    contract = books.contracts[doc.contract or ""]
    net_doc, vat_doc, net, vat = _totals(doc, doc.goods + doc.services)
    yield _party(doc, contract, "1210", net_doc), _Leg("6010"), net, "Реализация"
    if vat:
        yield _party(doc, contract, "1210", vat_doc), _Leg("3130"), vat, "НДС начисленный"
    yield from _goods(books, doc, back=False)
    yield from _advances(books, doc)


def _sale_return(books: _Books, doc: Doc) -> Iterator[_Row]:
    contract = books.contracts[doc.contract or ""]
    net_doc, vat_doc, net, vat = _totals(doc, doc.goods + doc.services)
    yield _Leg("6020"), _party(doc, contract, "1210", net_doc), net, "Возврат от покупателя"
    if vat:
        yield _Leg("3130"), _party(doc, contract, "1210", vat_doc), vat, "НДС по возврату"
    yield from _goods(books, doc, back=True)


def _purchase(books: _Books, doc: Doc) -> Iterator[_Row]:
    yield from _bought(books, doc, back=False)
    yield from _advances(books, doc)


def _purchase_return(books: _Books, doc: Doc) -> Iterator[_Row]:
    yield from _bought(books, doc, back=True)


def _bought(books: _Books, doc: Doc, *, back: bool) -> Iterator[_Row]:
    contract = books.contracts[doc.contract or ""]
    rows: list[tuple[_Leg, int, int]] = []
    for row in doc.goods:
        net, _ = _net_and_vat(doc, row)
        stock = _Leg("1330", (("item", row.item), ("warehouse", doc.warehouse or "")))
        rows.append((stock, row.total - (row.vat_total if doc.vat_inside else 0), net))
    if doc.services:
        net_doc, _, net, _ = _totals(doc, doc.services)
        rows.append((_Leg("7210"), net_doc, net))
    _, vat_doc, _, vat = _totals(doc, doc.goods + doc.services)
    if vat:
        rows.append((_Leg("1420"), vat_doc, vat))
    # Rows are rounded one by one; the last one takes what is left, so that the document ties to its own total.
    spare = to_kzt(doc.total, doc.rate, doc.mult) - sum(total for _, _, total in rows)
    leg, units, total = rows[-1]
    rows[-1] = (leg, units, total + spare)
    for leg, units, total in rows:
        supplier = _party(doc, contract, "3310", units)
        yield (supplier, leg, total, "Возврат поставщику") if back else (leg, supplier, total, "Поступление")


def _money(books: _Books, doc: Doc) -> Iterator[_Row]:
    incoming = doc.kind in {"bank_in", "bank_in_order", "cash_in"}
    other = _OTHER.get(doc.operation)
    if other:
        cash = _cash(doc, doc.total)
        value = _at(doc, doc.total)
        yield (cash, _Leg(other), value, doc.operation) if incoming else (_Leg(other), cash, value, doc.operation)
    elif doc.operation in {make.OUT_CUSTOMER, make.IN_SUPPLIER}:
        for part in doc.allocations:
            party = _party(doc, books.contracts[part.contract], "3310" if incoming else "1210", part.total)
            cash, value = _cash(doc, part.total), _at(doc, part.total)
            yield (cash, party, value, doc.operation) if incoming else (party, cash, value, doc.operation)
        yield from _advances(books, doc)
    else:
        for row, part in enumerate(doc.allocations):
            yield from _paid(books, doc, row, part.total, books.contracts[part.contract], sale=incoming)


def _paid(books: _Books, doc: Doc, row: int, total: int, contract: Contract, *, sale: bool) -> Iterator[_Row]:
    left = total
    for paid in books.now.get((doc.ref, row), ()):
        value = _at(doc, paid.left) - _at(doc, paid.left - paid.amount)
        left -= paid.amount
        yield from _cash_row(doc, contract, "1210" if sale else "3310", paid.amount, value, sale=sale)
        yield from _difference(paid, contract, value, sale=sale)
    if left:
        yield from _cash_row(doc, contract, "3510" if sale else "1710", left, _at(doc, left), sale=sale)


def _cash_row(doc: Doc, contract: Contract, account: str, total: int, value: int, *, sale: bool) -> Iterator[_Row]:
    cash, party = _cash(doc, total), _party(doc, contract, account, total)
    yield (cash, party, value, doc.operation) if sale else (party, cash, value, doc.operation)


def _adjust(books: _Books, doc: Doc) -> Iterator[_Row]:
    """An offset closes 3310 against 1210 amount by amount; a write-off goes to losses, and back when it is restored."""
    owed = [(books.contracts[row.contract], row.total) for row in doc.adjustments if row.side == "receivable"]
    owing = [(books.contracts[row.contract], row.total) for row in doc.adjustments if row.side == "payable"]
    if doc.operation == make.OFFSET:
        yield from _offset(doc, owed, owing)
    else:
        for contract, total in owed:
            debt = _party(doc, contract, "1210", None)
            restored = doc.operation == make.RESTORE
            yield (debt, _Leg("6280"), total, doc.operation) if restored else (_Leg("7440"), debt, total, doc.operation)
        for contract, total in owing:
            yield _party(doc, contract, "3310", None), _Leg("6280"), total, doc.operation
    yield from _advances(books, doc)


def _offset(doc: Doc, owed: list[tuple[Contract, int]], owing: list[tuple[Contract, int]]) -> Iterator[_Row]:
    while owed and owing:
        (customer, claim), (supplier, debt) = owed[0], owing[0]
        total = min(claim, debt)
        yield _party(doc, supplier, "3310", None), _party(doc, customer, "1210", None), total, "Взаимозачет"
        owed[0], owing[0] = (customer, claim - total), (supplier, debt - total)
        owed, owing = [pair for pair in owed if pair[1]], [pair for pair in owing if pair[1]]


def _reval(books: _Books, doc: Doc) -> Iterator[_Row]:
    """Debts and money in foreign currency come to the rate of the day; the currency itself does not move."""
    loss, gain, words = _Leg("7430"), _Leg("6250"), "Переоценка валютных остатков"
    for pool, total in books.added.get(doc.ref, ()):
        contract = pool.contract
        dims = (("party", contract.party), ("contract", contract.ref))
        if pool.side == "ar":
            debt = _Leg("1210", dims, contract.currency, 0)
            yield (debt, gain, total, words) if total > 0 else (loss, debt, -total, words)
        else:
            debt = _Leg("3310", dims, contract.currency, 0)
            yield (loss, debt, total, words) if total > 0 else (debt, gain, -total, words)
    for (org, account), (units, value) in books.held.items():
        if org != doc.org:
            continue
        rate, mult = books.ground.rate(account.currency or "", doc.moment.date())
        total = to_kzt(units, rate, mult) - value
        if total:
            yield (account, gain, total, words) if total > 0 else (loss, account, -total, words)


def _nothing(books: _Books, doc: Doc) -> Iterator[_Row]:
    """An invoice for payment makes no entries."""
    del books, doc
    yield from ()


_OTHER = dict.fromkeys((make.TRANSFER, make.BUY_CURRENCY, make.FROM_BANK, make.TO_BANK), "1021")
_OTHER |= {make.FEE: "7210", make.OTHER_IN: "5030"}
_RULES = {
    "invoice_out": _nothing,
    "sale": _sale,
    "sale_return": _sale_return,
    "purchase": _purchase,
    "purchase_return": _purchase_return,
    "debt_adjust": _adjust,
    "reval": _reval,
    "bank_in": _money,
    "bank_in_order": _money,
    "bank_out": _money,
    "bank_out_order": _money,
    "cash_in": _money,
    "cash_out": _money,
}
