"""Additional attributes: what a company adds to a card without a programmer. Here the credit limit of a contract.

The shared subsystem «Свойства» keeps them as rows of a tabular section, each with a property of its catalog of kinds. Whether
this configuration has the section on contracts, and how a number lies in its value, was not seen on a live base.
"""

from __future__ import annotations

from dataclasses import dataclass

from sync.standins.company.model import Contract
from sync.standins.company.plot import money
from sync.standins.onec import vocabulary as names
from sync.standins.onec.books import Books
from sync.standins.onec.catalog import catalog
from sync.standins.onec.field import EntitySet, Field, flag, ref, text, whole
from sync.standins.onec.vocabulary import guid

LIMIT, CURATOR = "Кредитный лимит (Договоры)", "Куратор договора (Договоры)"


@dataclass(frozen=True, slots=True)
class Property:
    """A kind of attribute."""

    ref: str
    name: str


Row = tuple[Contract, int, str, str, str]  # contract, line, property, value, type of the value


def extras(books: Books) -> list[EntitySet]:
    """Return the kinds of attributes, and the attributes of contracts as a set of rows."""
    kinds = [Property(guid("property", name), name) for name in (LIMIT, CURATOR)]
    return [
        catalog(
            books,
            names.PROPERTY,
            lambda: kinds,
            text("Description", lambda r: r.name),
            flag("ЭтоДополнительноеСведение", lambda _: False),
        ),
        EntitySet(
            names.CONTRACT_EXTRAS,
            ("Ref_Key", "LineNumber"),
            (
                Field("Ref_Key", "Edm.Guid", lambda r: r[0].ref),
                whole("LineNumber", lambda r: r[1]),
                ref("Свойство", names.PROPERTY, lambda r: guid("property", r[2])),
                Field("Значение", "Edm.String", lambda r: r[3], composite=True),
                Field("Значение_Type", "Edm.String", lambda r: r[4]),
                text("ТекстоваяСтрока", lambda _: ""),
            ),
            lambda: books.made("contract extras", lambda: [row for c in books.company.contracts for row in _rows(c)]),
            presentation=lambda r: (r[0].ref, r[1]),
        ),
    ]


def _rows(contract: Contract) -> list[Row]:
    found = [(LIMIT, money(contract.limit), "Edm.Double")] if contract.limit is not None else []
    if int(contract.ref[:2], 16) % 3 == 0:
        found.insert(0, (CURATOR, "Отдел продаж", "Edm.String"))
    return [(contract, n, *row) for n, row in enumerate(found, 1)]
