"""The company as its sellers keep it: companies, deals won with and without an invoice, open and lost ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from sync.standins.company import names
from sync.standins.company.documents import at
from sync.standins.company.ground import EARLIER, FIRST, TODAY, Ground
from sync.standins.company.model import BankAccount, Doc, Party
from sync.standins.company.portal import CrmCompany, CrmContact, CrmDeal, CrmInvoice, CrmPipeline, CrmStage, CrmUser
from sync.standins.company.stream import Stream

_PIPELINES = ((0, "Продажи"), (3, "Тендеры"))
_STEPS = (
    ("NEW", "Новая", "P"),
    ("PREPARATION", "Подготовка", "P"),
    ("EXECUTING", "В работе", "P"),
    ("FINAL_INVOICE", "Финальный счет", "P"),
    ("WON", "Успешна", "S"),
    ("LOSE", "Провалена", "F"),
)
_INVOICE_STEPS = (("N", "Новый", "P"), ("S", "Отправлен", "P"), ("P", "Оплачен", "S"), ("D", "Отклонен", "F"))
_UTC5 = at(date(2024, 3, 1), 0)  # the local moment when Kazakhstan went from UTC+6 to UTC+5
_LOTS = {"tiny": (6, 2, 3, 1), "demo": (260, 7, 90, 60), "large": (20_000, 60, 6_000, 5_000)}


@dataclass(frozen=True, slots=True)
class Noted:
    """A planted deal: `created` and `moved` are aware UTC, `invoice` the customer invoice that it names."""

    party: str
    title: str
    step: str
    total: int
    currency: str
    created: datetime
    moved: datetime
    begin: date
    close: date
    invoice: str | None = None


@dataclass(slots=True)
class Crm:
    """What the CRM holds at one moment."""

    users: list[CrmUser] = field(default_factory=list)
    companies: list[CrmCompany] = field(default_factory=list)
    contacts: list[CrmContact] = field(default_factory=list)
    pipelines: list[CrmPipeline] = field(default_factory=list)
    stages: list[CrmStage] = field(default_factory=list)
    deals: list[CrmDeal] = field(default_factory=list)
    invoices: list[CrmInvoice] = field(default_factory=list)


def utc(local: datetime) -> datetime:
    """A moment of the wall clock of Almaty, in UTC."""
    return (local - timedelta(hours=6 if local < _UTC5 else 5)).replace(tzinfo=UTC)


def stage(pipeline: int, step: str) -> str:
    """The id of a stage: bare in the default pipeline, «C3:WON» in another."""
    return step if pipeline == 0 else f"C{pipeline}:{step}"


def make(
    ground: Ground,
    size: str,
    customers: Sequence[Party],
    accounts: Mapping[str, BankAccount],
    docs: Sequence[Doc],
    titles: Mapping[str, str],
    noted: Sequence[Noted] = (),
) -> Crm:
    """The CRM at TODAY. `titles` names the cards whose CRM spelling is planted; such a card has no BIN there.

    The cards of planted deals are all there, with their BIN.
    """
    crm = Crm()
    for i in range(6):
        first, last = names.person(Stream(ground.seed, "user", i))
        crm.users.append(CrmUser(i + 1, first, last, f"seller{i + 1}@example.kz", i != 5))
    crm.pipelines = [CrmPipeline(number, name) for number, name in _PIPELINES]
    for number, _ in _PIPELINES:
        entity = "DEAL_STAGE" if number == 0 else f"DEAL_STAGE_{number}"
        for sort, (step, name, kind) in enumerate(_STEPS, 1):
            crm.stages.append(CrmStage(entity, stage(number, step), name, sort * 10, kind))
    for sort, (step, name, kind) in enumerate(_INVOICE_STEPS, 1):
        crm.stages.append(CrmStage("SMART_INVOICE_STAGE_2", f"DT31_2:{step}", name, sort * 10, kind))
    known = _companies(ground, crm, customers, accounts, titles, {deal.party for deal in noted})
    _deals(ground, crm, _LOTS[size], known, docs)
    numbers = {doc.ref: doc.number for doc in docs if doc.kind == "invoice_out"} if noted else {}
    for deal in noted:
        _planted(crm, deal, known[deal.party], numbers.get(deal.invoice or ""))
    _in_order(crm)
    return crm


def _companies(
    ground: Ground,
    crm: Crm,
    customers: Sequence[Party],
    accounts: Mapping[str, BankAccount],
    titles: Mapping[str, str],
    sure: set[str],
) -> dict[str, int]:
    """CRM companies; returns those that have a BIN there, by ref of the party."""
    known: dict[str, int] = {}
    for card in customers:
        stream = Stream(ground.seed, "crm company", int(card.ref[:8], 16))
        if card.ref not in titles and not stream.chance(75) and card.ref not in sure:
            continue
        number = len(crm.companies) + 1
        day = FIRST + timedelta(days=stream.below(200))
        made = utc(at(day, 10, stream.below(60)))
        title = titles.get(card.ref) or (names.bare(card.name) if stream.chance(40) else card.name)
        account = accounts.get(card.ref)
        bare = card.ref in titles or (stream.chance(12) and card.ref not in sure)
        if not bare:
            known[card.ref] = number
        owner = 1 + stream.below(5)
        crm.companies.append(
            CrmCompany(number, title, "" if bare else card.bin, account.iban if account else "", owner, made, made)
        )
        first, last = names.person(stream)
        crm.contacts.append(CrmContact(number, first, last, number, f"+7700{number:07d}", made, made))
    return known


def _deals(
    ground: Ground, crm: Crm, lots: tuple[int, int, int, int], known: dict[str, int], docs: Iterable[Doc]
) -> None:
    with_invoice, without, running, lost = lots
    invoices = [
        doc
        for doc in docs
        if doc.kind == "invoice_out"
        and doc.party in known
        and doc.currency == "KZT"
        and doc.posted
        and not doc.deleted
        and doc.moment.date() <= EARLIER
    ]
    step = max(len(invoices) // with_invoice, 1)
    for i, doc in enumerate(invoices[::step][:with_invoice]):
        _won(ground, crm, i, doc, known[doc.party or ""])
    companies = sorted(known.values())
    for kind, count in (("won", without), ("open", running), ("lost", lost)):
        for i in range(count):
            _free(ground, crm, kind, i, companies)


def _planted(crm: Crm, deal: Noted, company: int, invoice: str | None) -> None:
    semantics = {"WON": "S", "LOSE": "F"}.get(deal.step, "P")
    chance = {"S": 100, "F": 0, "P": 50}[semantics]
    crm.deals.append(
        CrmDeal(
            len(crm.deals) + 1, deal.title, 0, stage(0, deal.step), semantics, deal.total, deal.currency, chance, company, company,
            1, deal.begin, deal.close, deal.created, deal.moved, deal.moved, invoice,
        )
    )  # fmt: skip


def _in_order(crm: Crm) -> None:
    """Number the deals in the order in which they were made."""
    order = sorted(range(len(crm.deals)), key=lambda at: (crm.deals[at].created_at, crm.deals[at].id))
    renamed = {crm.deals[at].id: 2 * new + 11 for new, at in enumerate(order)}
    crm.deals = [replace(crm.deals[at], id=renamed[crm.deals[at].id]) for at in order]
    crm.invoices = [replace(invoice, deal=renamed[invoice.deal]) for invoice in crm.invoices]


def _won(ground: Ground, crm: Crm, serial: int, doc: Doc, company: int) -> None:
    stream = Stream(ground.seed, "won deal", serial)
    pipeline = 3 if stream.chance(20) else 0
    asked = max(doc.moment - timedelta(days=stream.between(2, 30)), at(FIRST, 9))
    closed = doc.moment + timedelta(days=stream.between(0, 9), minutes=stream.below(60))
    number = len(crm.deals) + 1
    owner = 1 + stream.below(5)
    crm.deals.append(
        CrmDeal(
            number, f"Сделка по счету {doc.number.lstrip('0')}", pipeline, stage(pipeline, "WON"), "S", doc.total, "KZT",
            100, company, company, owner, asked.date(), closed.date(), utc(asked), utc(closed), utc(closed), doc.number,
        )
    )  # fmt: skip
    if stream.chance(50):
        vat = sum(row.vat_total for row in doc.goods + doc.services)
        due = doc.moment.date() + timedelta(days=10)
        crm.invoices.append(
            CrmInvoice(
                2 * len(crm.invoices) + 5, doc.number, f"Счет {doc.number.lstrip('0')}", number, company, "DT31_2:P",
                doc.total, vat, "KZT", doc.moment.date(), due, owner, utc(doc.moment), utc(closed),
            )
        )  # fmt: skip


def _free(ground: Ground, crm: Crm, kind: str, serial: int, companies: Sequence[int]) -> None:
    """A deal without an invoice: won, running or lost."""
    stream = Stream(ground.seed, f"{kind} deal", serial)
    pipeline = 3 if stream.chance(25) else 0
    back = stream.between(5, 80) if kind == "open" else stream.between(30, 700)
    begun = TODAY - timedelta(days=back)
    start = at(begun, stream.between(9, 17), stream.below(60))
    moved = min(start + timedelta(days=stream.between(1, 40)), at(date(2026, 1, 30), 17))
    step, chance, semantics = {
        "won": ("WON", 100, "S"),
        "lost": ("LOSE", 0, "F"),
        "open": (stream.pick(("NEW", "PREPARATION", "EXECUTING", "FINAL_INVOICE")), stream.between(1, 9) * 10, "P"),
    }[kind]
    currency = "USD" if kind == "open" and serial == 0 else "KZT"
    total = stream.between(300, 9_000) * 100_000 + 7_700 + serial * 11  # no invoice of 1C has such an amount
    company = stream.pick(companies)
    title = {"won": "Выиграна, счета нет", "lost": "Отказ", "open": "Запрос"}[kind]
    close: date = moved.date() if kind != "open" else TODAY + timedelta(days=stream.below(60))
    crm.deals.append(
        CrmDeal(
            len(crm.deals) + 1, f"{title} {serial + 1}", pipeline, stage(pipeline, step), semantics, total, currency,
            chance, company, company, 1 + stream.below(5), begun, close, utc(start), utc(moved), utc(moved),
        )
    )  # fmt: skip


def earlier(crm: Crm) -> Crm:
    """The same CRM on the evening of EARLIER: no later records, and a deal moved since then is still new."""
    evening = utc(at(EARLIER, 23, 59))
    deals = [
        deal
        if deal.updated_at <= evening
        else replace(
            deal,
            stage=stage(deal.pipeline, "NEW"),
            semantics="P",
            probability=10,
            invoice=None,
            updated_at=deal.created_at,
            moved_at=deal.created_at,
        )
        for deal in crm.deals
        if deal.created_at <= evening
    ]
    invoices = [invoice for invoice in crm.invoices if invoice.updated_at <= evening]
    kept = {deal.id for deal in deals}
    invoices = [invoice for invoice in invoices if invoice.deal in kept]
    return Crm(crm.users, crm.companies, crm.contacts, crm.pipelines, crm.stages, deals, invoices)
