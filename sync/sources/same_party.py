"""Which cards a person has found to be one party, or not to be one. Read from settings/same_party.csv.

    card,other,same
    card_15,card_3,yes
    card_15,card_8,no

Cards are named as `cp_source` names them; that stays theirs for good. A line that is taken out of the file takes its decision back. A row
that cannot be read stays in quarantine with its reason and the others count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from sync.sources.written import FOLDER, opened
from sync.table import KEY, VERSION, Item, Page, Reject, Sweep, Table, Total

FILE = FOLDER / "same_party.csv"
HEAD = ("card", "other", "same")
SAID = {"yes": True, "да": True, "иә": True, "no": False, "нет": False, "жоқ": False}
SAME_PARTY = Table("same_party", FILE.as_posix(), {"card": "BIGINT", "other": "BIGINT", "is_same": "BOOLEAN"})
_CARD = re.compile(r"card_([0-9]{1,12})")


def pull(file: Path) -> Iterator[Item]:
    """Yield every row that can be read, a reject for each other one, and the keys of all. A file that is not there decides nothing.

    Raises: SourceChanged: the file is not UTF-8 text under the three headings.
    """
    found: dict[tuple[int, int], bool] = {}
    for number, cells in opened(file, SAME_PARTY, HEAD) if file.is_file() else ():
        row = _row(cells, found)
        if isinstance(row, str):
            where = f"{SAME_PARTY.path} line {number}: {row}"
            yield Reject(SAME_PARTY.name, "|".join(cells[:2]), where, ",".join(cells))
        else:
            found[row[:2]] = row[2]
    frame = pl.DataFrame(
        [(f"{card}|{other}", None, card, other, same) for (card, other), same in found.items()],
        {KEY: pl.String, VERSION: pl.String, "card": pl.Int64, "other": pl.Int64, "is_same": pl.Boolean},
        orient="row",
    )
    yield Page(SAME_PARTY.name, frame)
    yield Sweep(SAME_PARTY.name, frame[KEY])
    yield Total(SAME_PARTY.name, "rows", str(len(frame)))


def _row(cells: list[str], found: dict[tuple[int, int], bool]) -> tuple[int, int, bool] | str:
    """The two cards, the lower number first, and whether they are one; or what is wrong with the row."""
    if len(cells) != len(HEAD):
        return f"{len(cells)} values stand where {', '.join(HEAD)} belong"
    *cards, said = (cell.strip().lower() for cell in cells)
    numbers = [int(known[1]) for card in cards if (known := _CARD.fullmatch(card))]
    if len(numbers) != len(cards):
        return f"{' and '.join(cards)[:60]!r}: a card is named as in cp_source, card_15"
    if said not in SAID:
        return f"same is {said[:20]!r}; it is yes or no"
    first, second = sorted(numbers)
    if first == second:
        return "a card is always itself"
    if found.get((first, second), SAID[said]) != SAID[said]:
        return "the same two cards are decided otherwise above"
    return first, second, SAID[said]
