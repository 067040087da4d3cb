"""What is mirrored of «Бухгалтерия для Казахстана 3.0»: its entity sets, columns and nested sections.

Columns keep 1C's own names; what they mean is settled in sql/staging/. A `Section` is a tabular section that arrives inside
its document. Registers are read through `_RecordType` rows or virtual tables, see the modules that read them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from sync.table import Table

TEXT, FLAG, WHEN, WHOLE, LINE = "VARCHAR", "BOOLEAN", "TIMESTAMP", "BIGINT", "INTEGER"
MONEY, QUANTITY, PRICE, RATE = "DECIMAL(18,2)", "DECIMAL(18,3)", "DECIMAL(18,4)", "DECIMAL(18,4)"

Columns = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class EntitySet:
    """An entity set whose rows are read as they stand.

    kind: catalog (paged by $skip) or dated (read by windows of the column `dated`).
    key: the columns that make src_ref, joined with "|". versioned: rows carry DataVersion.
    sections: child tables; the path of each is the section's name. A set whose table belongs to a part is read only where all
    sets of that part are published.
    optional: a base may do without it: what it does not publish is passed by, and its table stays as it was.
    """

    table: Table
    kind: Literal["catalog", "dated"]
    key: tuple[str, ...] = ("Ref_Key",)
    versioned: bool = True
    dated: str = "Date"
    sections: tuple[Table, ...] = ()
    optional: bool = False


def _text(*names: str) -> dict[str, str]:
    return dict.fromkeys(names, TEXT)


def _composite(*names: str) -> dict[str, str]:
    """A reference of several possible types: the value and, beside it, the name of its type."""
    return {column: TEXT for name in names for column in (name, f"{name}_Type")}


_MARK = {"DeletionMark": FLAG}
_NAMED = _text("Code", "Description")
_IN_FOLDERS = {"Parent_Key": TEXT, "IsFolder": FLAG}
# What a payment is for in the statement of cash flows. The head and the rows both hold it; bases of older releases may not.
_ITEM = _text("СтатьяДвиженияДенежныхСредств_Key")
_LACKING = frozenset(_ITEM)
_HEAD = {"Number": TEXT, "Date": WHEN, "Posted": FLAG, **_MARK, **_text("Организация_Key", "Комментарий")}
_PRICED = {
    **_text("Контрагент_Key", "ДоговорКонтрагента_Key", "ВалютаДокумента_Key"),
    "КурсВзаиморасчетов": RATE,
    "КратностьВзаиморасчетов": WHOLE,
    "СуммаДокумента": MONEY,
    "УчитыватьНДС": FLAG,
    "СуммаВключаетНДС": FLAG,
}
_TRADE = {
    **_HEAD, **_PRICED, "Склад_Key": TEXT, **_composite("Сделка", "ДокументОснование"), "ВидОперации": TEXT,
}  # fmt: skip
_ARRIVED = {"НомерВходящегоДокумента": TEXT, "ДатаВходящегоДокумента": WHEN}
_PAID = {
    **_HEAD, "ВидОперации": TEXT, "ВалютаДокумента_Key": TEXT, "СуммаДокумента": MONEY,
    **_text("НазначениеПлатежа", "КодНазначенияПлатежа"), **_ARRIVED,
    **_text("Контрагент_Key", "СчетОрганизации_Key", "СчетКонтрагента_Key"), "Оплачено": FLAG, "ДатаВыписки": WHEN, **_ITEM,
}  # fmt: skip
_CASH = {
    **_HEAD, **_composite("Контрагент"), **_text("Касса_Key", "ВидОперации", "ВалютаДокумента_Key"), "СуммаДокумента": MONEY, **_ITEM,
}  # fmt: skip
_GOODS = {
    "LineNumber": LINE, "Номенклатура_Key": TEXT, "Количество": QUANTITY, "Цена": PRICE, "Сумма": MONEY,
    "СтавкаНДС_Key": TEXT, "СуммаНДС": MONEY,
}  # fmt: skip
_SPLIT = {
    "LineNumber": LINE, "ДоговорКонтрагента_Key": TEXT, **_composite("Сделка"), "СуммаПлатежа": MONEY,
    "СуммаВзаиморасчетов": MONEY, "КурсВзаиморасчетов": RATE, "КратностьВзаиморасчетов": WHOLE, **_ITEM,
}  # fmt: skip
_SPLIT_IN = {**_SPLIT, "СчетНаОплату_Key": TEXT}
_DEBT = {
    "LineNumber": LINE, "ДоговорКонтрагента_Key": TEXT, **_composite("Сделка"), "ВидЗадолженности": TEXT,
    "Сумма": MONEY, "СуммаВзаиморасчетов": MONEY,
}  # fmt: skip


def _catalog(name: str, path: str, columns: Columns) -> EntitySet:
    return EntitySet(Table(name, path, columns), "catalog")


def _document(name: str, path: str, columns: Columns, *sections: tuple[str, str, Columns]) -> EntitySet:
    children = tuple(Table(f"{name}_{suffix}", section, inner, parent=name) for suffix, section, inner in sections)
    return EntitySet(Table(name, f"Document_{path}", columns), "dated", sections=children)


def _trade(name: str, path: str, columns: Columns) -> EntitySet:
    return _document(name, path, columns, ("goods", "Товары", _GOODS), ("services", "Услуги", _GOODS))


def _payment(name: str, path: str, columns: Columns, split: Columns) -> EntitySet:
    section = Table(f"{name}_split", "РасшифровкаПлатежа", split, parent=name, lacking=_LACKING)
    table = Table(name, f"Document_{path}", columns, lacking=_LACKING)
    return EntitySet(table, "dated", sections=(section,))


CATALOGS = (
    _catalog("organization", "Catalog_Организации", {
        **_NAMED, **_text("НаименованиеПолное", "ИдентификационныйНомер", "КБЕ", "ЮрФизЛицо", "Префикс"),
        "ДатаПостановкиНаУчетПоНДС": WHEN, **_MARK,
    }),
    _catalog("counterparty", "Catalog_Контрагенты", {
        **_NAMED, **_text("НаименованиеПолное", "ИдентификационныйКодЛичности", "КБЕ", "ЮрФизЛицо"),
        "ГосударственноеУчреждение": FLAG, "ГоловнойКонтрагент_Key": TEXT, **_IN_FOLDERS, **_MARK,
    }),
    _catalog("contract", "Catalog_ДоговорыКонтрагентов", {
        **_NAMED, **_text("Owner_Key", "Организация_Key", "ВалютаВзаиморасчетов_Key", "ВидДоговора", "ВедениеВзаиморасчетов",
                          "НомерДоговора"),
        "ДатаДоговора": WHEN, "ДатаНачалаДействияДоговора": WHEN, "ДатаОкончанияДействияДоговора": WHEN,
        "УстановленСрокОплаты": FLAG, "СрокОплаты": WHOLE, "УсловияОплаты": TEXT, **_MARK,
    }),
    EntitySet(Table("extra_property", "ChartOfCharacteristicTypes_ДополнительныеРеквизитыИСведения", {
        "Description": TEXT, **_MARK,
    }), "catalog", optional=True),
    EntitySet(Table("contract_extra", "Catalog_ДоговорыКонтрагентов_ДополнительныеРеквизиты", {
        "Ref_Key": TEXT, "LineNumber": LINE, **_text("Свойство_Key"), **_composite("Значение"),
    }), "catalog", key=("Ref_Key", "LineNumber"), versioned=False, optional=True),
    _catalog("currency", "Catalog_Валюты", {**_NAMED, "БуквенныйКод": TEXT}),
    _catalog("bank", "Catalog_Банки", {**_NAMED, **_text("БИК", "ИдентификационныйНомер")}),
    _catalog("bank_account", "Catalog_БанковскиеСчета", {
        **_NAMED, **_composite("Owner"), **_text("НомерСчета", "Банк_Key", "ВалютаДенежныхСредств_Key", "ВидСчета"),
        "ДатаЗакрытия": WHEN, **_MARK,
    }),
    _catalog("cash_desk", "Catalog_Кассы", {**_NAMED, **_text("Owner_Key", "ВалютаДенежныхСредств_Key")}),
    EntitySet(Table("ddc_item", "Catalog_СтатьиДвиженияДенежныхСредств", {**_NAMED, **_MARK}), "catalog", optional=True),
    _catalog("unit", "Catalog_КлассификаторЕдиницИзмерения", {**_NAMED}),
    _catalog("vat_rate", "Catalog_СтавкиНДС", {**_NAMED, "Ставка": "DECIMAL(5,2)"}),
    _catalog("item", "Catalog_Номенклатура", {
        **_NAMED, "Артикул": TEXT, "Услуга": FLAG, **_text("БазоваяЕдиницаИзмерения_Key", "СтавкаНДС_Key"),
        **_IN_FOLDERS, **_MARK,
    }),
    _catalog("warehouse", "Catalog_Склады", {**_NAMED, **_IN_FOLDERS, **_MARK}),
    _catalog("account", "ChartOfAccounts_Типовой", {
        **_NAMED, **_text("Parent_Key", "Type"), "OffBalance": FLAG, "Валютный": FLAG, "Количественный": FLAG,
    }),
)  # fmt: skip

FX_RATE = EntitySet(
    Table(
        "fx_rate",
        "InformationRegister_КурсыВалют",
        {"Period": WHEN, "Валюта_Key": TEXT, "Курс": RATE, "Кратность": WHOLE},
    ),
    "dated",
    key=("Period", "Валюта_Key"),
    versioned=False,
    dated="Period",
)

DOCUMENTS = (
    _trade("invoice_out", "СчетНаОплатуПокупателю", {**_HEAD, **_PRICED}),
    _trade("sale", "РеализацияТоваровУслуг", _TRADE),
    _trade("sale_return", "ВозвратТоваровОтПокупателя", _TRADE),
    _trade("purchase", "ПоступлениеТоваровУслуг", {**_TRADE, **_ARRIVED}),
    _trade("purchase_return", "ВозвратТоваровПоставщику", _TRADE),
    _document("debt_adjust", "КорректировкаДолга", {
        **_HEAD, **_text("ВидОперации", "КонтрагентДебитор_Key", "КонтрагентКредитор_Key", "ВалютаДокумента_Key"),
        "КурсДокумента": RATE, "КратностьДокумента": WHOLE, "СуммаДокумента": MONEY,
    }, ("split", "СуммыДолга", _DEBT)),
    EntitySet(Table("tax_invoice", "Document_СчетФактураВыданный", {
        **_HEAD, "Контрагент_Key": TEXT, **_composite("ДокументОснование"), "ДатаСовершенияОборотаПоРеализации": WHEN,
    }), "dated", optional=True),
    EntitySet(Table("reval", "Document_ПереоценкаВалютныхСредств", _HEAD), "dated", optional=True),
    _payment("bank_in", "ПлатежноеПоручениеВходящее", _PAID, _SPLIT_IN),
    _payment("bank_in_order", "ПлатежныйОрдерПоступлениеДенежныхСредств", _PAID, _SPLIT_IN),
    _payment("bank_out", "ПлатежноеПоручениеИсходящее", _PAID, _SPLIT),
    _payment("bank_out_order", "ПлатежныйОрдерСписаниеДенежныхСредств", _PAID, _SPLIT),
    _payment("cash_in", "ПриходныйКассовыйОрдер", _CASH, _SPLIT_IN),
    _payment("cash_out", "РасходныйКассовыйОрдер", _CASH, _SPLIT),
)  # fmt: skip

_MOVED = {"Period": WHEN, **_composite("Recorder"), "LineNumber": LINE, "Active": FLAG, "RecordType": TEXT}


def _moves(name: str, register: str, columns: Columns, part: str = "") -> EntitySet:
    table = Table(
        name, f"AccumulationRegister_{register}_RecordType", {**_MOVED, **columns, "Количество": QUANTITY}, part=part
    )
    return EntitySet(table, "dated", key=("Recorder", "LineNumber"), versioned=False, dated="Period")


STOCK = _moves("stock", "ТоварыОрганизацийБУ", _text("Организация_Key", "Товар_Key", "Склад_Key"))

# Promises of goods. «Бухгалтерия» keeps none; configurations of its family that trade («Управление торговым предприятием»,
# «Управление производственным предприятием» for Kazakhstan) publish them beside the same chart of accounts, the same
# contracts and the same payments. The names are those of that family as other programs read them; which of them a given
# base publishes, and that the order is a reference of one type, is judgement until such a base is seen.
SUPPLY, TRANSIT, UNITS = "supply", "transit", "units"


def _order(name: str, path: str, part: str, columns: Columns) -> EntitySet:
    return EntitySet(Table(name, f"Document_{path}", {**_HEAD, **columns}, part=part), "dated")


_ORDER = _text("Контрагент_Key", "ДоговорКонтрагента_Key", "ВалютаДокумента_Key")
ORDERS = (
    _order("order_out", "ЗаказПокупателя", SUPPLY, {
        **_ORDER, "СуммаДокумента": MONEY, "ДатаОтгрузки": WHEN, **_composite("СкладГруппа"),
    }),
    _order("order_in", "ЗаказПоставщику", SUPPLY, {**_ORDER, "СуммаДокумента": MONEY, "ДатаПоступления": WHEN, "Склад_Key": TEXT}),
    _order("transfer", "ПеремещениеТоваров", TRANSIT, _text("СкладОтправитель_Key", "СкладПолучатель_Key")),
)  # fmt: skip
ITEM_UNIT = EntitySet(
    Table("item_unit", "Catalog_ЕдиницыИзмерения", {
        **_NAMED, **_text("Owner_Key", "ЕдиницаПоКлассификатору_Key"), "Коэффициент": "DECIMAL(18,6)", **_MARK,
    }, part=UNITS),
    "catalog",
)  # fmt: skip
RESERVE = "AccumulationRegister_ТоварыВРезервеНаСкладах"
PROMISES = (
    _moves("reserve", "ТоварыВРезервеНаСкладах", {
        **_text("Склад_Key", "Номенклатура_Key"), **_composite("ДокументРезерва"),
    }, SUPPLY),
    _moves("ordered_out", "ЗаказыПокупателей", _text("ЗаказПокупателя_Key", "Номенклатура_Key"), SUPPLY),
    _moves("ordered_in", "ЗаказыПоставщикам", _text("ЗаказПоставщику_Key", "Номенклатура_Key"), SUPPLY),
    _moves("in_transit", "ТоварыКПолучениюНаСклады", {
        **_text("Склад_Key", "Номенклатура_Key"), **_composite("ДокументПолучения"),
    }, TRANSIT),
)  # fmt: skip
RESERVE_BALANCE = Table("reserve_balance", f"{RESERVE}/Balance", {
    "as_of": "DATE", **_text("Склад_Key", "Номенклатура_Key"), **_composite("ДокументРезерва"), "КоличествоBalance": QUANTITY,
})  # fmt: skip
OPTIONAL = (*ORDERS, ITEM_UNIT, *PROMISES)

LEDGER = "AccountingRegister_Типовой"

GL = Table("gl", f"{LEDGER}/RecordsWithExtDimensions", {
    "Period": WHEN, **_composite("Recorder"), "LineNumber": LINE, "Active": FLAG,
    **_text("AccountDr_Key", "AccountCr_Key", "Организация_Key", "ВалютаDr_Key", "ВалютаCr_Key"),
    "Сумма": MONEY, "ВалютнаяСуммаDr": MONEY, "ВалютнаяСуммаCr": MONEY, "Содержание": TEXT,
    **_composite(*(f"ExtDimension{side}{slot}" for side in ("Dr", "Cr") for slot in (1, 2, 3))),
})  # fmt: skip

GL_BALANCE = Table("gl_balance", f"{LEDGER}/Balance", {
    "as_of": "DATE", **_text("Account_Key", "Организация_Key", "Валюта_Key"), **_composite(*(f"ExtDimension{n}" for n in (1, 2, 3))),
    **{f"{name}Balance{side}": MONEY for name in ("Сумма", "ВалютнаяСумма") for side in ("Dr", "Cr")},
})  # fmt: skip

GL_TURNOVER = Table("gl_turnover", f"{LEDGER}/BalanceAndTurnovers", {
    "month": "DATE", **_text("Account_Key", "Организация_Key"),
    **{f"Сумма{name}{side}": MONEY for name in ("OpeningBalance", "Turnover", "ClosingBalance") for side in ("Dr", "Cr")},
})  # fmt: skip

SETS = (*CATALOGS, FX_RATE, *DOCUMENTS, STOCK)
VIRTUAL = (GL, GL_BALANCE, GL_TURNOVER)
TABLES = (
    *(table for entity_set in (*SETS, *OPTIONAL) for table in (entity_set.table, *entity_set.sections)),
    *VIRTUAL,
    RESERVE_BALANCE,
)  # fmt: skip
