"""A long run of the rewritings, grafts, random queries and plain garbage against live workers, over a copy of a mirror with bait in it.

python bench/fuzz.py --data data --minutes 60
Ends with one line of figures, and with 1 when anything hidden was told, anything forbidden answered, or the server no longer answers.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import anyio

sys.path.insert(0, str(Path(__file__).parents[1]))

from analyst import corpus
from analyst.errors import AnalystError, OutOfBudget, QueryFailed, Refused
from analyst.pool import Pool
from analyst.settings import Settings
from analyst.snapshot import Mirror, Snapshot
from tests.analyst.bait import PLACES, RELATIONS, VALUES, VARIABLE, bait, leaks
from tests.analyst.maker import HIDDEN, TABLES, Maker
from tests.analyst.mutate import REWRITINGS, SPACES, graft, rewrite
from tests.analyst.pieces import body, tokens

SIZE = {"rows": 2000, "bytes": 5_000_000, "cell_bytes": 2048, "columns": 200}
EVERY = 100  # statements between two small questions
LATE = 5.0  # seconds beyond the limit: a new worker on a busy machine needs some of them
LIVING = 2  # one worker and its spare are alive at the end
VERDICTS: dict[type[AnalystError], str] = {Refused: "refused", QueryFailed: "failed", OutOfBudget: "bounded"}
CANARY = "SELECT count(*) AS n FROM doc"
UNSTABLE = ("sample", "random", "uuid", "now(", "current_", "today")
CHARACTERS = "'\"`$()[]{},;.:*%-/\\\0\n\r\t\u00a0\u200b\u202e\u212a\ufeff\u0301\U0001f4a3eEuUxX#?@&|<>=!~^_0189"


@dataclass(slots=True)
class Shot:
    """One statement. forbidden: it must not be answered. wanted: what it must answer as."""

    kind: str
    sql: str
    forbidden: bool = False
    wanted: str = ""


class Gun:
    """Makes statements of every kind."""

    def __init__(self, seed: int, file: str) -> None:
        self.chance = Random(seed)
        cases = corpus.read(file)
        self.legal = [c.sql for c in cases if c.kind == "legal"]
        # What is an attack by its length or depth may be none in another spelling: then it must only end.
        self.refused, self.failed, self.bounded = (
            [c.sql for c in cases if (c.expect if c.topic != "exhaustion_parser" else "bounded") == expect]
            for expect in ("refused", "failed", "bounded")
        )
        self.makers = {
            self.attack: 30, self.failing: 6, self.bomb: 2, self.honest: 15, self.grafted: 15, self.random: 10, self.garbled: 22,
        }  # fmt: skip

    def shot(self) -> Shot:
        return self.chance.choices(list(self.makers), list(self.makers.values()))[0]()

    def written(self, among: list[str]) -> str:
        how = self.chance.choices(REWRITINGS, k=self.chance.randint(1, 5))
        return rewrite(self.chance.choice(among), how, self.chance.randrange(2**32))

    def attack(self) -> Shot:
        return Shot("attack", self.written(self.refused), forbidden=True)

    def failing(self) -> Shot:
        return Shot("failing attack", self.written(self.failed))

    def bomb(self) -> Shot:
        return Shot("bomb", self.written(self.bounded))

    def honest(self) -> Shot:
        wanted = self.chance.choice(self.legal)
        stable = not any(word in wanted.lower() for word in UNSTABLE)
        return Shot("legal", self.written([wanted]), wanted=wanted if stable else "")

    def random(self) -> Shot:
        return Shot("random", Maker(self.chance, TABLES, HIDDEN).query(self.chance.randint(1, 4)))

    def garbled(self) -> Shot:
        return Shot("garbage", self.garbage())

    def grafted(self) -> Shot:
        attack = body(self.chance.choice(self.refused))
        if self.chance.random() < 0.3:
            place = self.chance.choice(PLACES)
            piece = self.chance.choice(VALUES if "{v}" in place else RELATIONS)
            made = place.format(v=piece, r=piece)
        else:
            piece = attack if attack and len(attack) < 3000 else self.chance.choice(VALUES)
            made = graft(self.chance.choice(self.legal), piece, self.chance)
        return Shot("graft", self.written([made]), forbidden=True)

    def garbage(self) -> str:
        chance = self.chance
        sql = chance.choice(chance.choice((self.legal, self.refused, self.failed or self.legal)))
        way = chance.randrange(7)
        if way == 0:  # nothing but characters
            return "".join(chance.choice(CHARACTERS) for _ in range(chance.randint(1, 400)))
        if way == 1:  # a soup of the words of two statements
            parts = [t.text for t in tokens(sql + " " + chance.choice(self.legal))]
            chance.shuffle(parts)
            return chance.choice(SPACES).join(parts)
        if way == 2:  # the head of one on the tail of another
            other = chance.choice(self.legal)
            return sql[: chance.randint(0, len(sql))] + other[chance.randint(0, len(other)) :]
        if way == 3:  # one piece many times
            parts = [t.text for t in tokens(sql)]
            at = chance.randrange(len(parts))
            return "".join([*parts[:at], parts[at] * chance.choice((2, 50, 2000)), *parts[at + 1 :]])[:25_000]
        raw = bytearray(sql.encode("utf-8", "replace"))
        for _ in range(chance.randint(1, 6)):  # bytes changed, put in, taken out
            at = chance.randrange(len(raw) or 1)
            raw[at : at + chance.randint(0, 2)] = bytes(chance.randrange(256) for _ in range(chance.randint(0, 2)))
        return raw.decode("utf-8", chance.choice(("replace", "ignore", "surrogateescape")))


@dataclass(slots=True)
class Field:
    """The workers that are shot at, and what came of it."""

    pool: Pool
    snapshot: Snapshot
    seconds: float
    counts: Counter[str] = field(default_factory=Counter)
    answers: dict[str, list[str]] = field(default_factory=dict)
    pids: set[int] = field(default_factory=set)
    peak_kb: int = 0
    slowest: float = 0.0
    canary: float = 0.0

    def fault(self, what: str, sql: str) -> None:
        self.counts["faults"] += 1
        print(f"FAULT {what}: {sql!r}"[:3000], flush=True)

    def watch(self) -> None:
        for worker in self.pool.workers():
            self.pids.add(worker.pid)
            try:
                status = Path(f"/proc/{worker.pid}/status").read_text(encoding="utf-8")
            except OSError:  # it has gone, or the platform has no such file
                continue
            peaks = (int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
            self.peak_kb = max([self.peak_kb, *peaks])

    async def shoot(self, shot: Shot) -> None:
        begun = time.monotonic()
        rows: list[Any] = []
        try:
            reply = await self.pool.ask(self.snapshot, shot.sql, SIZE)
            told, rows, verdict = reply.text, reply.rows, "answered"
        except AnalystError as error:
            told = error.payload() + json.dumps(error.record(), ensure_ascii=False)
            verdict = VERDICTS.get(type(error), "other")
        taken = time.monotonic() - begun
        self.slowest = max(self.slowest, taken)
        self.counts.update(("cases", verdict, f"{shot.kind}: {verdict}"))
        if leaks(told, shot.sql):
            self.fault(f"told what is hidden ({told[:300]})", shot.sql)
        if shot.forbidden and verdict == "answered":
            self.fault("answered what is forbidden", shot.sql)
        if verdict == "other":
            self.fault(f"an error of another kind ({told[:300]})", shot.sql)
        if taken > self.seconds + LATE:
            self.fault(f"took {taken:.1f} s", shot.sql)
        if shot.wanted and len(shot.sql) < 20_000:
            if verdict != "answered":
                self.fault(f"honest and {verdict} ({told[:300]})", shot.sql)
            elif self.answers.setdefault(shot.wanted, same(rows)) != same(rows):
                self.fault("honest and answered otherwise", shot.sql)

    async def still(self) -> None:
        """The small question, and how long it takes right now."""
        begun = time.monotonic()
        await self.shoot(Shot("small question", CANARY, wanted=CANARY))
        self.canary = max(self.canary, time.monotonic() - begun)


def same(rows: list[Any]) -> list[str]:
    return sorted(str(row).casefold() for row in rows)


async def run(data: Path, minutes: float, seed: int, seconds: float) -> int:
    with tempfile.TemporaryDirectory() as folder:
        baited = bait(data, Path(folder))
        before = baited.digest()
        os.environ.update(VARIABLE)
        gun = Gun(seed, str(baited.file))
        pool = Pool(Settings(data=baited.data, seconds=seconds, workers=1))
        shot_at = Field(pool, Mirror(baited.data, "owner").current(), seconds)
        started = time.monotonic()
        while time.monotonic() - started < minutes * 60:
            for _ in range(EVERY):
                await shot_at.shoot(gun.shot())
            shot_at.watch()
            await shot_at.still()
        pool.close()
        if baited.digest() != before:
            shot_at.fault("the file changed", "")
    return report(shot_at, time.monotonic() - started)


def report(score: Field, seconds: float) -> int:
    children, own = resource.getrusage(resource.RUSAGE_CHILDREN), resource.getrusage(resource.RUSAGE_SELF)
    cpu = children.ru_utime + children.ru_stime + own.ru_utime + own.ru_stime
    for name, count in sorted(score.counts.items()):
        if ":" in name:
            print(f"  {name}: {count}")
    figures = [
        f"{name} {score.counts[name]}" for name in ("cases", "refused", "failed", "bounded", "answered", "faults")
    ]
    figures += [
        f"worker deaths {len(score.pids) - LIVING}",
        f"the small question answered {score.counts['small question: answered']} times, at most {score.canary:.2f} s",
        f"slowest {score.slowest:.1f} s",
        f"largest process {max(score.peak_kb, children.ru_maxrss) // 1024} MB",
        f"{seconds / 60:.1f} min, {cpu / 60:.1f} min of CPU",
    ]
    print(" · ".join(figures))
    return 1 if score.counts["faults"] else 0


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--data", type=Path, default=Path("data"))
    words.add_argument("--minutes", type=float, default=60.0)
    words.add_argument("--seed", type=int, default=0)
    words.add_argument("--seconds", type=float, default=2.0, help="time limit of one statement")
    given = words.parse_args()
    sys.exit(anyio.run(run, given.data, given.minutes, given.seed, given.seconds))


if __name__ == "__main__":
    main()
