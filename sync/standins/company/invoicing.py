"""Electronic invoices of the demo company's sales and purchases: issued in their time and equal to 1C, but for those planted here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from sync.standins.company import tax
from sync.standins.company.einvoice import ADDITIONAL, BASIC, FIXED, Export, Invoice, Paper, Plan, Row, Side, State
from sync.standins.company.ground import EARLIER, TODAY, Ground
from sync.standins.company.model import Doc, Item, Line, Org, Party
from sync.standins.company.plot import Plot, money
from sync.standins.company.stream import Stream

TERM = 15  # days from the turnover within which an invoice is to be issued
LONGEST = 9  # days that an everyday invoice takes
_SINCE = {"large": date(2025, 10, 1)}  # the first turnover that was ever exported; other sizes a year's
_USUAL = date(2025, 1, 1)
_AGAIN = date(2025, 11, 1)  # the last export holds again what was issued since this day
KEPT = "234"  # this number belongs to a planted invoice alone
# case -> name of the party and day of its sale
_PLANTED = {
    "missing": ("Образец-Кровля", date(2025, 11, 14)),
    "fixed": ("Образец-Бетон", date(2025, 11, 10)),
    "late": ("Образец-Сервис", date(2025, 12, 1)),
    "sum": ("Образец-Болт", date(2025, 10, 6)),
    "vat": ("Образец-Проект", date(2025, 12, 15)),
    "declined": ("Образец-Кровля", date(2025, 12, 10)),
    "by_amount": ("Образец-Болт", date(2025, 10, 7)),
    "by_paper": ("Образец-Трасса", date(2025, 12, 22)),
    "numbered": ("Образец-Кабель", date(2025, 6, 20)),
}


def planted(plot: Plot) -> None:
    """Fact 17, and the electronic side of fact 3: invoices of documents that other facts have planted, and one that has no document."""
    stream = plot.stream(17)
    cards = {card.name: card for card in plot.circle.parties}
    told: dict[str, object] = {}
    for case, (name, day) in _PLANTED.items():
        card = cards[f"ТОО «{name}»"]
        doc = next(d for d in plot.docs if (d.kind, d.party, d.moment.date()) == ("sale", card.ref, day))
        plot.invoicing.cases[doc.ref] = case
        told[case] = {"ref": doc.ref, "party": card.name, "doc_date": day.isoformat(), "sum_doc": money(doc.total)}
    seller = cards["ТОО «Образец-Бетон»"]
    org = plot.ground.orgs[0]
    row = Row("Межгородняя перевозка (пример)", "усл", 1000, 44_800_000, "12", 4_800_000)
    stranger = Invoice(
        BASIC, Side(seller.bin, seller.full_name), Side(org.bin, org.full_name), date(2025, 12, 9), date(2025, 12, 8), "KZT", 10_000, 1,
        (row,), "", None, stream.below(1 << 32), (State(datetime(2025, 12, 9, 12, 5), "DELIVERED"),), "8071",
    )  # fmt: skip
    plot.invoicing.alone.append(stranger)
    numbered = told.pop("numbered")
    told["missing_1c"] = {
        "reg_no": stranger.reg_no,
        "party": seller.name,
        "turnover": "2025-12-08",
        "sum_doc": "448000.00",
    }
    plot.facts["17"] = {"period": "2025-Q4", "cases": told}
    plot.facts["3"]["esf"] = numbered


def make(ground: Ground, size: str, docs: Sequence[Doc], cards: Mapping[str, Party], plan: Plan) -> list[Invoice]:
    """Every invoice that was issued by TODAY, numbered; of sales and purchases since the first export, and of what came back of them."""
    since = _SINCE.get(size, _USUAL)
    maker = _Maker(ground, cards, plan)
    basics: dict[str, Invoice] = {}
    made: list[Invoice] = list(plan.alone)
    for doc in docs:
        day = doc.moment.date()
        if not since <= day <= TODAY or not doc.posted or doc.deleted or doc.party is None:
            continue
        # what one own entity sells another is invoiced once, by the one that sells
        if doc.kind == "purchase" and cards[doc.party].own_org is not None:
            continue
        if doc.kind in ("sale", "purchase"):
            found = maker.basic(doc)
        elif doc.kind in ("sale_return", "purchase_return") and doc.base in basics:
            found = maker.additional(doc, basics[doc.base])
        else:
            continue
        made += [invoice for invoice in found if invoice.issued <= TODAY]
        if found and found[-1].issued <= TODAY:
            basics[doc.ref] = found[-1]
    return _numbered(made, plan)


class _Maker:
    def __init__(self, ground: Ground, cards: Mapping[str, Party], plan: Plan) -> None:
        self.ground = ground
        self.cards = cards
        self.plan = plan
        self.items: dict[str, Item] = {item.ref: item for item in ground.items}
        self.orgs: dict[str, Org] = {org.ref: org for org in ground.orgs}

    def basic(self, doc: Doc) -> list[Invoice]:
        """The invoice of a sale or purchase; none where it is missing, two where it was corrected."""
        usual = self._invoice(doc, BASIC)
        match self.plan.cases.get(doc.ref):
            case "missing":
                return []
            case "fixed":
                return self._corrected(usual)
            case "late":
                issued = usual.turnover + timedelta(days=TERM + 1)
                usual = replace(usual, issued=issued, states=_delivered(issued))
            case "sum":
                usual = replace(usual, rows=_more(usual.rows, 1, 0))
            case "vat":
                usual = replace(usual, rows=_more(usual.rows, 0, 1))
            case "declined":
                no = State(
                    datetime.combine(usual.issued + timedelta(days=3), time(16, 20)), "DECLINED", "Не наша поставка"
                )
                usual = replace(usual, states=(*usual.states, no))
            case "by_amount":
                turnover, issued = (usual.turnover + timedelta(days=n) for n in (2, 4))
                usual = replace(usual, delivery="", turnover=turnover, issued=issued, states=_delivered(issued))
            case "by_paper":  # too far from the sale to be known by its amount
                turnover = usual.turnover + timedelta(days=6)
                usual = replace(usual, delivery="", turnover=turnover, issued=turnover, states=_delivered(turnover))
        return [usual]

    def _corrected(self, usual: Invoice) -> list[Invoice]:
        """One that held too much, and what took its place in January."""
        again = date(2026, 1, 15)
        off = State(datetime.combine(again, time(11, 30)), "REVOKED", "Исправленный счёт-фактура")
        wrong = replace(usual, rows=_more(usual.rows, 1_120_000, 120_000), states=(*usual.states, off))
        serial = usual.serial ^ 0x5A5A5A5A
        return [wrong, replace(usual, kind=FIXED, issued=again, serial=serial, states=_delivered(again), related=wrong)]

    def additional(self, doc: Doc, basic: Invoice) -> list[Invoice]:
        """What takes back a part of a basic one: its lines below zero, its turnover the day of the return."""
        made = self._invoice(doc, ADDITIONAL)
        rows = tuple(replace(row, qty=-row.qty, gross=-row.gross, vat_total=-row.vat_total) for row in made.rows)
        issued = max(made.issued, basic.issued)
        made = replace(made, issued=issued, states=_delivered(issued))
        return [replace(made, seller=basic.seller, buyer=basic.buyer, rows=rows, related=basic)]

    def _invoice(self, doc: Doc, kind: str) -> Invoice:
        ours, theirs = self._own(doc.org), self._other(doc.party or "")
        seller, buyer = (ours, theirs) if doc.kind.startswith("sale") else (theirs, ours)
        stream = Stream(self.ground.seed, "esf", int(doc.ref[:8], 16))
        turnover = doc.in_date or doc.moment.date()
        issued = doc.moment.date() + timedelta(days=stream.between(0, LONGEST))
        rows = tuple(self._row(line, inside=doc.vat_inside) for line in (*doc.goods, *doc.services))
        delivery = doc.number if doc.kind.startswith("sale") else ""
        return Invoice(
            kind, seller, buyer, issued, turnover, doc.currency, doc.rate, doc.mult, rows, delivery, doc.ref,
            stream.below(1 << 32), _delivered(issued), doc.in_number if doc.kind == "purchase" else "",
        )  # fmt: skip

    def _row(self, line: Line, *, inside: bool) -> Row:
        item = self.items[line.item]
        gross = line.total + (0 if inside else line.vat_total)
        return Row(item.name, item.unit, line.qty, gross, line.vat, line.vat_total)

    def _own(self, ref: str) -> Side:
        org = self.orgs[ref]
        return Side(org.bin, org.full_name)

    def _other(self, ref: str) -> Side:
        """The portal knows only true numbers: a card with a wrong check digit stands there with the right one."""
        card = self.cards[ref]
        true = (
            card.bin if not card.bin or tax.is_valid(card.bin) else f"{card.bin[:11]}{tax.check_digit(card.bin[:11])}"
        )
        return Side(true, card.full_name)


def _delivered(issued: date) -> tuple[State, ...]:
    """Issued in the morning, and seen by the buyer before noon."""
    return (
        State(datetime.combine(issued, time(9, 40)), "CREATED"),
        State(datetime.combine(issued, time(11, 5)), "DELIVERED"),
    )


def _more(rows: tuple[Row, ...], gross: int, vat: int) -> tuple[Row, ...]:
    return (replace(rows[0], gross=rows[0].gross + gross, vat_total=rows[0].vat_total + vat), *rows[1:])


def _numbered(made: Iterable[Invoice], plan: Plan) -> list[Invoice]:
    """In order of issue, each with its number: of its seller and year, but for a supplier's, whose number stands on the purchase."""
    counters: dict[tuple[str, int], int] = {}
    done: dict[str, Invoice] = {}
    for invoice in sorted(made, key=lambda one: (one.issued, one.related is not None, one.serial)):
        number = invoice.number
        if plan.cases.get(invoice.doc or "") == "numbered":
            number = KEPT
        if not number:
            key = invoice.seller.bin, invoice.issued.year
            counters[key] = counters.get(key, 0) + 1
            counters[key] += str(counters[key]) == KEPT
            number = str(counters[key])
        related = done[invoice.related.reg_no] if invoice.related else None
        done[invoice.reg_no] = replace(invoice, number=number, related=related)
    return list(done.values())


def papers(seed: int, docs: Iterable[Doc], made: Iterable[Invoice], plan: Plan) -> list[Paper]:
    """Tax invoices of 1C behind electronic ones: of two sales in three, and of what only they can tell; in order of time."""
    sales = {doc.ref: doc for doc in docs if doc.kind == "sale" and doc.party}
    found = []
    for invoice in made:
        doc = sales.get(invoice.doc or "")
        if doc is None or invoice.kind != BASIC:
            continue
        case = plan.cases.get(doc.ref)
        if case == "by_paper" or (case is None and int(doc.ref[9:13], 16) % 3):
            ref = Stream(seed, "tax invoice", int(doc.ref[:8], 16)).guid()
            moment = datetime.combine(max(doc.moment.date(), invoice.turnover), time(18))
            found.append(
                Paper(
                    ref, f"{int(invoice.number):011d}", moment, doc.org, doc.party or "", doc.ref, invoice.turnover, doc.currency, doc.total
                )
            )  # fmt: skip
    return sorted(found, key=lambda paper: (paper.moment, paper.ref))


def exports(orgs: Sequence[Org], made: Sequence[Invoice]) -> list[Export]:
    """The files of each own entity and direction: a quarter each, saved at its end; what stood on EARLIER; and the last months again on TODAY."""
    starts = [date(year, month, 1) for year in (2025, 2026) for month in (1, 4, 7, 10)]
    spans = [(a, min(b - timedelta(days=1), EARLIER)) for a, b in pairwise(starts) if a <= EARLIER]
    files: list[Export] = []
    for org in orgs:
        for word in ("out", "in"):
            mine = [one for one in made if (one.seller if word == "out" else one.buyer).bin == org.bin]
            for first, last in (*spans, (_AGAIN, TODAY)):
                held = tuple(one for one in mine if first <= one.issued <= last)
                if held:
                    files.append(Export(f"esf_{org.bin[-4:]}_{word}_{first:%Y%m%d}_{last:%Y%m%d}.xml", last, held))
    return files


def known(files: Iterable[Export], day: date) -> list[Export]:
    """The files that are in the inbox by the evening of a day."""
    return [file for file in files if file.day <= day]
