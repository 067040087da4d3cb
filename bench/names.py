"""How well `find` knows names: recall, picks that are wrong, questions asked back, and time, over a table of counterparties and of queries.

python bench/names.py --parties-file parties.tsv --queries-file queries.tsv [--misses] [--parties 20000] [--callers 1]

Both files are UTF-8, tab-separated, with a header line that names the columns; their order does not matter.

    parties.tsv   cp_id     any id; answers are told in it
                  name      as a card spells it, legal form and all
                  bin_iin   12 digits, or empty
                  kind      company, branch, entrepreneur, person, state or foreign; empty is company
    queries.tsv   query     what somebody types
                  expected  a cp_id; several, separated by a comma, space, semicolon or |: any of them is right; `ask`, alone or before
                            ids (`ask: cp_1, cp_2`): the words fit several, so nothing may be picked, and the ids are to be offered;
                            `none`: there is no such party, so nothing may be picked; it does not count in recall
                  class     free text: figures are told for each class too; may be absent

bench/held_out/ holds such a pair, written by somebody who had seen no line of the search: measure on it, never tune on it.

The names go into a mirror of their own that is built and published by the real sync code with the real files of sql/core, only the tables
cp, cp_key and item hold what the files hold. Queries go through the real Analyst.find: guard, worker process, shaping, audit.

Recall counts queries with ids: at 1, the first row is one of them; at 5, one of them is among the first five. A wrong pick is a pick that
is not one of the ids, or any pick where `ask` or `none` is expected. --parties N adds invented names until there are N, for time; it prints recall too.
"""

from __future__ import annotations

import argparse
import asyncio
import csv
import json
import random
import re
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from zoneinfo import ZoneInfo

import sql
from analyst import metrics
from analyst.audit import Audit
from analyst.pool import Pool
from analyst.settings import Settings
from analyst.snapshot import Mirror
from analyst.tools import Analyst
from sync.changes import Changed
from sync.mirror import META, open_master
from sync.models import build
from sync.publish import publish, serve
from sync.snapshot import MASTER

REAL = ("name_plain", "name_folded", "name_norm", "name_bits", "legal_form", "item_words", "known_name", "known_word")
NOT_IDS = frozenset({"ask", "none"})
_HEADER = "-- {name} of a table of names.\n--\n-- kind: table\n--\n{columns}\n"
_OWN = {
    "cp": ("cp_id kind bin_iin name name_norm full_name", "select cp_id, kind, nullif(bin_iin, '') as bin_iin, name, name_norm(name) as name_norm, name as full_name from raw.party"),
    "cp_key": ("cp_id name full_name", "select cp_id, name, name as full_name from raw.party"),
    "item": ("item_id code name unit article", "select cp_id as item_id, '' as code, name, '' as unit, '' as article from raw.party where false"),
}  # fmt: skip
_ROOTS = "аль бер вес гор дан ель жар зен ирт кай лам мед нур орт пол руб сай тал ура фар хан цен чар шам эль юлд яр кер тан сул бок дос".split()  # noqa: SIM905
_ENDS = "ан ик ина олия ум ет ава ист ур ель ония он иа ас".split()  # noqa: SIM905
_GENERIC = "Строй Сервис Трейд Логистик Групп Сталь Металл Агро Транс Пром Снаб Инвест Нур Плюс Юг Восток Астана Алматы Сауда Құрылыс Өнім".split()  # noqa: SIM905


@dataclass(frozen=True, slots=True)
class Query:
    """What is typed, the ids that are right, whether nothing may be picked (`ask`, `none`), and the class of the difficulty."""

    text: str
    ids: frozenset[str]
    ask: bool
    kind: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What find said to a query: ids best first with their scores, the pick, and the milliseconds it took."""

    query: Query
    ids: tuple[str, ...]
    scores: tuple[float, ...]
    pick: str
    ms: float

    @property
    def wrong(self) -> bool:
        """Something was picked that should not have been."""
        return bool(self.pick) and (self.query.ask or self.pick not in self.query.ids)

    def recalled(self, first: int) -> bool:
        """One of the right ids is among the first so many."""
        return not self.query.ids.isdisjoint(self.ids[:first])


def parties(file: Path) -> list[dict[str, str]]:
    """Rows of a table of counterparties."""
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return [
            {"cp_id": row["cp_id"], "name": row["name"], "bin_iin": row.get("bin_iin") or "", "kind": row.get("kind") or "company"}
            for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]  # fmt: skip


def queries(file: Path) -> list[Query]:
    """Rows of a table of queries."""
    with file.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))
    found = []
    for row in rows:
        said = re.findall(r"[^\s,;|:]+", row.get("expected") or row.get("expected cp_id") or "")
        ids = frozenset(word for word in said if word.lower() not in NOT_IDS)
        found.append(Query(row["query"], ids, any(word.lower() in NOT_IDS for word in said), row.get("class") or ""))
    return found


def invented(count: int) -> Iterator[dict[str, str]]:
    """Counterparties that nobody has, the same every time."""
    chance = random.Random(42)
    for n in range(count):
        root = "".join(chance.choice(_ROOTS) for _ in range(chance.randint(1, 2))) + chance.choice(_ENDS)
        tail = chance.sample(_GENERIC, chance.randint(0, 2))
        if chance.random() < 0.25:
            name = f"ИП {root.capitalize()}ов {chance.choice('АБВГДЕЖЗ')}.{chance.choice('АБВГДЕЖЗ')}."
            kind = "entrepreneur"
        else:
            name, kind = f"{chance.choice(['ТОО', 'АО', 'ЖШС'])} «{' '.join([root.capitalize(), *tail])}»", "company"
        yield {"cp_id": f"more_{n}", "name": name, "bin_iin": f"{chance.randrange(10**12):012d}", "kind": kind}


def mirror(rows: Sequence[Mapping[str, str]], data: Path) -> None:
    """Publish a mirror whose counterparties are these rows."""
    now = datetime(2026, 1, 31, 2, tzinfo=UTC)
    root = data / "sql"
    (root / "core").mkdir(parents=True)
    for name in REAL:
        shutil.copy(str(files(sql) / "core" / f"{name}.sql"), root / "core")
    for name, (columns, body) in _OWN.items():
        header = _HEADER.format(name=name, columns="\n".join(f"-- {column}  {column}" for column in columns.split()))
        (root / "core" / f"{name}.sql").write_text(header + body + "\n", encoding="utf-8")
    folder = data / "snapshots" / "20260131T020000Z.building"
    folder.mkdir(parents=True)
    with open_master(folder / MASTER, "1GB", 2) as con:
        for statement in filter(str.strip, META.split(";")):
            con.execute(statement)
        con.execute("create table raw.party (cp_id varchar, name varchar, bin_iin varchar, kind varchar)")
        con.execute(
            "insert into raw.party select unnest($a), unnest($b), unnest($c), unnest($d)",
            {letter: [row[key] for row in rows] for letter, key in zip("abcd", ("cp_id", "name", "bin_iin", "kind"), strict=True)},
        )  # fmt: skip
        zone = ZoneInfo("Asia/Almaty")
        served = serve(con, build(con, now, zone, root), folder)
        con.execute("checkpoint")
    publish(data, folder, served, sources={}, findings=[], changed=Changed(), now=now, zone=zone)


async def asked(analyst: Analyst, wanted: Sequence[Query], callers: int = 1) -> list[Answer]:
    """The answers to all the queries, in their order; so many are asked at a time."""
    found: dict[int, Answer] = {}
    waiting = iter(enumerate(wanted))

    async def caller() -> None:
        for place, query in waiting:
            started = time.perf_counter()
            said = json.loads(await analyst.find(query.text, "counterparty"))
            took = (time.perf_counter() - started) * 1000
            rows = said["rows"]
            found[place] = Answer(
                query, tuple(r[1] for r in rows), tuple(r[4] for r in rows), said.get("pick") or "", took
            )

    await asyncio.gather(*(caller() for _ in range(callers)))
    return [found[place] for place in range(len(wanted))]


def ask_all(data: Path, wanted: Sequence[Query], callers: int = 1) -> list[Answer]:
    """The answers to all the queries from the mirror in `data`."""
    settings = Settings(data=data, audit=data / "audit", kept_mb=0)
    pool, audit = Pool(settings), Audit(settings.audit_folder, "bench", settings.role)
    try:
        analyst = Analyst(settings, Mirror(data, settings.role), pool, audit, metrics.read())

        async def run() -> list[Answer]:
            await asked(analyst, wanted[:2])  # workers start
            return await asked(analyst, wanted, callers)

        return asyncio.run(run())
    finally:
        pool.close()
        audit.close()


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares from 0 to 1 and milliseconds. asked: of the queries with ids, those without a pick."""

    queries: int
    recall_1: float
    recall_5: float
    wrong: float
    asked: float
    p50: float
    p95: float


def figures(answers: Sequence[Answer]) -> Figures:
    """What the answers come to."""
    named = [a for a in answers if a.query.ids and not a.query.ask]
    listed = [a for a in answers if a.query.ids]
    times = sorted(a.ms for a in answers)
    return Figures(
        len(answers),
        sum(a.recalled(1) for a in named) / max(len(named), 1),
        sum(a.recalled(5) for a in listed) / max(len(listed), 1),
        sum(a.wrong for a in answers) / len(answers),
        sum(not a.pick for a in named) / max(len(named), 1),
        times[len(times) // 2],
        times[int(len(times) * 0.95)],
    )


def _print(title: str, f: Figures) -> None:
    print(
        f"{title:28} {f.queries:5} queries   recall@1 {f.recall_1:7.2%}   recall@5 {f.recall_5:7.2%}   wrong picks {f.wrong:6.2%}"
        f"   asked {f.asked:6.1%}   p50 {f.p50:6.1f} ms   p95 {f.p95:6.1f} ms"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="How well find knows names.")
    parser.add_argument("--parties-file", type=Path, required=True)
    parser.add_argument("--queries-file", type=Path, required=True)
    parser.add_argument("--parties", type=int, default=0, help="add invented names until there are so many")
    parser.add_argument("--callers", type=int, default=1, help="queries at a time")
    parser.add_argument("--misses", action="store_true", help="print what was missed and what was picked wrongly")
    given = parser.parse_args()
    rows, wanted = parties(given.parties_file), queries(given.queries_file)
    names = {row["cp_id"]: row["name"] for row in rows}
    rows += list(invented(max(0, given.parties - len(rows))))
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        started = time.perf_counter()
        mirror(rows, data)
        print(f"{len(rows)} names, mirror built in {time.perf_counter() - started:.1f} s")
        answers = ask_all(data, wanted, given.callers)
    for kind in sorted({a.query.kind for a in answers}):
        _print(kind, figures([a for a in answers if a.query.kind == kind]))
    _print("all", figures(answers))
    for answer in answers if given.misses else ():
        if answer.wrong or (answer.query.ids and not answer.recalled(5 if answer.query.ask else 1)):
            what = "WRONG PICK" if answer.wrong else "missed"
            wants = "ask " * answer.query.ask + ", ".join(f"{i} {names.get(i, '?')}" for i in sorted(answer.query.ids))
            best = "; ".join(f"{i} {names.get(i, '')} {s}" for i, s in zip(answer.ids[:4], answer.scores, strict=False))
            print(f"  {what}: [{answer.query.kind}] {answer.query.text!r} wants {wants}; got {best or 'nothing'}")


if __name__ == "__main__":
    main()
