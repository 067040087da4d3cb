"""Documents of a company as entity sets: head, tabular sections, and the sections as sets of their own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sync.standins.company.model import Adjustment, Doc
from sync.standins.onec import vocabulary as names
from sync.standins.onec.books import Books, currency_ref
from sync.standins.onec.field import (
    EntitySet,
    Field,
    Section,
    amount,
    composite,
    flag,
    flatten,
    iso,
    ref,
    stamp,
    text,
    version,
    whole,
)
from sync.standins.onec.vocabulary import guid

Fields = tuple[Field, ...]


def documents(books: Books) -> list[EntitySet]:
    """Return the sets of documents, each followed by the sets of its sections."""
    trade = (*_money(books), *_shipment(books))
    incoming = (
        text("НомерВходящегоДокумента", lambda d: d.in_number),
        stamp("ДатаВходящегоДокумента", lambda d: d.in_date),
    )
    bank = (*_payment(books), *_bank(books))
    heads: dict[str, Fields] = {
        "invoice_out": _money(books),
        "sale": trade,
        "sale_return": trade,
        "purchase": (*trade, *incoming),
        "purchase_return": trade,
        "debt_adjust": _adjustment(books),
        "reval": (),
        "bank_in": (*bank, *incoming),
        "bank_in_order": (*bank, *incoming),
        "bank_out": (*bank, *incoming),
        "bank_out_order": (*bank, *incoming),
        "cash_in": _cash(books),
        "cash_out": _cash(books),
    }
    sets: list[EntitySet] = []
    for kind, head in heads.items():
        main = _document(books, kind, head)
        sets.append(main)
        sets.extend(_section_set(books, kind, main, section) for section in main.sections)
    return sets


def _document(books: Books, kind: str, head: Fields) -> EntitySet:
    name = names.DOCUMENTS[kind]
    standard = flatten(
        Field("Ref_Key", "Edm.Guid", lambda d: d.ref),
        Field("DataVersion", "Edm.String", lambda d: version(books.writes(d))),
        flag("DeletionMark", lambda d: d.deleted),
        text("Number", lambda d: d.number),
        stamp("Date", lambda d: d.moment),
        flag("Posted", lambda d: d.posted),
        ref("Организация", names.ORGANIZATION, lambda d: d.org),
        text("Комментарий", lambda d: d.comment),
    )

    def find(key: str) -> Doc | None:
        doc: Doc | None = books.by_ref("docs").get(key)
        return doc if doc and doc.kind == kind else None

    return EntitySet(
        name,
        ("Ref_Key",),
        standard + head,
        lambda: books.docs(kind),
        presentation=lambda d: (d.moment, d.number, d.ref),
        sections=_sections(books, kind, name),
        moment="Date",
        times=lambda: books.times(kind),
        find=find,
    )


def _money(books: Books) -> Fields:
    def terms(doc: Doc) -> tuple[int, int]:
        """КурсВзаиморасчетов belongs to the contract's currency, which is the document's in all but odd cases."""
        currency = books.contract_currency(doc.contract or "", doc.currency)
        return (doc.rate, doc.mult) if currency == doc.currency else books.rate(currency, iso(doc.moment))

    return flatten(
        ref("Контрагент", names.PARTY, lambda d: d.party),
        ref("ДоговорКонтрагента", names.CONTRACT, lambda d: d.contract),
        ref("ВалютаДокумента", names.CURRENCY, lambda d: currency_ref(d.currency)),
        amount("КурсВзаиморасчетов", lambda d: terms(d)[0], 10_000),
        whole("КратностьВзаиморасчетов", lambda d: terms(d)[1]),
        amount("СуммаДокумента", lambda d: d.total),
        flag("УчитыватьНДС", lambda d: d.vat_on),
        flag("СуммаВключаетНДС", lambda d: d.vat_inside),
    )


def _shipment(books: Books) -> Fields:
    def settled(doc: Doc) -> tuple[str, str]:
        """A return says which shipment it takes back; a shipment itself names no settlement document."""
        return books.doc_link(doc.base) if doc.kind.endswith("_return") else ("", "")

    return flatten(
        ref("Склад", names.WAREHOUSE, lambda d: d.warehouse),
        composite("Сделка", settled),
        composite("ДокументОснование", lambda d: books.doc_link(d.base)),
        text("ВидОперации", lambda d: d.operation),
        ref("СчетУчетаРасчетовСКонтрагентом", names.ACCOUNT, lambda d: guid("account", _account(d))),
        ref("СчетУчетаРасчетовПоАвансам", names.ACCOUNT, lambda d: guid("account", _advances(d))),
    )


def _account(doc: Doc) -> str:
    return "3310" if doc.kind.startswith("purchase") else "1210"


def _advances(doc: Doc) -> str:
    return "1710" if doc.kind.startswith("purchase") else "3510"


def _adjustment(_books: Books) -> Fields:
    def debtor(doc: Doc) -> str | None:
        return next((a.party for a in doc.adjustments if a.side == "receivable"), None)

    def creditor(doc: Doc) -> str | None:
        """Whose payable it is, or who takes a receivable over."""
        found = next((a.party for a in doc.adjustments if a.side == "payable"), None)
        return found or next((a.party for a in doc.adjustments if a.party != debtor(doc)), None)

    return flatten(
        text("ВидОперации", lambda d: d.operation),
        ref("КонтрагентДебитор", names.PARTY, debtor),
        ref("КонтрагентКредитор", names.PARTY, creditor),
        ref("ВалютаДокумента", names.CURRENCY, lambda d: currency_ref(d.currency)),
        amount("КурсДокумента", lambda d: d.rate, 10_000),
        whole("КратностьДокумента", lambda d: d.mult),
        amount("СуммаДокумента", lambda d: d.total),
    )


def _payment(_books: Books) -> Fields:
    return flatten(
        text("ВидОперации", lambda d: d.operation),
        ref("ВалютаДокумента", names.CURRENCY, lambda d: currency_ref(d.currency)),
        amount("СуммаДокумента", lambda d: d.total),
        text("НазначениеПлатежа", lambda d: d.purpose),
        text("КодНазначенияПлатежа", lambda d: d.knp),
        _cash_item(lambda d: d.cash_item),
    )


def _cash_item(named: Callable[[Any], str | None]) -> Field:
    return ref("СтатьяДвиженияДенежныхСредств", names.CASH_ITEM, named)


def _bank(_books: Books) -> Fields:
    # the document posts only once the bank has carried it out, so the two facts are one
    return flatten(
        ref("Контрагент", names.PARTY, lambda d: d.party),
        ref("СчетОрганизации", names.BANK_ACCOUNT, lambda d: d.bank_account),
        ref("СчетКонтрагента", names.BANK_ACCOUNT, lambda d: d.party_account),
        flag("Оплачено", lambda d: d.posted),
        stamp("ДатаВыписки", lambda d: d.moment.date() if d.posted else None),
    )


def _cash(books: Books) -> Fields:
    return flatten(
        composite("Контрагент", lambda d: books.party_link(d.party)),
        ref("Касса", names.CASH_DESK, lambda d: d.cash_desk),
        text("ВидОперации", lambda d: d.operation),
        ref("ВалютаДокумента", names.CURRENCY, lambda d: currency_ref(d.currency)),
        amount("СуммаДокумента", lambda d: d.total),
        _cash_item(lambda d: d.cash_item),
    )


def _sections(books: Books, kind: str, name: str) -> tuple[Section, ...]:
    """Return the sections of a kind. A row is (document, line number, record)."""
    if kind == "reval":
        return ()
    if kind == "debt_adjust":
        return (_section(name, "СуммыДолга", _debts(books), lambda d: d.adjustments),)
    if kind.startswith(("bank_", "cash_")):
        return (_section(name, "РасшифровкаПлатежа", _split(books, kind), lambda d: d.allocations),)
    return (
        _section(name, "Товары", _lines(), lambda d: d.goods),
        _section(name, "Услуги", _lines(), lambda d: d.services),
    )


def _section(name: str, section: str, fields: Fields, records: Callable[[Doc], Sequence[Any]]) -> Section:
    keys = (Field("Ref_Key", "Edm.Guid", lambda r: r[0].ref), whole("LineNumber", lambda r: r[1]))

    def rows(doc: Doc) -> list[tuple[Doc, int, Any]]:
        return [(doc, n, record) for n, record in enumerate(records(doc), 1)]

    return Section(section, f"{name}_{section}_RowType", keys + fields, rows)


def _lines() -> Fields:
    return flatten(
        ref("Номенклатура", names.ITEM, lambda r: r[2].item),
        amount("Количество", lambda r: r[2].qty, 1000),
        amount("Цена", lambda r: r[2].price),
        amount("Сумма", lambda r: r[2].total),
        ref("СтавкаНДС", names.VAT_RATE, lambda r: guid("vat", r[2].vat)),
        amount("СуммаНДС", lambda r: r[2].vat_total),
    )


def _split(books: Books, kind: str) -> Fields:
    def terms(row: Any) -> tuple[int, int, bool]:
        """Rate and units of the contract's currency, and whether the payment is in it."""
        doc: Doc = row[0]
        currency = books.contract_currency(row[2].contract, doc.currency)
        if currency == doc.currency:
            return doc.rate, doc.mult, True
        return *books.rate(currency, iso(doc.moment)), False

    def settled(row: Any) -> int:
        """СуммаВзаиморасчетов: the payment in the contract's currency, rounded half up to the cent."""
        doc: Doc = row[0]
        rate, mult, same = terms(row)
        total: int = row[2].total
        above, below = total * doc.rate * mult, doc.mult * rate
        return total if same else (2 * above + below) // (2 * below)

    fields = flatten(
        ref("ДоговорКонтрагента", names.CONTRACT, lambda r: r[2].contract),
        composite("Сделка", lambda r: books.doc_link(r[2].target)),
        amount("СуммаПлатежа", lambda r: r[2].total),
        amount("СуммаВзаиморасчетов", settled),
        amount("КурсВзаиморасчетов", lambda r: terms(r)[0], 10_000),
        whole("КратностьВзаиморасчетов", lambda r: terms(r)[1]),
        _cash_item(lambda r: r[2].cash_item),
    )
    if kind in ("bank_in", "bank_in_order", "cash_in"):
        fields += (ref("СчетНаОплату", names.DOCUMENTS["invoice_out"], lambda r: r[2].invoice),)
    return fields


def _debts(books: Books) -> Fields:
    def side(row: Any) -> str:
        adjustment: Adjustment = row[2]
        return "Дебиторская" if adjustment.side == "receivable" else "Кредиторская"

    return flatten(
        ref("ДоговорКонтрагента", names.CONTRACT, lambda r: r[2].contract),
        composite("Сделка", lambda r: books.doc_link(r[2].target)),
        text("ВидЗадолженности", side),
        amount("Сумма", lambda r: r[2].total),
        amount("СуммаВзаиморасчетов", lambda r: r[2].total),
    )


def _section_set(books: Books, kind: str, main: EntitySet, section: Section) -> EntitySet:
    """Return all rows of one section over all documents as a set of its own."""
    name = f"{main.name}_{section.name}"
    return EntitySet(
        name,
        ("Ref_Key", "LineNumber"),
        section.fields,
        lambda: books.made(f"rows/{name}", lambda: [row for doc in books.docs(kind) for row in section.rows(doc)]),
        presentation=lambda r: (r[0].moment, r[0].number, r[0].ref, r[1]),
    )
