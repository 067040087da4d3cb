"""A small company of the CRM, written by hand: enough rows for three pages of deals and a tie in every column that pages could trip on."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from sync.standins.company.model import Bank, BankAccount, Company
from sync.standins.company.portal import CrmCompany, CrmContact, CrmDeal, CrmInvoice, CrmPipeline, CrmStage, CrmUser

START = datetime(2026, 1, 12, 6, 0, tzinfo=UTC)
LAST = datetime(2026, 1, 30, 9, 0, tzinfo=UTC)
DEALS = 120


def small_company(deals: int = DEALS) -> Company:
    """`deals` deals of 12 companies, 30 contacts, 60 invoices; all deals of a page share one second of edit."""
    company = Company(size="tiny", seed=1, today=date(2026, 1, 31))
    company.banks = [Bank("b1", "1", "АО Вымышленный Банк", "ZZZZKZKA", "020440000016")]
    company.users = [
        CrmUser(1, "Айгуль", "Вымышленная", "a@example.invalid", True),
        CrmUser(4, "Олег", "Уволенный", "", False),
    ]
    company.pipelines = [CrmPipeline(0, "Продажи"), CrmPipeline(3, "Тендеры")]
    company.stages = [
        CrmStage("DEAL_STAGE", "NEW", "Новая", 10, "P"),
        CrmStage("DEAL_STAGE", "WON", "Успех", 20, "S"),
        CrmStage("DEAL_STAGE", "LOSE", "Провал", 30, "F"),
        CrmStage("DEAL_STAGE_3", "C3:NEW", "Новая", 10, "P"),
        CrmStage("SMART_INVOICE_STAGE_13", "DT31_13:N", "Новый", 10, "P"),
        CrmStage("SMART_INVOICE_STAGE_13", "DT31_13:P", "Оплачен", 20, "S"),
    ]
    company.companies = [_company(n) for n in range(1, 13)]
    company.bank_accounts = [BankAccount("a1", "1", "p1", False, company.companies[0].iban, "b1", "KZT")]
    company.contacts = [
        CrmContact(n, f"Имя{n}", "" if n % 3 else "Фамилия", n % 12 + 1, "+7 700 000 00 00", START, LAST)
        for n in range(1, 31)
    ]
    company.deals = [_deal(n) for n in range(1, deals + 1)]
    company.crm_invoices = [_invoice(n) for n in range(1, 61)]
    return company


def _company(n: int) -> CrmCompany:
    bin_iin = "" if n == 12 else f"9{n:02d}140000{n:03d}"
    return CrmCompany(n, f"ТОО «Вымысел {n}»", bin_iin, f"KZ{n:018d}" if n != 7 else "", 1, START, LAST)


def _deal(n: int) -> CrmDeal:
    edited = START + timedelta(days=n // 50)
    return CrmDeal(
        id=2 * n + 1, title=f"Сделка {n} «кавычки» & <тег>", pipeline=3 if n % 4 == 0 else 0, stage="C3:NEW" if n % 4 == 0 else "WON",
        semantics="P" if n % 4 == 0 else "S", total=100_000_000_000 + n * 37, currency="KZT", probability=n % 101,
        company=n % 13, contact=n % 31, owner=4 if n % 2 else 1, begin=date(2026, 1, 1), close=date(2026, 1, 31),
        created_at=START, updated_at=edited, moved_at=edited, invoice=f"ТМ-{n:05d}" if n % 5 == 0 else None, comments="" if n % 2 else "да",
    )  # fmt: skip


def _invoice(n: int) -> CrmInvoice:
    return CrmInvoice(
        id=n, number=f"{n}", title=f"Счёт №{n}", deal=2 * n + 1, company=n % 13, stage="DT31_13:N", total=112_00 * n, tax=12_00 * n,
        currency="KZT", begin=date(2026, 1, 15), close=date(2026, 2, 15), owner=1, created_at=START, updated_at=LAST,
    )  # fmt: skip


def edit(company: Company, deal_id: int, at: datetime, title: str = "Правка") -> None:
    """Change a deal in place, as a seller would."""
    company.deals = [replace(d, title=title, updated_at=at) if d.id == deal_id else d for d in company.deals]
