"""One electronic invoice as the portal tells it: its body (XML of version 2) and what the portal keeps of it, its state.

Elements are found by their local names: the body's children carry no namespace, its root one that changes with the version.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from zoneinfo import ZoneInfo

from lxml import etree

from sync.errors import SourceError
from sync.sources.bank.text import day, plain

NAME = "esf"
KINDS = {"ORDINARY_INVOICE": "basic", "FIXED_INVOICE": "fixed", "ADDITIONAL_INVOICE": "additional"}
EXPORT_AGAIN = "Export the invoices from the portal once more and put the new file in the inbox"
PORTAL = ZoneInfo("Asia/Almaty")  # a moment that names its zone is kept as the clock of the portal showed it
_CENT, _LIMIT = Decimal("0.01"), Decimal(10) ** 16
_RATE = Decimal("0.000001")


class EsfRefused(SourceError):
    """A file, or one invoice of it, that cannot be taken. file: its name; invoice: its number or place in the file, "" when the file is meant."""

    def __init__(self, file: str, invoice: str, what: str, hint: str = EXPORT_AGAIN) -> None:
        super().__init__(NAME, f"{file}, invoice {invoice}: {what}" if invoice else f"{file}: {what}", hint)
        self.file = file
        self.invoice = invoice


@dataclass(frozen=True, slots=True)
class Invoice:
    """What one invoice says in one state. Money in `currency`, two places; a correcting additional one may be negative.

    reg_no: the portal's registration number; may be empty for a draft, which then has invoice_id. Moments are naive, the portal's clock.
    rate: KZT for one unit of `currency`, None where the invoice names none. products: lines.
    """

    reg_no: str
    invoice_id: str
    status: str
    updated_at: datetime | None
    input_at: datetime | None
    cancel_reason: str
    kind: str
    number: str
    issue_date: date
    turnover_date: date
    related_reg_no: str
    related_number: str
    related_date: date | None
    seller_bin: str
    seller_name: str
    buyer_bin: str
    buyer_name: str
    currency: str
    rate: Decimal | None
    total: Decimal
    vat: Decimal
    delivery_number: str
    delivery_date: date | None
    products: int

    @property
    def key(self) -> str:
        """Which invoice in which state: the same text for the same content, whatever file brought it."""
        said = "\x1f".join(str(getattr(self, field.name)) for field in fields(self))
        return f"{self.reg_no or self.invoice_id}|{hashlib.sha256(said.encode()).hexdigest()[:24]}"


class Reader:
    """Typed values of an invoice's elements; what cannot be read is refused by the element's name."""

    def __init__(self, file: str, invoice: str, root: etree._Element) -> None:
        self.file = file
        self.invoice = invoice
        self.root = root

    def refused(self, what: str, hint: str = EXPORT_AGAIN) -> EsfRefused:
        """The error that names this invoice."""
        return EsfRefused(self.file, self.invoice, what, hint)

    def text(self, *path: str) -> str:
        """Words of the first element at a path of local names, "" when there is none."""
        return next((plain(e.text or "") for e in below(self.root, path)), "")

    def needed(self, *path: str) -> str:
        """The same, refused when it is empty."""
        if not (found := self.text(*path)):
            raise self.refused(f"it has no {'/'.join(path)}")
        return found

    def date(self, *path: str) -> date | None:
        """A day written dd.mm.yyyy or yyyy-mm-dd."""
        if not (said := self.text(*path)):
            return None
        if (found := day(said)) is None:
            raise self.refused(f"{'/'.join(path)} is {said[:30]!r}, which is no date (dd.mm.yyyy)")
        return found

    def moment(self, *path: str) -> datetime | None:
        """A moment, ISO or dd.mm.yyyy with a time; one with a zone as the portal's own clock."""
        if not (said := self.text(*path)):
            return None
        for read in (datetime.fromisoformat, _spoken):
            try:
                found = read(said)
            except ValueError:
                continue
            return found.astimezone(PORTAL).replace(tzinfo=None) if found.tzinfo else found
        raise self.refused(f"{'/'.join(path)} is {said[:40]!r}, which is no moment")

    def money(self, *path: str) -> Decimal | None:
        """An amount, to the hundredth half up."""
        return self._decimal(path, _CENT)

    def rate(self, *path: str) -> Decimal | None:
        """An exchange rate above zero, to six places."""
        found = self._decimal(path, _RATE)
        if found is not None and found <= 0:
            raise self.refused(f"{'/'.join(path)} is {found}, and a rate is above zero")
        return found

    def _decimal(self, path: tuple[str, ...], step: Decimal) -> Decimal | None:
        if not (said := self.text(*path)):
            return None
        try:
            value = Decimal(said.replace(" ", "").replace(",", "."))
            if value.is_finite() and abs(value) < _LIMIT:
                return value.quantize(step, ROUND_HALF_UP) + 0
        except InvalidOperation:
            pass
        raise self.refused(f"{'/'.join(path)} is {said[:30]!r}, which is no amount")


def read(state: Reader, body: Reader) -> Invoice:
    """An invoice from what the portal keeps of it and from its own body.

    Raises: EsfRefused: neither a registration number nor an id, no status, day, seller or total, or lines that do not add up to the total.
    """
    reg_no, own_id = state.text("registrationNumber"), state.text("invoiceId")
    if not reg_no and not own_id:
        raise body.refused("it has no registration number, so the portal does not know it", EXPORT_AGAIN)
    kind = body.needed("invoiceType")
    if kind not in KINDS:
        raise body.refused(f"invoiceType is {kind[:30]!r}, none of {', '.join(KINDS)}")
    issued = body.date("date")
    turned = body.date("turnoverDate")
    if issued is None or turned is None:
        raise body.refused(f"it has no {'date' if issued is None else 'turnoverDate'}")
    related = body.text("relatedInvoice", "registrationNumber")
    if kind != "ORDINARY_INVOICE" and not (related or body.text("relatedInvoice", "num")):
        raise body.refused("it corrects another invoice and does not say which (relatedInvoice)")
    total, vat, products = _totals(body)
    return Invoice(
        reg_no=reg_no,
        invoice_id=own_id,
        status=state.needed("invoiceStatus").upper(),
        updated_at=state.moment("lastUpdateDate"),
        input_at=state.moment("inputDate"),
        cancel_reason=state.text("cancelReason"),
        kind=KINDS[kind],
        number=body.needed("num"),
        issue_date=issued,
        turnover_date=turned,
        related_reg_no=related,
        related_number=body.text("relatedInvoice", "num"),
        related_date=body.date("relatedInvoice", "date"),
        seller_bin=body.needed("sellers", "seller", "tin"),
        seller_name=body.text("sellers", "seller", "name"),
        buyer_bin=body.text("customers", "customer", "tin"),
        buyer_name=body.text("customers", "customer", "name"),
        currency=(body.text("productSet", "currencyCode") or "KZT").upper(),
        rate=body.rate("productSet", "currencyRate"),
        total=total,
        vat=vat,
        delivery_number=body.text("deliveryDocNum"),
        delivery_date=body.date("deliveryDocDate"),
        products=products,
    )


def _totals(body: Reader) -> tuple[Decimal, Decimal, int]:
    """Total with VAT, VAT in it, and the number of lines; each total must be what the lines add up to."""
    lines = [Reader(body.file, body.invoice, e) for e in below(body.root, ("productSet", "products", "product"))]
    found = []
    for total, part in (("totalPriceWithTax", "priceWithTax"), ("totalNdsAmount", "ndsAmount")):
        told = body.money("productSet", total)
        added = sum((line.money(part) or Decimal(0) for line in lines), Decimal("0.00"))
        if told is None and not lines:
            raise body.refused(f"it has neither {total} nor lines")
        if told is not None and lines and told != added:
            raise body.refused(f"{total} is {told}, but its {len(lines)} lines add up to {added}")
        found.append(added if told is None else told)
    return found[0], found[1], len(lines)


def below(root: etree._Element, path: tuple[str, ...]) -> Iterator[etree._Element]:
    """Elements at a path of local names."""
    for child in root.iterchildren(f"{{*}}{path[0]}"):
        if len(path) == 1:
            yield child
        else:
            yield from below(child, path[1:])


def _spoken(said: str) -> datetime:
    form = "%d.%m.%Y %H:%M:%S" if said.count(":") == 2 else "%d.%m.%Y %H:%M" if ":" in said else "%d.%m.%Y"  # noqa: PLR2004 - hh:mm:ss
    return datetime.strptime(said, form)  # noqa: DTZ007 - the portal's clock names no zone
