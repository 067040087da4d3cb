r"""The shipped corpus: statements that must never give anything away, and honest ones that must always run.

`attacks/<class>.sql` and `legal/<topic>.sql` hold blocks, each a header line and one statement:

    -- @ <id>: <claim>; expect: <expectation>[; escapes][; repeat]

The id starts with the name of its file. What may be expected, each weaker one being met by the stronger ones before it as well:

    refused   the guard refuses it by one of its rules
    failed    it ends with an error that holds no value, path or hidden name
    bounded   it ends within the limits of time, memory and size, whatever the end
    answered  it runs (legal statements only)

Flags: with `escapes`, `\0` and `\uXXXX` in the statement stand for that character. With `repeat`, `{{"text" * 9000}}` stands for so many
copies, `{{"text" * 9000, "between"}}` for copies with something between them; `#` in the text is the number of the copy, from 0.
`{file}` in a statement stands for the path of the serving file, which an attacker may know.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

Kind = Literal["attack", "legal"]

FOLDERS: dict[str, Kind] = {"attacks": "attack", "legal": "legal"}
EXPECTED: dict[Kind, tuple[str, ...]] = {"attack": ("refused", "failed", "bounded"), "legal": ("answered",)}
_START = "-- @ "
_HEADER = re.compile(
    r"-- @ (?P<id>[a-z0-9_]+-[a-z0-9-]+): (?P<claim>.+?); expect: (?P<expect>\w+)(?P<flags>(?:; (?:escapes|repeat))*)"
)
_ESCAPE = re.compile(r"\\(?:0|u([0-9a-fA-F]{4}))")
_REPEAT = re.compile(r'\{\{"([^"]*)" \* (\d+)(?:, "([^"]*)")?\}\}')


class CorpusError(ValueError):
    """A block that cannot be read; the message names its file and header."""


@dataclass(frozen=True, slots=True)
class Case:
    """One statement with what is claimed of it. topic: the file it is from."""

    id: str
    kind: Kind
    topic: str
    claim: str
    expect: str
    sql: str


def _copies(match: re.Match[str]) -> str:
    return (match[3] or "").join(match[1].replace("#", str(number)) for number in range(int(match[2])))


def _case(kind: Kind, topic: str, block: str) -> Case:
    first, _, sql = block.partition("\n")
    header = _HEADER.fullmatch(first)
    if header is None or not header["id"].startswith(f"{topic}-"):
        raise CorpusError(f"{topic}.sql: not a header: {first!r}; wanted: -- @ {topic}-<name>: <claim>; expect: <word>")
    if header["expect"] not in EXPECTED[kind]:
        raise CorpusError(f"{topic}.sql: {header['id']} expects {header['expect']!r}; known: {EXPECTED[kind]}")
    if not sql.strip():
        raise CorpusError(f"{topic}.sql: {header['id']} has no statement")
    sql = sql.rstrip("\n")
    if "escapes" in header["flags"]:
        sql = _ESCAPE.sub(lambda m: chr(int(m[1] or "0", 16)), sql)
    if "repeat" in header["flags"]:
        sql = _REPEAT.sub(_copies, sql)
    return Case(header["id"], kind, topic, header["claim"], header["expect"], sql)


@cache
def read(file: str = "serve-owner.duckdb") -> tuple[Case, ...]:
    """Every case of the corpus, attacks first. file: what `{file}` stands for. Raises CorpusError."""
    cases: list[Case] = []
    for folder, kind in FOLDERS.items():
        places = files(__package__).joinpath(folder).iterdir()
        for place in sorted((p for p in places if p.name.endswith(".sql")), key=lambda p: p.name):
            topic = place.name.removesuffix(".sql")
            text = place.read_text(encoding="utf-8").replace("{file}", file)
            head, *blocks = re.split(rf"^(?={_START})", text, flags=re.MULTILINE)
            if any(line and not line.startswith("--") for line in head.split("\n")):
                raise CorpusError(f"{place.name}: a statement stands before the first header")
            cases += [_case(kind, topic, block) for block in blocks]
    seen: set[str] = set()
    for case in cases:
        if case.id in seen:
            raise CorpusError(f"{case.topic}.sql: the id {case.id} is used twice")
        seen.add(case.id)
    return tuple(cases)
