"""Electronic invoices as files of the portal: an export of registered invoices, each body as text inside its state.

It has: the container's and the body's namespaces, unqualified children in the order of the portal's sample, dd.mm.yyyy, amounts without
trailing zeros, moments with a zone, no ndsRate where a line is without VAT. It lacks: signatures, certificates, addresses, goods codes.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

from sync.standins.company.einvoice import Export, Invoice, Row, Side, State
from sync.standins.company.model import Company
from sync.standins.statements.sides import day, short


def write(company: Company, folder: Path) -> list[Path]:
    """Write every export of the company into `folder`, made if it is not there; gives the paths in the company's order."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for export in company.einvoices:
        path = folder / export.file
        path.write_bytes(encoded(export))
        paths.append(path)
    return paths


def encoded(export: Export) -> bytes:
    """One export as the bytes of its file."""
    infos = "".join(_info(one, state) for one in export.invoices if (state := one.on(export.day)))
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<esf:invoiceInfoContainer xmlns:esf="esf">\n<invoiceSet>\n'
    return f"{head}{infos}</invoiceSet>\n</esf:invoiceInfoContainer>\n".encode()


def _info(one: Invoice, state: State) -> str:
    fields = {
        "invoiceId": str(1_000_000_000 + one.serial),
        "registrationNumber": one.reg_no,
        "inputDate": f"{one.states[0].at:%Y-%m-%dT%H:%M:%S}.000+05:00",
        "lastUpdateDate": f"{state.at:%Y-%m-%dT%H:%M:%S}.000+05:00",
        "invoiceStatus": state.status,
        "cancelReason": state.reason,
        "version": "InvoiceV2",
    }
    body = f"<invoiceBody><![CDATA[{''.join(_body(one))}]]></invoiceBody>"
    return (
        f"<invoiceInfo>{body}{''.join(_element(name, text) for name, text in fields.items() if text)}</invoiceInfo>\n"
    )


def _body(one: Invoice) -> Iterator[str]:
    yield '<v2:invoice xmlns:a="abstractInvoice.esf" xmlns:v2="v2.esf">'
    yield _element("date", day(one.issued))
    yield _element("invoiceType", one.kind)
    yield _element("num", one.number)
    yield _element("operatorFullname", "Образцова Айгуль")
    if one.related is not None:
        told = (
            ("date", day(one.related.issued)),
            ("num", one.related.number),
            ("registrationNumber", one.related.reg_no),
        )
        yield f"<relatedInvoice>{''.join(_element(name, text) for name, text in told)}</relatedInvoice>"
    yield _element("turnoverDate", day(one.turnover))
    yield f"<customers><customer>{_side(one.buyer)}</customer></customers>"
    if one.delivery:
        yield _element("deliveryDocDate", day(one.turnover)) + _element("deliveryDocNum", one.delivery)
    yield "<deliveryTerm><hasContract>true</hasContract></deliveryTerm>"
    yield f"<productSet><currencyCode>{one.currency}</currencyCode>"
    if one.currency != "KZT":
        yield _element("currencyRate", _rate(one.rate, one.mult))
    yield f"<products>{''.join(map(_product, one.rows))}</products>"
    yield _element("totalNdsAmount", short(sum(row.vat_total for row in one.rows)))
    yield _element("totalPriceWithTax", short(one.total))
    yield _element("totalTurnoverSize", short(sum(row.gross - row.vat_total for row in one.rows)))
    yield "</productSet>"
    yield f"<sellers><seller>{_side(one.seller)}</seller></sellers></v2:invoice>"


def _side(side: Side) -> str:
    return _element("countryCode", "KZ") + _element("name", side.name) + (_element("tin", side.bin) if side.bin else "")


def _product(row: Row) -> str:
    net = short(row.gross - row.vat_total)
    told = {
        "description": row.item,
        "ndsAmount": short(row.vat_total),
        "ndsRate": "" if row.vat == "none" else row.vat,
        "priceWithTax": short(row.gross),
        "priceWithoutTax": net,
        "quantity": f"{'-' if row.qty < 0 else ''}{abs(row.qty) // 1000}.{abs(row.qty) % 1000:03d}".rstrip("0").rstrip(
            "."
        ),
        "turnoverSize": net,
        "unitNomenclature": row.unit,
    }
    return f"<product>{''.join(_element(name, text) for name, text in told.items() if text)}</product>"


def _rate(rate: int, mult: int) -> str:
    return f"{rate // 10_000 // mult}.{rate // mult % 10_000:04d}"


def _element(name: str, text: str) -> str:
    return f"<{name}>{escape(text)}</{name}>"
