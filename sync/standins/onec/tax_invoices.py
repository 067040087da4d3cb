"""Tax invoices issued (счета-фактуры выданные) as an entity set. They make no entries; the section of further bases is not served."""

from __future__ import annotations

from sync.standins.onec import vocabulary as names
from sync.standins.onec.books import Books, Times, currency_ref
from sync.standins.onec.field import EntitySet, Field, amount, composite, flag, flatten, ref, stamp, text, version


def tax_invoices(books: Books) -> EntitySet:
    """Return the set."""
    return EntitySet(
        names.TAX_INVOICE,
        ("Ref_Key",),
        flatten(
            Field("Ref_Key", "Edm.Guid", lambda p: p.ref),
            Field("DataVersion", "Edm.String", lambda p: version(books.writes(p))),
            flag("DeletionMark", lambda _: False),
            text("Number", lambda p: p.number),
            stamp("Date", lambda p: p.moment),
            flag("Posted", lambda _: True),
            ref("Организация", names.ORGANIZATION, lambda p: p.org),
            text("Комментарий", lambda _: ""),
            ref("Контрагент", names.PARTY, lambda p: p.party),
            composite("ДокументОснование", lambda p: books.doc_link(p.base)),
            stamp("ДатаСовершенияОборотаПоРеализации", lambda p: p.turnover),
            ref("ВалютаДокумента", names.CURRENCY, lambda p: currency_ref(p.currency)),
            amount("СуммаДокумента", lambda p: p.total),
        ),
        lambda: books.company.papers,
        presentation=lambda p: (p.moment, p.number, p.ref),
        moment="Date",
        times=lambda: Times(books.company.papers, lambda p: p.moment),
        find=lambda key: books.by_ref("papers").get(key),
    )
