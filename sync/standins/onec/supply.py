"""Promises of goods as entity sets: orders, transfers, units with factors, and the four registers that say what is left.

«Бухгалтерия» has none of these; the demo company keeps them in a configuration of the same family that trades, in the same base.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from operator import itemgetter

from sync.standins.company.promise import Order, Promise
from sync.standins.onec import vocabulary as names
from sync.standins.onec.books import Books, Times, currency_ref
from sync.standins.onec.catalog import catalog
from sync.standins.onec.field import (
    EntitySet,
    Field,
    Function,
    amount,
    composite,
    flag,
    flatten,
    ref,
    stamp,
    text,
    version,
    whole,
)
from sync.standins.onec.goods import BALANCE, CONDITIONS, Result, figures, stock_table
from sync.standins.onec.sums import Asked, Key, Totals
from sync.standins.onec.vocabulary import guid

RESERVE = "AccumulationRegister_ТоварыВРезервеНаСкладах"
Fields = tuple[Field, ...]
Row = Callable[[Promise], str]


def supply(books: Books, sets: dict[str, EntitySet]) -> list[EntitySet]:
    """Return these sets."""
    buyer = flatten(_party(books), stamp("ДатаОтгрузки", lambda o: o.day), composite("СкладГруппа", _store))
    supplier = flatten(
        _party(books), stamp("ДатаПоступления", lambda o: o.day), ref("Склад", names.WAREHOUSE, lambda o: o.warehouse)
    )
    between = flatten(
        ref("СкладОтправитель", names.WAREHOUSE, lambda o: o.warehouse),
        ref("СкладПолучатель", names.WAREHOUSE, lambda o: o.warehouse_to),
    )
    place = ref("Склад", names.WAREHOUSE, lambda p: p.warehouse)
    item = ref("Номенклатура", names.ITEM, lambda p: p.item)
    out, into = names.ORDERS["order_out"], names.ORDERS["order_in"]
    return [
        _orders(books, "order_out", buyer),
        _orders(books, "order_in", supplier),
        _orders(books, "transfer", between),
        _units(books),
        *_register(
            books, RESERVE, "reserve", flatten(place, item, composite("ДокументРезерва", lambda p: books.doc_link(p.order))),
            (_balance(books, sets),),
        ),
        *_register(books, "AccumulationRegister_ЗаказыПокупателей", "ordered_out", (ref("ЗаказПокупателя", out, _whose), item)),
        *_register(books, "AccumulationRegister_ЗаказыПоставщикам", "ordered_in", (ref("ЗаказПоставщику", into, _whose), item)),
        *_register(
            books, "AccumulationRegister_ТоварыКПолучениюНаСклады", "in_transit",
            flatten(place, item, composite("ДокументПолучения", lambda p: books.doc_link(p.order))),
        ),
    ]  # fmt: skip


def _whose(promise: Promise) -> str:
    return promise.order


def _store(order: Order) -> tuple[str, str]:
    return (order.warehouse, names.WAREHOUSE) if order.warehouse else ("", "")


def _party(books: Books) -> Fields:
    return flatten(
        ref("Контрагент", names.PARTY, lambda o: o.party),
        ref("ДоговорКонтрагента", names.CONTRACT, lambda o: o.contract),
        ref(
            "ВалютаДокумента", names.CURRENCY, lambda o: currency_ref(books.contract_currency(o.contract or "", "KZT"))
        ),
        amount("СуммаДокумента", lambda o: o.total),
    )


def _orders(books: Books, kind: str, own: Fields) -> EntitySet:
    name = names.ORDERS[kind]

    def rows() -> list[Order]:
        return books.made(
            f"orders/{kind}",
            lambda: sorted((o for o in books.company.orders if o.kind == kind), key=lambda o: o.moment),
        )

    head = flatten(
        Field("Ref_Key", "Edm.Guid", lambda o: o.ref),
        Field("DataVersion", "Edm.String", lambda o: version(books.writes(o))),
        flag("DeletionMark", lambda o: o.deleted),
        text("Number", lambda o: o.number),
        stamp("Date", lambda o: o.moment),
        flag("Posted", lambda o: o.posted),
        ref("Организация", names.ORGANIZATION, lambda o: o.org),
        text("Комментарий", lambda o: o.comment),
    )
    return EntitySet(
        name,
        ("Ref_Key",),
        head + own,
        rows,
        presentation=lambda o: (o.moment, o.number, o.ref),
        moment="Date",
        times=lambda: Times(rows(), lambda o: o.moment),
        find=lambda key: books.made(f"find/{name}", lambda: {o.ref: o for o in rows()}).get(key),
    )


def _units(books: Books) -> EntitySet:
    return catalog(
        books,
        names.ITEM_UNIT,
        lambda: books.company.units,
        ref("Owner", names.ITEM, lambda u: u.item),
        text("Code", lambda u: u.code),
        text("Description", lambda u: u.name),
        ref("ЕдиницаПоКлассификатору", names.UNIT, lambda u: guid("unit", u.unit)),
        amount("Коэффициент", lambda u: u.factor, 1_000_000),
    )


def _rows(books: Books, register: str) -> list[Promise]:
    return books.made(
        f"promises/{register}",
        lambda: sorted((p for p in books.company.promises if p.register == register), key=lambda p: p.moment),
    )


def _register(
    books: Books, name: str, register: str, own: Fields, functions: tuple[Function, ...] = ()
) -> list[EntitySet]:
    """Return a register's flat rows and, under its bare name, the set that its virtual tables belong to."""
    fields = flatten(
        stamp("Period", lambda p: p.moment),
        composite("Recorder", lambda p: books.doc_link(p.doc)),
        whole("LineNumber", lambda p: p.line),
        flag("Active", lambda _: True),
        text("RecordType", lambda p: "Receipt" if p.receipt else "Expense"),
        own,
        amount("Количество", lambda p: p.qty, 1000),
    )

    def rows() -> list[Promise]:
        return _rows(books, register)

    keys = ("Recorder", "LineNumber", "Recorder_Type")
    flat = EntitySet(
        f"{name}_RecordType", keys, fields, rows, presentation=lambda p: p.doc,
        moment="Period", times=lambda: Times(rows(), lambda p: p.moment),
    )  # fmt: skip
    return [EntitySet(name, keys, fields, rows, presentation=lambda p: p.doc, functions=functions), flat]


def _balance(books: Books, sets: dict[str, EntitySet]) -> Function:
    def order(key: Key) -> tuple[str, str]:
        return books.doc_link(key[2])

    dimensions = flatten(
        Field("Склад_Key", "Edm.Guid", itemgetter(0), to=names.WAREHOUSE),
        Field("Номенклатура_Key", "Edm.Guid", itemgetter(1), to=names.ITEM),
        composite("ДокументРезерва", order),
    )

    def parts(promise: Promise) -> Iterator[tuple[Key, tuple[int, ...]]]:
        came, went = (promise.qty, 0) if promise.receipt else (0, promise.qty)
        yield (promise.warehouse, promise.item, promise.order), (came, went)

    def rows() -> list[Promise]:
        return _rows(books, "reserve")

    def totals() -> Totals:
        times = Times(rows(), lambda p: p.moment)
        return books.made("reserve", lambda: Totals(rows, lambda: times, dimensions, parts))

    def run(params: dict[str, str], select: tuple[str, ...]) -> Result:
        made = totals()
        return stock_table(made, [made.before(params, "Period")], BALANCE, Asked(params, select, sets))

    return Function("Balance", (*CONDITIONS, ("Period", "Edm.DateTime")), dimensions + figures(BALANCE), run)
