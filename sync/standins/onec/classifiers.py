"""Sets of things the company only uses: currencies, units, VAT rates, the chart of accounts, exchange rates."""

from __future__ import annotations

from dataclasses import dataclass

from sync.standins.company.model import Rate
from sync.standins.onec import vocabulary as names
from sync.standins.onec.books import Books, Times, currency_ref
from sync.standins.onec.catalog import catalog
from sync.standins.onec.condition import condition, resolver
from sync.standins.onec.field import EntitySet, Field, Function, Section, amount, flag, iso, ref, stamp, text, whole
from sync.standins.onec.grammar import parse
from sync.standins.onec.vocabulary import guid


@dataclass(frozen=True, slots=True)
class Named:
    """A catalog record the company has no record of its own for: a currency, a unit, a VAT rate, an account."""

    ref: str
    code: str
    name: str
    extra: str = ""
    number: int = 0


def classifiers(books: Books) -> list[EntitySet]:
    """Return these sets."""
    return [*_small(books), _accounts(books), _dimensions(books), _fx_rates(books)]


def _small(books: Books) -> list[EntitySet]:
    def units() -> list[Named]:
        used = {item.unit for item in books.company.items} | set(names.UNITS)
        return [Named(guid("unit", u), names.UNITS.get(u, ("", u))[0], u) for u in sorted(used)]

    currencies = [Named(guid("currency", c), code, name, c) for c, (code, name) in names.CURRENCIES.items()]
    rates = [
        Named(guid("vat", key), f"{n:09}", name, number=percent)
        for n, (key, (name, percent)) in enumerate(names.VAT_RATES.items(), 1)
    ]
    plain = (text("Code", lambda r: r.code), text("Description", lambda r: r.name))
    return [
        catalog(
            books,
            names.CURRENCY,
            lambda: currencies,
            text("Code", lambda r: r.code),
            text("Description", lambda r: r.extra),
            text("НаименованиеПолное", lambda r: r.name),
            text("БуквенныйКод", lambda r: r.extra),
        ),
        catalog(
            books,
            names.UNIT,
            lambda: books.made("units", units),
            text("Code", lambda r: f"{r.code:<4}"),  # fixed length, padded
            text("Description", lambda r: r.name),
        ),
        catalog(books, names.VAT_RATE, lambda: rates, plain, amount("Ставка", lambda r: r.number, 1)),
    ]


def _accounts(books: Books) -> EntitySet:
    def account_dimensions(account: Named) -> list[tuple[str, int, str]]:
        kinds = books.made("account dimensions", lambda: _dimension_kinds(books)).get(account.code, ())
        return [(account.ref, n, kind) for n, kind in enumerate(kinds, 1)]

    def chart() -> list[Named]:
        used = {code for e in books.company.entries for code in (e.debit, e.credit)} | set(names.ACCOUNTS)
        used |= {parent for code in used for parent in names.account_parents(code)}
        return [account(code) for code in sorted(used)]

    section = Section(
        "ExtDimensionTypes",
        names.ACCOUNT + "_ExtDimensionTypes_RowType",
        (
            Field("Ref_Key", "Edm.Guid", lambda r: r[0]),
            whole("LineNumber", lambda r: r[1]),
            Field("ExtDimensionType_Key", "Edm.Guid", lambda r: guid("dimension", r[2]), to=names.DIMENSION),
            flag("TurnoversOnly", lambda _: False),
        ),
        account_dimensions,
    )
    return catalog(
        books,
        names.ACCOUNT,
        lambda: books.made("chart", chart),
        Field(
            "Parent_Key",
            "Edm.Guid",
            lambda r: next((guid("account", c) for c in names.account_parents(r.code)), names.EMPTY_REF),
            to=names.ACCOUNT,
        ),
        text("Code", lambda r: r.code),
        text("Description", lambda r: r.name),
        text("Order", lambda r: r.code),
        text("Type", lambda r: names.account_type(r.code)),
        flag("OffBalance", lambda _: False),
        flag("Валютный", lambda r: r.code in names.ACCOUNTS and r.code[:2] in ("10", "12", "17", "33", "35")),
        flag("Количественный", lambda r: r.code.startswith("13")),
        sections=(section,),
    )


def account(code: str) -> Named:
    """Return the account of a code."""
    return Named(guid("account", code), code, names.ACCOUNTS.get(code, f"Счет {code}"))


def _dimension_kinds(books: Books) -> dict[str, tuple[str, ...]]:
    """Return the kinds of dimensions of each account, from the entry that fills most of them."""
    kinds: dict[str, tuple[str, ...]] = {}
    for entry in books.company.entries:
        for code, dims in ((entry.debit, entry.debit_dims), (entry.credit, entry.credit_dims)):
            if len(dims) > len(kinds.get(code, ())):
                kinds[code] = tuple(kind for kind, _ in dims)
    return kinds


def _dimensions(books: Books) -> EntitySet:
    rows = [
        Named(guid("dimension", kind), f"{n:05}", name, name)
        for n, (kind, (_, name)) in enumerate(names.DIMENSIONS.items(), 1)
    ]
    kinds = catalog(
        books,
        names.DIMENSION,
        lambda: rows,
        text("Code", lambda r: r.code),
        text("Description", lambda r: r.name),
    )
    predefined = {
        "Predefined": flag("Predefined", lambda _: True),
        "PredefinedDataName": text("PredefinedDataName", lambda r: r.extra),
    }
    fields = tuple(predefined.get(f.name, f) for f in kinds.fields)
    return EntitySet(kinds.name, kinds.keys, fields, kinds.rows, kinds.presentation, find=kinds.find)


def _fx_rates(books: Books) -> EntitySet:
    """Return the register of exchange rates: independent, periodic, one flat set."""

    def rows() -> list[Rate]:
        return books.made("fx", lambda: sorted(books.company.rates, key=lambda r: (r.day, r.currency)))

    def slice_of(last: bool) -> Function:
        def run(params: dict[str, str], _select: tuple[str, ...]) -> tuple[tuple[Field, ...], list[Rate]]:
            test = (
                condition(parse(params["Condition"], "Condition"), resolver(fields, {}))
                if params.get("Condition")
                else None
            )
            found: dict[str, Rate] = {}
            for rate in rows():
                day = iso(rate.day)
                outside = day > params.get("Period", day) if last else day < params.get("Period", day)
                if outside or (test is not None and not test(rate)):
                    continue
                if last or rate.currency not in found:
                    found[rate.currency] = rate
            return fields, list(found.values())

        params = (("Condition", "Edm.String"), ("Period", "Edm.DateTime"))
        return Function("SliceLast" if last else "SliceFirst", params, (), run)

    fields = (
        stamp("Period", lambda r: r.day),
        ref("Валюта", names.CURRENCY, lambda r: currency_ref(r.currency)),
        amount("Курс", lambda r: r.rate, 10_000),
        whole("Кратность", lambda r: r.mult),
    )
    return EntitySet(
        "InformationRegister_КурсыВалют",
        ("Period", "Валюта_Key"),
        fields,
        rows,
        presentation=lambda r: (r.day, r.currency),
        moment="Period",
        times=lambda: Times(rows(), lambda r: r.day),
        functions=(slice_of(last=True), slice_of(last=False)),
    )
