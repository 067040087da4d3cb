"""The records of a Bitrix24 portal: employees, companies, contacts, stages, deals and invoices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class CrmUser:
    """An employee in the CRM."""

    id: int
    name: str
    last_name: str
    email: str
    active: bool


@dataclass(frozen=True, slots=True)
class CrmCompany:
    """A company in the CRM; `bin` comes from its requisite and may be empty."""

    id: int
    title: str
    bin: str
    iban: str
    owner: int
    created_at: datetime  # UTC, aware
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class CrmContact:
    """A person in the CRM."""

    id: int
    name: str
    last_name: str
    company: int
    phone: str
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class CrmPipeline:
    """A pipeline; id 0 is the default."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class CrmStage:
    """A stage of a pipeline; semantics P (process), S (success) or F (failure)."""

    entity: str  # DEAL_STAGE | DEAL_STAGE_{n} | SMART_INVOICE_STAGE_{n}
    id: str
    name: str
    sort: int
    semantics: str


@dataclass(frozen=True, slots=True)
class CrmDeal:
    """A deal. `total` in hundredths of `currency`; times are aware UTC."""

    id: int
    title: str
    pipeline: int
    stage: str
    semantics: str
    total: int
    currency: str
    probability: int
    company: int
    contact: int
    owner: int
    begin: date
    close: date
    created_at: datetime
    updated_at: datetime
    moved_at: datetime
    invoice: str | None = None  # the number of the 1C invoice that the seller noted, in ufCrmInvoiceNumber
    comments: str = ""


@dataclass(frozen=True, slots=True)
class CrmInvoice:
    """A smart invoice (entity type 31)."""

    id: int
    number: str
    title: str
    deal: int
    company: int
    stage: str
    total: int
    tax: int
    currency: str
    begin: date
    close: date
    owner: int
    created_at: datetime
    updated_at: datetime
