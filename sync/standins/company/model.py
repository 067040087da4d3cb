"""Records of the demo company: what happened, before any source has written it down in its own words.

Money is an int in tiyn (1/100 of the document currency), quantity an int in thousandths,
an exchange rate an int in ten-thousandths. Times are naive local wall clock (Asia/Almaty), as 1C keeps them.
A `ref` is a GUID as text; it joins records and becomes Ref_Key in 1C.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from sync.standins.company.banking import Statement
from sync.standins.company.einvoice import Export, Paper
from sync.standins.company.portal import CrmCompany, CrmContact, CrmDeal, CrmInvoice, CrmPipeline, CrmStage, CrmUser
from sync.standins.company.promise import ItemUnit, Order, Promise

EMPTY_REF = "00000000-0000-0000-0000-000000000000"


@dataclass(frozen=True, slots=True)
class Org:
    """An own legal entity."""

    ref: str
    code: str
    name: str
    full_name: str
    bin: str
    prefix: str
    vat_from: date


@dataclass(frozen=True, slots=True)
class Party:
    """A counterparty card in 1C. `bin` may be empty or wrong on purpose; `own_org` marks the card of an own entity."""

    ref: str
    code: str
    name: str
    full_name: str
    bin: str
    kind: str  # company | entrepreneur | person | state | foreign | branch
    kbe: str = "17"
    parent: str | None = None  # head company of a branch
    own_org: str | None = None
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class Contract:
    """An agreement of one party with one org in one currency."""

    ref: str
    code: str
    party: str
    org: str
    number: str
    date: date
    currency: str
    kind: str  # sale | purchase | other
    pay_days: int | None  # None: no term is set
    terms: str  # free text; payment stages read «30% через 0 дней, 50% через 30 дней, 20% через 60 дней»
    settle_mode: str  # by_contract | by_document
    dummy: bool = False
    deleted: bool = False
    limit: int | None = None  # credit limit in tiyn of KZT; None: nobody has set one, 0: somebody has written 0


@dataclass(frozen=True, slots=True)
class Bank:
    """A bank of the catalog."""

    ref: str
    code: str
    name: str
    bic: str
    bin: str


@dataclass(frozen=True, slots=True)
class BankAccount:
    """A bank account of an org or of a party."""

    ref: str
    code: str
    owner: str
    owner_is_org: bool
    iban: str
    bank: str
    currency: str


@dataclass(frozen=True, slots=True)
class CashDesk:
    """A cash desk of an org."""

    ref: str
    code: str
    org: str
    name: str
    currency: str


@dataclass(frozen=True, slots=True)
class CashItem:
    """A cash flow item: what a payment is for in the statement of cash flows."""

    ref: str
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Item:
    """A good or a service."""

    ref: str
    code: str
    article: str
    name: str
    unit: str  # шт | т | м | усл
    is_service: bool
    vat: str  # 12 | 16 | 0 | none


@dataclass(frozen=True, slots=True)
class Warehouse:
    """A store."""

    ref: str
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row of goods or services; `total` is the row's Сумма (with VAT inside when the document says so)."""

    item: str
    qty: int
    price: int
    total: int
    vat: str  # 12 | 16 | 0 | none
    vat_total: int


@dataclass(frozen=True, slots=True)
class Allocation:
    """A row of РасшифровкаПлатежа: what a payment says that it pays. In tiyn of the payment's currency."""

    contract: str
    total: int
    target: str | None = None  # Сделка: the document that is paid; None when the accountant left it empty
    invoice: str | None = None  # СчетНаОплату: the customer invoice that is paid
    cash_item: str | None = None  # СтатьяДвиженияДенежныхСредств of the row


@dataclass(frozen=True, slots=True)
class Adjustment:
    """A row of СуммыДолга of a debt adjustment: one side of an offset or a write-off."""

    party: str
    contract: str
    target: str | None
    total: int
    side: str  # receivable | payable


@dataclass(frozen=True, slots=True)
class Doc:
    """A document of 1C. `total` is СуммаДокумента in tiyn of `currency`."""

    ref: str
    kind: str  # see KINDS
    number: str
    moment: datetime
    org: str
    party: str | None
    contract: str | None
    currency: str
    rate: int  # ten-thousandths of a tenge per `mult` units; KZT is 10000
    mult: int
    total: int
    operation: str = ""  # ВидОперации
    vat_on: bool = True  # УчитыватьНДС
    vat_inside: bool = True  # СуммаВключаетНДС
    goods: tuple[Line, ...] = ()
    services: tuple[Line, ...] = ()
    allocations: tuple[Allocation, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    base: str | None = None  # ДокументОснование
    warehouse: str | None = None
    warehouse_to: str | None = None
    bank_account: str | None = None  # own account
    party_account: str | None = None
    cash_desk: str | None = None
    cash_item: str | None = None  # СтатьяДвиженияДенежныхСредств of the head
    knp: str = ""  # КодНазначенияПлатежа
    purpose: str = ""  # НазначениеПлатежа
    comment: str = ""
    in_number: str = ""  # НомерВходящегоДокумента
    in_date: date | None = None
    posted: bool = True
    deleted: bool = False
    version: int = 1


KINDS = (
    "invoice_out",  # Document_СчетНаОплатуПокупателю
    "sale",  # Document_РеализацияТоваровУслуг
    "sale_return",  # Document_ВозвратТоваровОтПокупателя
    "purchase",  # Document_ПоступлениеТоваровУслуг
    "purchase_return",  # Document_ВозвратТоваровПоставщику
    "debt_adjust",  # Document_КорректировкаДолга
    "reval",  # Document_ПереоценкаВалютныхСредств
    "bank_in",  # Document_ПлатежноеПоручениеВходящее
    "bank_in_order",  # Document_ПлатежныйОрдерПоступлениеДенежныхСредств
    "bank_out",  # Document_ПлатежноеПоручениеИсходящее
    "bank_out_order",  # Document_ПлатежныйОрдерСписаниеДенежныхСредств
    "cash_in",  # Document_ПриходныйКассовыйОрдер
    "cash_out",  # Document_РасходныйКассовыйОрдер
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A double entry of the accounting register. Dimensions are (kind, ref) with kind party | contract | bank_account | cash_desk | item | warehouse."""

    doc: str
    line: int
    moment: datetime
    org: str
    debit: str  # account code, e.g. 1210
    credit: str
    debit_dims: tuple[tuple[str, str], ...]
    credit_dims: tuple[tuple[str, str], ...]
    total: int  # tiyn of KZT
    debit_currency: str | None = None
    debit_total: int | None = None  # minor units of debit_currency
    credit_currency: str | None = None
    credit_total: int | None = None
    content: str = ""


@dataclass(frozen=True, slots=True)
class StockMove:
    """A row of the goods register; `qty` in thousandths, positive in both directions."""

    doc: str
    line: int
    moment: datetime
    org: str
    item: str
    warehouse: str
    qty: int
    receipt: bool


@dataclass(frozen=True, slots=True)
class Rate:
    """An exchange rate of the National Bank on a date."""

    day: date
    currency: str
    rate: int
    mult: int


@dataclass(slots=True)
class Company:
    """Everything that is so at one moment. Two states of one company share all refs; see `generate`."""

    size: str
    seed: int
    today: date
    orgs: list[Org] = field(default_factory=list)
    parties: list[Party] = field(default_factory=list)
    contracts: list[Contract] = field(default_factory=list)
    banks: list[Bank] = field(default_factory=list)
    bank_accounts: list[BankAccount] = field(default_factory=list)
    cash_desks: list[CashDesk] = field(default_factory=list)
    cash_items: list[CashItem] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    warehouses: list[Warehouse] = field(default_factory=list)
    rates: list[Rate] = field(default_factory=list)
    docs: list[Doc] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    stock: list[StockMove] = field(default_factory=list)
    orders: list[Order] = field(default_factory=list)
    promises: list[Promise] = field(default_factory=list)
    units: list[ItemUnit] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    einvoices: list[Export] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)  # tax invoices issued in 1C
    users: list[CrmUser] = field(default_factory=list)
    companies: list[CrmCompany] = field(default_factory=list)
    contacts: list[CrmContact] = field(default_factory=list)
    pipelines: list[CrmPipeline] = field(default_factory=list)
    stages: list[CrmStage] = field(default_factory=list)
    deals: list[CrmDeal] = field(default_factory=list)
    crm_invoices: list[CrmInvoice] = field(default_factory=list)
