"""Raw tables written by hand, row by row, and the relations built on them by the real builder."""

from __future__ import annotations

import shutil
import uuid
from datetime import UTC, date, datetime
from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb

import sql
from sync.configured import DECLARED
from sync.mirror import listed, prepare, raw_name
from sync.models import build

EMPTY = "00000000-0000-0000-0000-000000000000"
NO_DATE = datetime(1, 1, 1)
FIRST_LOAD = datetime(2026, 1, 10, 18)  # UTC
SECOND_LOAD = datetime(2026, 1, 31, 18)
DAY = date(2026, 1, 5)  # of a document that a test says nothing else of
ZONE = ZoneInfo("Asia/Almaty")


def ref(name: str) -> str:
    """The key in 1C of something that a test calls by a name."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, name)) if name else EMPTY


def bin_of(stem: str) -> str:
    """Eleven invented digits with the check digit that belongs to them."""
    digits = [int(d) for d in stem]
    for weights in (range(1, 12), (*range(3, 12), 1, 2)):
        check = sum(w * d for w, d in zip(weights, digits, strict=True)) % 11
        if check < 10:
            return stem + str(check)
    raise ValueError(f"{stem} has no check digit")


class Books:
    """A mirror in memory. Everything a test puts into `raw` is there before `build`, everything it asks for after."""

    def __init__(self) -> None:
        self.con = duckdb.connect()
        self.con.execute("set TimeZone = 'UTC'")
        prepare(self.con, DECLARED)
        self._tables = {f"{source}_{table.name}": table for source, all_ in DECLARED.items() for table in all_}
        self._settled()

    def put(
        self,
        table: str,
        key: str,
        *,
        base: str = "main",
        seen: datetime = FIRST_LOAD,
        gone: bool = False,
        **columns: Any,
    ) -> str:
        """One row; `key` as it is for sources with readable keys, a made GUID for 1C. Returns the key."""
        source = table.split("_", maxsplit=1)[0]
        src_ref = ref(key) if source == "onec" and "|" not in key else key
        head: dict[str, Any] = {"src_base": base, "src_ref": src_ref, "synced_at": seen}
        if self._tables[table].parent is None:
            head |= {"src_version": "AAAA", "first_synced_at": seen, "deleted_at": SECOND_LOAD if gone else None}
        row = head | columns
        target = raw_name(source, table.removeprefix(f"{source}_"))
        marks = ", ".join("?" for _ in row)
        self.con.execute(f"insert into {target} ({listed(row)}) values ({marks})", list(row.values()))
        return src_ref

    def document(self, table: str, key: str, day: date, total: str, **columns: Any) -> str:
        """A posted document of org «Альфа» in tenge, unless the columns say otherwise."""
        usual: dict[str, Any] = {
            "Number": "000000001",
            "Date": datetime(day.year, day.month, day.day, 12),
            "Posted": True,
            "DeletionMark": False,
            "Организация_Key": ref("org"),
            "ВалютаДокумента_Key": ref("KZT"),
            "СуммаДокумента": Decimal(total),
        }
        declared = self._tables[f"onec_{table}"].columns
        if "КурсВзаиморасчетов" in declared:
            usual |= {
                "КурсВзаиморасчетов": Decimal(1),
                "КратностьВзаиморасчетов": 1,
                "УчитыватьНДС": True,
                "СуммаВключаетНДС": True,
            }
        if "Оплачено" in declared:
            usual |= {"Оплачено": True, "ДатаВыписки": NO_DATE}
        return self.put(f"onec_{table}", key, **(usual | columns))

    def card(self, key: str, name: str, number: str = "", **columns: Any) -> str:
        """A counterparty card of 1C."""
        usual: dict[str, Any] = {
            "Description": name, "НаименованиеПолное": name, "ИдентификационныйКодЛичности": number, "КБЕ": "17", "ЮрФизЛицо": "ЮрЛицо",
            "ГосударственноеУчреждение": False, "ГоловнойКонтрагент_Key": EMPTY, "IsFolder": False, "DeletionMark": False,
        }  # fmt: skip
        return self.put("onec_counterparty", key, **(usual | columns))

    def contract(self, key: str, owner: str, **columns: Any) -> str:
        """A contract of org «Альфа» with a customer, in tenge, without a payment term."""
        usual: dict[str, Any] = {
            "Description": key, "Owner_Key": ref(owner), "Организация_Key": ref("org"), "ВалютаВзаиморасчетов_Key": ref("KZT"),
            "ВидДоговора": "СПокупателем", "ВедениеВзаиморасчетов": "ПоДоговоруВЦелом", "НомерДоговора": key,
            "ДатаДоговора": datetime(2025, 1, 1), "УстановленСрокОплаты": False, "СрокОплаты": 0, "УсловияОплаты": "", "DeletionMark": False,
        }  # fmt: skip
        return self.put("onec_contract", key, **(usual | columns))

    def build(self, folder: Path) -> None:
        """Build staging and core, nothing above them."""
        for layer in ("staging", "core"):
            source = files(sql).joinpath(layer)
            shutil.copytree(Path(str(source)), folder / layer)
        build(self.con, datetime(2026, 1, 31, 18, tzinfo=UTC), ZONE, folder)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """The rows of a query."""
        return self.con.execute(query).fetchall()

    def doc(self, key: str) -> str:
        """The short id of a document."""
        return self._id(f"select doc_id from doc_key where src_ref = '{ref(key)}'")

    def cp(self, key: str) -> str:
        """The short id of a counterparty card of 1C, or of a CRM company by its id."""
        return self._id(f"select cp_id from cp_key where src_ref = '{key if key.isdigit() else ref(key)}'")

    def _id(self, query: str) -> str:
        (found,) = self.con.execute(query).fetchall()
        return str(found[0])

    def _settled(self) -> None:
        """What every test needs: an own entity, three currencies, VAT rates, two loads that went well."""
        self.put(
            "onec_organization", "org", Description="Альфа", НаименованиеПолное="ТОО «Альфа»", ИдентификационныйНомер=bin_of("12034000001"),
            ДатаПостановкиНаУчетПоНДС=datetime(2020, 1, 1), DeletionMark=False,
        )  # fmt: skip
        for code, letters in (("398", "KZT"), ("840", "USD"), ("643", "RUB")):
            self.put("onec_currency", letters, Code=code, Description=letters, БуквенныйКод=letters)
        for name, rate in (("12%", 12), ("16%", 16), ("0%", 0), ("Без НДС", 0)):
            self.put("onec_vat_rate", name, Description=name, Ставка=rate)
        for at in (FIRST_LOAD, SECOND_LOAD):
            self.con.execute(
                "insert into meta.sync_run (started_at, source, src_base, status) values (?, 'onec', 'main', 'ok')",
                [at],
            )
