"""SQL text in tokens, as the engine of these tests reads it: deliberately not the guard's reading.

What the engine takes was tried on it: its kinds of white space, block comments that nest, identifiers in backticks, strings of five kinds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

HEADS = frozenset(["select", "with", "from", "values", "table", "pivot", "unpivot", "describe", "summarize", "show"])
ENDS = frozenset("group having window qualify order limit offset union except intersect using".split())  # noqa: SIM905
# What may follow a relation without being its alias, and the words that open a FROM which is no list of relations.
FOLLOWS = ENDS | frozenset(
    "where join left right full inner cross natural semi anti asof positional on select tablesample".split()  # noqa: SIM905
)
# Words of the grammar: everything else that looks like a name is one and may be quoted.
GRAMMAR = ENDS | HEADS | frozenset(
    "where join left right full inner outer cross natural semi anti asof positional lateral on by as and or not in is null true false "  # noqa: SIM905
    "between like ilike glob similar to collate case when then else end cast try_cast try distinct all any some exists filter within over "
    "partition rows range groups preceding following unbounded current row exclude ties no others respect ignore nulls first last asc desc "
    "recursive materialized key interval year years month months day days hour hours minute minutes second seconds week weeks quarter "
    "quarters millisecond microsecond decade century millennium date time timestamp timestamptz at zone extract substring position trim both "
    "leading trailing overlay placing for columns replace rename tablesample sample reservoir bernoulli system repeatable percent lambda "
    "grouping sets rollup cube name into include value unnest row struct map list array coalesce nullif if grouping_id escape set variable "
    "integer int bigint smallint tinyint hugeint double real float decimal numeric varchar text char boolean bool json uuid blob bit "
    "ordinality fetch next only version isnull notnull default unpack columns union precision varying character".split()
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Token:
    """kind: space, comment, string, estring, dollar, prefixed, quoted, number, word, parameter, mark."""

    kind: str
    text: str

    @property
    def low(self) -> str:
        return self.text.lower() if self.kind == "word" else ""


# What the engine skips (Python's \s is another set); any other character beyond ASCII may be part of a name.
_WHITE = r"\t\n\v\f\r \u00a0\u2000-\u200b\u202f\u205f\u2060\u3000\ufeff"
_FAR = rf"[^\x00-\x7f{_WHITE}]"
_PATTERNS = tuple(
    (kind, re.compile(pattern, re.DOTALL))
    for kind, pattern in (
        ("space", rf"[{_WHITE}]+"),
        ("comment", r"--[^\n\r]*[\n\r]?"),
        ("estring", r"[eE]'(?:[^'\\]|\\.|'')*'"),
        ("prefixed", r"[xXbBnN]'[^']*'"),
        ("string", r"'(?:[^']|'')*'"),
        ("quoted", r'"(?:[^"]|"")*"|`(?:[^`]|``)*`'),
        ("dollar", r"\$(?P<tag>(?:[^\W\d]\w*)?)\$.*?\$(?P=tag)\$"),
        ("parameter", r"\$\w+"),
        ("number", r"(?:\d[\d_]*(?:\.\d[\d_]*)?|\.\d+)(?:[eE][+-]?\d+)?"),
        ("word", rf"(?:[^\W\d]|{_FAR})(?:[\w$]|{_FAR})*"),
        ("mark", r"[()\[\]{},;.?#]|[-+*/<>=~!@%^&|:]+"),
        ("mark", r"."),
    )
)


def _block(sql: str, start: int) -> int:
    """Where the block comment that starts here ends; they nest. The text's end when it never does."""
    depth, at = 0, start
    for found in re.compile(r"/\*|\*/").finditer(sql, start):
        depth += 1 if found[0] == "/*" else -1
        at = found.end()
        if not depth:
            return at
    return len(sql)


def tokens(sql: str) -> list[Token]:
    """Every character of the text, in tokens."""
    found, at = [], 0
    while at < len(sql):
        if sql.startswith("/*", at):
            end = _block(sql, at)
            found.append(Token("comment", sql[at:end]))
            at = end
            continue
        for kind, pattern in _PATTERNS:
            if match := pattern.match(sql, at):
                text = match[0]
                if kind == "mark" and len(text) > 1 and (cut := re.search(r"--|/\*", text)):
                    text = text[: cut.start()] or text[:1]
                found.append(Token(kind, text))
                at += len(text)
                break
    return found


def text(parts: list[Token]) -> str:
    return "".join(part.text for part in parts)


def solid(parts: list[Token]) -> list[int]:
    """Places of the tokens that mean something."""
    return [i for i, part in enumerate(parts) if part.kind not in ("space", "comment")]


def body(sql: str) -> str | None:
    """A lone query without what follows it, fit to stand in brackets; None when it is anything else."""
    parts = tokens(sql)
    places = solid(parts)
    while places and parts[places[-1]].text == ";":
        places.pop()
    if not places or any(parts[i].text == ";" for i in places):
        return None
    first = parts[places[0]]
    if first.low not in HEADS and first.text != "(":
        return None
    return text(parts[: places[-1] + 1])


def names(parts: list[Token]) -> list[int]:
    """Places of names and values: what something else can be put for."""
    return [
        i
        for i in solid(parts)
        if parts[i].kind in ("string", "number") or (parts[i].kind == "word" and parts[i].low not in GRAMMAR)
    ]
