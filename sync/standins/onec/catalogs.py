"""Catalogs of a company's own records as entity sets."""

from __future__ import annotations

from sync.standins.company.model import BankAccount, Contract, Party
from sync.standins.onec import vocabulary as names
from sync.standins.onec.books import Books, currency_ref
from sync.standins.onec.catalog import catalog
from sync.standins.onec.field import (
    EntitySet,
    composite,
    flag,
    ref,
    stamp,
    text,
    whole,
)
from sync.standins.onec.vocabulary import guid

CONTRACT_KINDS = {"sale": "СПокупателем", "purchase": "СПоставщиком", "other": "Прочее"}
SETTLE_MODES = {"by_contract": "ПоДоговоруВЦелом", "by_document": "ПоРасчетнымДокументам"}


def catalogs(books: Books) -> list[EntitySet]:
    """Return the sets of catalogs."""
    return [
        _organizations(books),
        _parties(books),
        _contracts(books),
        _banks(books),
        _bank_accounts(books),
        _cash_desks(books),
        _cash_items(books),
        _items(books),
        _warehouses(books),
    ]


def _organizations(books: Books) -> EntitySet:
    return catalog(
        books,
        names.ORGANIZATION,
        lambda: books.company.orgs,
        text("Code", lambda r: r.code),
        text("Description", lambda r: r.name),
        text("НаименованиеПолное", lambda r: r.full_name),
        text("ИдентификационныйНомер", lambda r: r.bin),
        text("РНН", lambda _: ""),
        text("КБЕ", lambda _: "17"),
        text("ЮрФизЛицо", lambda _: "ЮрЛицо"),
        text("Префикс", lambda r: r.prefix),
        ref("ГоловнаяОрганизация", names.ORGANIZATION, lambda _: None),
        stamp("ДатаПостановкиНаУчетПоНДС", lambda r: r.vat_from),
    )


def _parties(books: Books) -> EntitySet:
    def person(party: Party) -> str:
        return "ФизЛицо" if party.kind in ("person", "entrepreneur") else "ЮрЛицо"

    return catalog(
        books,
        names.PARTY,
        lambda: books.company.parties,
        text("Code", lambda r: r.code),
        text("Description", lambda r: r.name),
        text("НаименованиеПолное", lambda r: r.full_name),
        text("ИдентификационныйКодЛичности", lambda r: r.bin),
        text("РНН", lambda _: ""),
        text("КБЕ", lambda r: r.kbe),
        text("ЮрФизЛицо", person),
        flag("ГосударственноеУчреждение", lambda r: r.kind == "state"),
        ref("ГоловнойКонтрагент", names.PARTY, lambda r: r.parent),
        ref("ОсновнойДоговорКонтрагента", names.CONTRACT, lambda _: None),
        ref("ОсновнойБанковскийСчет", names.BANK_ACCOUNT, lambda _: None),
        ref("Parent", names.PARTY, lambda _: None),
        flag("IsFolder", lambda _: False),
    )


def _contracts(books: Books) -> EntitySet:
    def description(contract: Contract) -> str:
        return "Основной договор" if contract.dummy else f"Договор {contract.number} от {contract.date:%d.%m.%Y}"

    return catalog(
        books,
        names.CONTRACT,
        lambda: books.company.contracts,
        ref("Owner", names.PARTY, lambda r: r.party),
        text("Code", lambda r: r.code),
        text("Description", description),
        ref("Организация", names.ORGANIZATION, lambda r: r.org),
        ref("ВалютаВзаиморасчетов", names.CURRENCY, lambda r: currency_ref(r.currency)),
        text("ВидДоговора", lambda r: CONTRACT_KINDS[r.kind]),
        text("ВедениеВзаиморасчетов", lambda r: SETTLE_MODES[r.settle_mode]),
        text("НомерДоговора", lambda r: r.number),
        stamp("ДатаДоговора", lambda r: r.date),
        stamp("ДатаНачалаДействияДоговора", lambda r: r.date),
        stamp("ДатаОкончанияДействияДоговора", lambda _: None),
        flag("УстановленСрокОплаты", lambda r: r.pay_days is not None),
        whole("СрокОплаты", lambda r: r.pay_days or 0),
        text("УсловияОплаты", lambda r: r.terms),
        flag("IsFolder", lambda _: False),
    )


def _banks(books: Books) -> EntitySet:
    return catalog(
        books,
        names.BANK,
        lambda: books.company.banks,
        text("Code", lambda r: r.code),
        text("Description", lambda r: r.name),
        text("БИК", lambda r: f"{r.bic:<11}"),  # a string of fixed length comes padded
        text("ИдентификационныйНомер", lambda r: r.bin),
        flag("IsFolder", lambda _: False),
    )


def _bank_accounts(books: Books) -> EntitySet:
    def owner(account: BankAccount) -> tuple[str, str]:
        return account.owner, names.ORGANIZATION if account.owner_is_org else names.PARTY

    def description(account: BankAccount) -> str:
        bank = books.by_ref("banks").get(account.bank)
        return f"{account.iban}, {bank.name}" if bank else account.iban

    return catalog(
        books,
        names.BANK_ACCOUNT,
        lambda: books.company.bank_accounts,
        composite("Owner", owner),
        text("Code", lambda r: r.code),
        text("Description", description),
        text("НомерСчета", lambda r: r.iban),
        ref("Банк", names.BANK, lambda r: r.bank),
        ref("ВалютаДенежныхСредств", names.CURRENCY, lambda r: currency_ref(r.currency)),
        text("ВидСчета", lambda _: "Расчетный"),
        stamp("ДатаЗакрытия", lambda _: None),
    )


def _cash_desks(books: Books) -> EntitySet:
    return catalog(
        books,
        names.CASH_DESK,
        lambda: books.company.cash_desks,
        ref("Owner", names.ORGANIZATION, lambda r: r.org),
        text("Code", lambda r: r.code),
        text("Description", lambda r: r.name),
        ref("ВалютаДенежныхСредств", names.CURRENCY, lambda r: currency_ref(r.currency)),
    )


def _cash_items(books: Books) -> EntitySet:
    return catalog(
        books,
        names.CASH_ITEM,
        lambda: books.company.cash_items,
        text("Code", lambda r: r.code),
        text("Description", lambda r: r.name),
        ref("Parent", names.CASH_ITEM, lambda _: None),
        flag("IsFolder", lambda _: False),
    )


def _items(books: Books) -> EntitySet:
    return catalog(
        books,
        names.ITEM,
        lambda: books.company.items,
        text("Code", lambda r: r.code),
        text("Description", lambda r: r.name),
        text("НаименованиеПолное", lambda r: r.name),
        text("Артикул", lambda r: r.article),
        flag("Услуга", lambda r: r.is_service),
        ref("БазоваяЕдиницаИзмерения", names.UNIT, lambda r: guid("unit", r.unit)),
        ref("СтавкаНДС", names.VAT_RATE, lambda r: guid("vat", r.vat)),
        ref("Parent", names.ITEM, lambda _: None),
        flag("IsFolder", lambda _: False),
    )


def _warehouses(books: Books) -> EntitySet:
    return catalog(
        books,
        names.WAREHOUSE,
        lambda: books.company.warehouses,
        text("Code", lambda r: r.code),
        text("Description", lambda r: r.name),
        ref("Parent", names.WAREHOUSE, lambda _: None),
        flag("IsFolder", lambda _: False),
    )
