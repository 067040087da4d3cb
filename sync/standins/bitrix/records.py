"""The demo company as the CRM's own records: entities of crm.item.*, statuses, users, requisites.

Values stay typed here (int, Money, datetime, date, text) so that filters compare them truly; `rendered` turns them to what the wire shows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timezone
from typing import Any

from sync.standins.company.model import Company
from sync.standins.company.portal import CrmCompany

DEAL, CONTACT, COMPANY, INVOICE = 2, 3, 4, 31

Row = dict[str, Any]


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """Hundredths of a currency unit."""

    tiyn: int


@dataclass(frozen=True, slots=True)
class Entity:
    """Rows of one list with the type of each field, as crm.item.fields names it."""

    fields: Mapping[str, str]
    rows: tuple[Row, ...]


_COMMON = {
    "id": "integer", "createdTime": "datetime", "updatedTime": "datetime", "assignedById": "user", "opened": "boolean",
}  # fmt: skip
_DEAL_FIELDS = {
    **_COMMON,
    "title": "string", "categoryId": "crm_category", "stageId": "crm_status", "stageSemanticId": "string", "opportunity": "double",
    "currencyId": "crm_currency", "taxValue": "double", "probability": "integer", "companyId": "crm_company", "contactId": "crm_contact",
    "leadId": "crm_lead", "begindate": "date", "closedate": "date", "movedTime": "datetime", "closed": "boolean", "comments": "text",
    "ufCrmInvoiceNumber": "string",
}  # fmt: skip
_CONTACT_FIELDS = {
    **_COMMON, "name": "string", "lastName": "string", "companyId": "crm_company", "fm": "crm_multifield",
}  # fmt: skip
_COMPANY_FIELDS = {**_COMMON, "title": "string", "isMyCompany": "boolean"}
_INVOICE_FIELDS = {
    **_COMMON,
    "accountNumber": "string", "title": "string", "parentId2": "crm_entity", "companyId": "crm_company", "contactId": "crm_contact",
    "categoryId": "crm_category", "stageId": "crm_status", "opportunity": "double", "taxValue": "double", "currencyId": "crm_currency",
    "begindate": "date", "closedate": "date", "movedTime": "datetime",
}  # fmt: skip
_STATUS_FIELDS = dict.fromkeys(
    ("ID", "ENTITY_ID", "STATUS_ID", "NAME", "SORT", "SYSTEM", "CATEGORY_ID", "SEMANTICS"), "string"
)
_USER_FIELDS = {
    "ID": "integer", "ACTIVE": "boolean", "NAME": "string", "LAST_NAME": "string", "EMAIL": "string", "USER_TYPE": "string",
}  # fmt: skip
_REQUISITE_FIELDS = {
    "ID": "integer", "ENTITY_TYPE_ID": "integer", "ENTITY_ID": "integer", "PRESET_ID": "integer", "NAME": "string", "ACTIVE": "char",
    "SORT": "integer", "RQ_COMPANY_NAME": "string", "RQ_INN": "string", "RQ_IIN": "string", "RQ_BIN": "string", "RQ_KBE": "string",
}  # fmt: skip
_BANK_DETAIL_FIELDS = {
    "ID": "integer", "ENTITY_ID": "integer", "COUNTRY_ID": "integer", "NAME": "string", "ACTIVE": "char",
    "RQ_BANK_NAME": "string", "RQ_BIK": "string", "RQ_IIK": "string", "RQ_ACC_CURRENCY": "string",
}  # fmt: skip

_KINDS = {"P": "process", "S": "success", "F": "failure"}
_KAZAKHSTAN = 6
_REQUISITE_SHIFT = 1000  # requisites live in a table of their own; their ids must not look like company ids
_BANK_DETAIL_SHIFT = 5000


def items(company: Company) -> dict[int, Entity]:
    """The lists of crm.item.* by entityTypeId."""
    return {
        DEAL: Entity(_DEAL_FIELDS, tuple(_deals(company))),
        CONTACT: Entity(_CONTACT_FIELDS, tuple(_contacts(company))),
        COMPANY: Entity(_COMPANY_FIELDS, tuple(_companies(company))),
        INVOICE: Entity(_INVOICE_FIELDS, tuple(_invoices(company))),
    }


def _deals(company: Company) -> list[Row]:
    return [
        {
            "id": d.id, "createdTime": d.created_at, "updatedTime": d.updated_at, "assignedById": d.owner, "opened": "Y", "title": d.title,
            "categoryId": d.pipeline, "stageId": d.stage, "stageSemanticId": d.semantics, "opportunity": Money(d.total),
            "currencyId": d.currency, "taxValue": Money(0), "probability": d.probability, "companyId": d.company, "contactId": d.contact,
            "leadId": None, "begindate": d.begin, "closedate": d.close, "movedTime": d.moved_at,
            "closed": "N" if d.semantics == "P" else "Y", "comments": d.comments or None, "ufCrmInvoiceNumber": d.invoice or "",
        }
        for d in company.deals
    ]  # fmt: skip


def _contacts(company: Company) -> list[Row]:
    return [
        {
            "id": c.id, "createdTime": c.created_at, "updatedTime": c.updated_at, "assignedById": 1, "opened": "Y",
            "name": c.name, "lastName": c.last_name or None, "companyId": c.company,
            "fm": [{"id": c.id, "typeId": "PHONE", "valueType": "WORK", "value": c.phone}] if c.phone else [],
        }
        for c in company.contacts
    ]  # fmt: skip


def _companies(company: Company) -> list[Row]:
    return [
        {
            "id": c.id, "createdTime": c.created_at, "updatedTime": c.updated_at, "assignedById": c.owner, "opened": "Y",
            "title": c.title, "isMyCompany": "N",
        }
        for c in company.companies
    ]  # fmt: skip


def _invoices(company: Company) -> list[Row]:
    return [
        {
            "id": i.id, "createdTime": i.created_at, "updatedTime": i.updated_at, "assignedById": i.owner, "opened": "Y",
            "accountNumber": i.number, "title": i.title, "parentId2": i.deal, "companyId": i.company, "contactId": 0,
            "categoryId": _invoice_category(company, i.stage), "stageId": i.stage, "opportunity": Money(i.total), "taxValue": Money(i.tax),
            "currencyId": i.currency, "begindate": i.begin, "closedate": i.close, "movedTime": i.updated_at,
        }
        for i in company.crm_invoices
    ]  # fmt: skip


def _invoice_category(company: Company, stage: str) -> int | None:
    entities = (s.entity for s in company.stages if s.id == stage and s.entity.startswith("SMART_INVOICE_STAGE_"))
    return next((int(entity.rpartition("_")[2]) for entity in entities), None)


def statuses(company: Company) -> Entity:
    """crm.status.list: numbers as text, SEMANTICS null for a stage in process, EXTRA.SEMANTICS always named."""
    rows = [
        {
            "ID": str(101 + 2 * n), "ENTITY_ID": s.entity, "STATUS_ID": s.id, "NAME": s.name, "NAME_INIT": "", "SORT": str(s.sort),
            "SYSTEM": "N" if s.semantics == "P" else "Y", "CATEGORY_ID": None, "COLOR": "#39A8EF",
            "SEMANTICS": None if s.semantics == "P" else s.semantics, "EXTRA": {"SEMANTICS": _KINDS[s.semantics], "COLOR": "#39A8EF"},
        }
        for n, s in enumerate(company.stages)
    ]  # fmt: skip
    return Entity(_STATUS_FIELDS, tuple(rows))


def categories(company: Company, entity_type: int) -> list[Row] | None:
    """crm.category.list; None for an entity that has no pipelines here."""
    if entity_type == DEAL:
        named = [(p.id, p.name) for p in company.pipelines]
        default = 0
    elif entity_type == INVOICE:
        found = {
            int(s.entity.rpartition("_")[2]) for s in company.stages if s.entity.startswith("SMART_INVOICE_STAGE_")
        }
        named = [(n, "Счета") for n in sorted(found)]
        default = min(found, default=0)
    else:
        return None
    return [
        {"id": n, "name": name, "sort": 300, "entityTypeId": entity_type, "isDefault": "Y" if n == default else "N"}
        for n, name in named
    ]


def users(company: Company) -> Entity:
    """user.get: ids as text and dates in three different forms, as portals give them."""
    rows = [
        {
            "ID": u.id, "ACTIVE": u.active, "NAME": u.name, "LAST_NAME": u.last_name, "SECOND_NAME": "", "EMAIL": u.email,
            "DATE_REGISTER": "2024-07-15T00:00:00+00:00", "TIMESTAMP_X": "24.08.2025 13:19:39", "LAST_ACTIVITY_DATE": "2025-12-29 10:30:11",
            "WORK_POSITION": "", "UF_DEPARTMENT": [1], "USER_TYPE": "employee",
        }
        for u in company.users
    ]  # fmt: skip
    return Entity(_USER_FIELDS, tuple(rows))


def requisites(company: Company) -> Entity:
    """One requisite for each company that has a BIN or an account.

    The number stands where sellers really put it: RQ_BIN, RQ_IIN for an individual's, and RQ_INN where a Russian template was left in use.
    """
    rows = [
        {
            "ID": _REQUISITE_SHIFT + c.id, "ENTITY_TYPE_ID": COMPANY, "ENTITY_ID": c.id, "PRESET_ID": 1, "NAME": "Организация",
            "ACTIVE": "Y", "SORT": 500, "RQ_COMPANY_NAME": c.title, "RQ_KBE": None,
            **dict.fromkeys(("RQ_INN", "RQ_IIN", "RQ_BIN"), ""), **({_bin_field(c): c.bin} if c.bin else {}),
        }
        for c in company.companies if c.bin or c.iban
    ]  # fmt: skip
    return Entity(_REQUISITE_FIELDS, tuple(rows))


def _bin_field(company: CrmCompany) -> str:
    if company.id % 5 == 0:
        return "RQ_INN"
    individual = len(company.bin) == 12 and company.bin[4] in "0123"  # the fifth digit of a BIN is 4, 5 or 6
    return "RQ_IIN" if individual else "RQ_BIN"


def bank_details(company: Company) -> Entity:
    """One account for each company with an IBAN; ENTITY_ID is the requisite's id."""
    banks = {b.ref: b for b in company.banks}
    by_iban = {a.iban: a for a in company.bank_accounts}
    rows: list[Row] = []
    for c in company.companies:
        if not c.iban:
            continue
        account = by_iban.get(c.iban)
        bank = banks.get(account.bank) if account else None
        rows.append(
            {
                "ID": _BANK_DETAIL_SHIFT + c.id, "ENTITY_ID": _REQUISITE_SHIFT + c.id, "COUNTRY_ID": _KAZAKHSTAN, "NAME": "Счёт",
                "ACTIVE": "Y", "RQ_BANK_NAME": bank.name if bank else "", "RQ_BIK": bank.bic if bank else "", "RQ_IIK": c.iban,
                "RQ_ACC_CURRENCY": account.currency if account else "KZT",
            }
        )  # fmt: skip
    return Entity(_BANK_DETAIL_FIELDS, tuple(rows))


def rendered(value: object, zone: timezone, *, as_text: bool) -> object:
    """What the wire shows for a value.

    zone: the portal's offset; a date is 00:00 UTC written in it. as_text: the older upper-case methods give numbers as text.
    """
    match value:
        case Money(tiyn):
            # A PHP double, which prints back the same two decimals.
            return tiyn // 100 if tiyn % 100 == 0 else tiyn / 100
        case datetime():
            return value.astimezone(zone).isoformat(timespec="seconds")
        case date():
            return datetime.combine(value, time(), UTC).astimezone(zone).isoformat(timespec="seconds")
        case bool():
            return value
        case int() if as_text:
            return str(value)
        case _:
            return value
