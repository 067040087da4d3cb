"""The mirror of a big company against the oracle: debts of sampled counterparties, and the totals of every document and entry.

python -m sync demo --size large --data large-data      minutes; some gigabytes of memory
python bench/large_oracle.py --size large --data large-data
The size and seed are those of the mirror; `--size demo` takes seconds. The wire is read page by page, and only the rows of the sample
are kept. Ends with 1 when anything differs.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import httpx

sys.path.insert(0, str(Path(__file__).parents[1]))

from sync.standins.company import SIZES, generate
from sync.standins.onec import PASSWORD, USER, OnecServer
from tests.oracle_books import books_of
from tests.oracle_case import Case
from tests.oracle_published import Published, Rows
from tests.oracle_told import advance_rows, ageing_rows, control_rows, open_rows
from tests.oracle_wire import CATALOGS, DOCUMENTS, ENTRIES, Wire

PAGE = 5_000  # rows of a set in one answer
DAYS = (date(2023, 12, 31), date(2025, 12, 31), date(2026, 1, 31))
SETS = (  # as the mirror calls DOCUMENTS
    "invoice_out",
    "sale",
    "sale_return",
    "purchase",
    "purchase_return",
    "debt_adjust",
    "bank_in",
    "bank_in_order",
    "bank_out",
    "bank_out_order",
    "cash_in",
    "cash_out",
)
ZERO = Decimal(0)
Totals = dict[tuple[str, str], tuple[int, Decimal]]


def main() -> int:
    """Compare; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--size", choices=tuple(SIZES), default="large", help="of the mirror; the demo command's default seed is 1"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--sample", type=int, default=200, help="counterparties whose debts are reckoned one by one")
    asked = parser.parse_args()
    start = time.monotonic()
    story = generate(asked.size, asked.seed)
    say(f"generated {asked.size} with seed {asked.seed}", start)
    with OnecServer(story.now) as onec:
        case, totals, parties = sampled(onec.url, asked.sample, asked.seed)
    say(f"read the wire, kept {len(case.books.papers)} documents of {len(parties)} counterparties", start)
    published = Published.of(asked.data)
    wrong = [*differing_totals(published, totals), *differing_debts(published, case, parties)]
    say(f"compared {len(totals)} totals and {len(DAYS)} days, load {os.getloadavg()[0]:.1f}", start)
    print(*wrong or ["nothing differs"], sep="\n")
    return 1 if wrong else 0


def say(what: str, start: float) -> None:
    """A line with the seconds since the start."""
    print(f"{time.monotonic() - start:7.1f} s  {what}", flush=True)


def sampled(url: str, count: int, seed: int) -> tuple[Case, Totals, set[str]]:
    """The books of `count` counterparties, the totals of all, and what the counterparties are called."""
    wire: Wire = {}
    totals: dict[tuple[str, str], tuple[int, Decimal]] = defaultdict(lambda: (0, ZERO))
    with httpx.Client(auth=httpx.BasicAuth(USER.encode(), PASSWORD.encode()), timeout=600) as client:
        for name in CATALOGS:
            wire[name] = list(rows(client, url, name))
        cards = sorted(row["Ref_Key"] for row in wire["Catalog_Контрагенты"])
        kept = set(Random(seed).sample(cards, min(count, len(cards))))
        contracts = {row["Ref_Key"]: row["Owner_Key"] for row in wire["Catalog_ДоговорыКонтрагентов"]}
        accounts = {row["Ref_Key"]: row["Code"].strip() for row in wire["ChartOfAccounts_Типовой"]}
        for name, known in zip(DOCUMENTS, SETS, strict=True):
            wire[name] = []
            for row in rows(client, url, name):
                state = (
                    "deleted"
                    if row["DeletionMark"]
                    else "counts"
                    if row["Posted"] and row.get("Оплачено", True)
                    else "draft"
                )
                add(totals, (known, state), Decimal(str(row["СуммаДокумента"])))
                if kept & owners(row, contracts):
                    wire[name].append(row)
        wire[ENTRIES] = []
        for row in entries(client, url):
            if row["Active"]:
                for side, sign in (("Dr", 1), ("Cr", -1)):
                    add(totals, ("account", accounts[row[f"Account{side}_Key"]]), sign * Decimal(str(row["Сумма"])))
            if kept & {row[f"ExtDimension{side}{n}"] for side in ("Dr", "Cr") for n in (1, 2, 3)}:
                wire[ENTRIES].append(row)
    books = books_of(wire)
    # a party of several cards is whole only when all of them were taken
    of = defaultdict(set)
    for row in wire["Catalog_Контрагенты"]:
        of[books.titles[row["Description"]]].add(row["Ref_Key"])
    parties = {books.names[party] for party, all_cards in of.items() if all_cards <= kept}
    return Case(wire, books, [], [], {}, list(DAYS)), dict(totals), parties


def rows(client: httpx.Client, url: str, name: str) -> Iterator[dict[str, Any]]:
    """Every row of a set, in pages."""
    skip = 0
    while True:
        answer = client.get(
            url + name, params={"$format": "json", "$orderby": "Ref_Key", "$top": str(PAGE), "$skip": str(skip)}
        )
        page = json.loads(answer.raise_for_status().text, parse_float=Decimal)["value"]
        yield from page
        if len(page) < PAGE:
            return
        skip += PAGE


def entries(client: httpx.Client, url: str) -> Iterator[dict[str, Any]]:
    """Every ledger entry, in order of months: this table knows no pages."""
    starts = [date(1990, 1, 1), *(date(2020 + n // 12, n % 12 + 1, 1) for n in range(12 * 8))]
    for start, end in pairwise(starts):
        period = f"StartPeriod=datetime'{start}T00:00:00',EndPeriod=datetime'{end - timedelta(days=1)}T23:59:59'"
        answer = client.get(f"{url}{ENTRIES}({period})", params={"$format": "json"})
        yield from json.loads(answer.raise_for_status().text, parse_float=Decimal)["value"]


def owners(row: dict[str, Any], contracts: dict[str, str]) -> set[str]:
    """The cards that a document touches, by itself or through the contracts of its rows."""
    found = {
        row.get(key) for key in ("Контрагент_Key", "Контрагент", "КонтрагентДебитор_Key", "КонтрагентКредитор_Key")
    }
    for split in (*row.get("РасшифровкаПлатежа", ()), *row.get("СуммыДолга", ())):
        found.add(contracts.get(split["ДоговорКонтрагента_Key"]))
    return {ref for ref in found if ref}


def add(totals: dict[tuple[str, str], tuple[int, Decimal]], key: tuple[str, str], amount: Decimal) -> None:
    """One more row of a total."""
    count, so_far = totals[key]
    totals[key] = count + 1, so_far + amount


def differing_totals(published: Published, totals: Totals) -> Iterator[str]:
    """A line for every total of documents or entries that the mirror has otherwise: rows, and the sum of their amounts as typed."""
    told = published.rows(
        "select doc_set, 'counts', count(*), sum(sum_doc) from doc where doc_set <> 'reval' group by all"
        " union all select doc_set, status, count(*), sum(sum_doc) from doc_inactive"
        " where doc_set <> 'reval' and status <> 'vanished' group by all"
        " union all select 'account', account, count(*), sum(if(line_side = 'dr', amount_kzt, -amount_kzt)) from gl group by all"
    )
    mirrored = {(kind, state): (count, amount) for kind, state, count, amount in told}
    for key in sorted({*totals, *mirrored}):
        ours, theirs = totals.get(key, (0, ZERO)), mirrored.get(key, (0, ZERO))
        if ours != theirs:
            yield f"{' '.join(key)}: the wire has {ours[0]} rows of {ours[1]}, the mirror {theirs[0]} of {theirs[1]}"


def differing_debts(published: Published, case: Case, parties: set[str]) -> Iterator[str]:
    """A line for every answer and day on which a counterparty of the sample has other rows in the mirror."""
    for day in DAYS:
        answers: tuple[tuple[str, int, Rows, Rows], ...] = (
            ("ar_open", 1, open_rows(case, "ar", day), published.open_items("ar", day)),
            ("ap_open", 1, open_rows(case, "ap", day), published.open_items("ap", day)),
            ("advances", 3, advance_rows(case, day), published.advances(day)),
            ("ageing", 0, ageing_rows(case, day), published.ageing(day)),
            ("control_gl", 2, control_rows(case, day), published.control(day)),
        )
        for name, column, reckoned, told in answers:
            ours = Counter(row for row in reckoned if row[column] in parties)
            theirs = Counter(row for row in told if row[column] in parties)
            if name == "ageing":  # who owes nothing and is owed nothing may have a row or none
                ours, theirs = (Counter({r: n for r, n in c.items() if any(r[1:])}) for c in (ours, theirs))
            print(f"{day} {name}: {theirs.total()} rows", flush=True)
            for whose, alone in (("oracle", ours - theirs), ("mirror", theirs - ours)):
                yield from (f"{day} {name}: only the {whose} has {row}" for row in list(alone)[:3])


if __name__ == "__main__":
    sys.exit(main())
