"""Rewritings of SQL text that keep its meaning for the engine.

A rewriting takes a text and a source of chance and gives a text; what it cannot rewrite it gives back as it was.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from random import Random

from tests.analyst.pieces import ENDS, FOLLOWS, GRAMMAR, Token, body, names, solid, text, tokens

Rewriting = Callable[[str, Random], str]

SPACES = tuple("\t\n\v\f\r ")
# The engine turns these into spaces in a pass of its own, which loses its place at quotes in comments, backslashes and backticks.
FAR_SPACES = tuple("\u00a0\u2002\u2003\u2009\u200b\u202f\u205f\u2060\u3000\ufeff")
COMMENTS = (
    "/**/", "/* x */", "/* ' */", '/* " */', "/* ; */", "/* -- */", "/* $$ */", "/* ) */", "/*/**/*/", "/* /* ' */ */", "/*+ HINT */",
    "--\n", "-- ' x\n", "-- /* x\r", "-- ; DROP TABLE doc\n", "--(\n", "-- `\r\n",
)  # fmt: skip


# ---- token by token


def case(sql: str, chance: Random) -> str:
    return text([Token(p.kind, "".join(chance.choice((c.lower(), c.upper())) if c.isascii() else c for c in p.text)) if p.kind == "word" else p for p in tokens(sql)])  # fmt: skip


def _gaps(sql: str, chance: Random, pieces: tuple[str, ...], share: float) -> str:
    parts = tokens(sql)
    made: list[str] = []
    for before, part in zip([None, *parts], parts, strict=False):
        if before is not None and part.kind != "space" and before.kind != "space" and chance.random() < share:
            made.append(_piece(chance, pieces))
        joins = part.kind == "space" and "\n" in part.text and made and made[-1].endswith("'")  # two halves of a string
        made.append(
            _piece(chance, pieces) if part.kind == "space" and not joins and chance.random() < share else part.text
        )
    return "".join(made)


def _piece(chance: Random, pieces: tuple[str, ...]) -> str:
    return f"{chance.choice(SPACES)}{chance.choice(pieces)}{chance.choice(SPACES)}"


def comments(sql: str, chance: Random) -> str:
    return _gaps(sql, chance, COMMENTS, 0.4)


def spaces(sql: str, chance: Random) -> str:
    near = any(p.kind in ("comment", "estring", "dollar") or p.text[0] == "`" for p in tokens(sql))
    return _gaps(sql, chance, (*SPACES, "") if near else (*SPACES, *FAR_SPACES), 0.6)


def quotes(sql: str, chance: Random) -> str:
    """Put names between double quotes or backticks."""
    parts = tokens(sql)
    for i in solid(parts):
        if parts[i].kind == "word" and parts[i].low not in GRAMMAR and chance.random() < 0.5:
            mark = chance.choice('"`') if "$" not in parts[i].text else '"'
            parts[i] = Token("quoted", f"{mark}{parts[i].text}{mark}")
    return text(parts)


def _escaped(character: str, chance: Random) -> str:
    if character in "'\\":
        return {"'": "\\'", "\\": "\\\\"}[character]
    code = ord(character)
    return chance.choice((character, f"\\x{code:02x}", f"\\{code:03o}")) if code < 128 else character


def strings(sql: str, chance: Random) -> str:
    """Spell string literals as dollar-quoted or escaped."""
    parts = tokens(sql)
    edge = [Token("mark", ";")] * 2
    marks = [*edge, *(parts[i] for i in solid(parts)), *edge]
    for at, i in enumerate(solid(parts), 2):
        # The engine does not read the escapes of DATE E'...', extract(E'...' FROM x) and {E'...': 1}.
        plain = marks[at - 1].kind == "word" or marks[at - 2].low == "extract" or marks[at + 1].text == ":"
        value = parts[i].text[1:-1].replace("''", "'")
        ways = ([] if plain else ["escape"]) + ([] if "$" in value else ["$$", "$q$", "$я_1$"])
        if parts[i].kind != "string" or chance.random() < 0.3 or "\0" in value or not ways:
            continue
        way = chance.choice(ways)
        if way == "escape":
            parts[i] = Token("estring", chance.choice("eE") + f"'{''.join(_escaped(c, chance) for c in value)}'")
        else:
            before = " " if i and parts[i - 1].kind in ("word", "parameter") else ""
            parts[i] = Token("dollar", f"{before}{way}{value}{way}")
    return text(parts)


def signs(sql: str, chance: Random) -> str:
    """Other spellings of the same comparison."""
    same = {"<>": "!=", "!=": "<>", "=": "==", "==": "="}
    parts = tokens(sql)
    return text([Token("mark", same[p.text]) if p.kind == "mark" and p.text in same and chance.random() < 0.5 else p for p in parts])  # fmt: skip


def ends(sql: str, chance: Random) -> str:
    """Semicolons and comments after (and before) the statement."""
    if (query := body(sql)) is None:
        return sql
    return (
        chance.choice(("", ";", "; ;", " ")) + query + chance.choice((";", ";;", " ; -- '", "\n/* ; */", " --", ";\n"))
    )


# ---- by clause


def brackets(sql: str, chance: Random) -> str:
    """Put the condition of a WHERE between brackets, once or more."""
    parts = tokens(sql)
    places = [i for i in solid(parts) if parts[i].low == "where"]
    if not places:
        return sql
    start = chance.choice(places)
    depth, end = 0, len(parts)
    for i in solid(parts):
        if i <= start:
            continue
        mark = parts[i].text
        depth += (mark in "([{") - (mark in ")]}") if parts[i].kind == "mark" else 0
        if depth < 0 or (not depth and (parts[i].low in ENDS or mark == ";")):
            end = i
            break
    times = chance.randint(1, 5)
    inner = text(parts[start + 1 : end])
    return f"{text(parts[: start + 1])} {'(' * times}{inner}\n{')' * times} {text(parts[end:])}"


FROM_FUNCTIONS = frozenset(["extract", "substring", "trim", "overlay", "position"])


def relations(sql: str, chance: Random) -> str:
    """Read a relation through a subquery of its own name, or through its schema."""
    parts = tokens(sql)
    places = solid(parts)
    ctes = {parts[a].low for a, b in pairwise(places) if parts[b].low in ("as", "(")}
    opened: list[int] = []
    for n, i in enumerate(places):
        mark = parts[i].text if parts[i].kind == "mark" else ""
        opened += [n] if mark == "(" else []
        opened = opened[:-1] if mark == ")" else opened
        name, after = parts[i], parts[places[n + 1]] if n + 1 < len(places) else Token("mark", ";")
        function = opened and parts[places[opened[-1] - 1]].low in FROM_FUNCTIONS
        before = parts[places[n - 1]].low if n else ""
        back = parts[places[n - 2]].low if n > 1 else ""
        if name.kind != "word" or name.low in GRAMMAR or name.low in ctes or function or chance.random() < 0.4:
            continue
        if before == "join" or (before == "from" and back != "distinct"):
            if after.text in ("(", ".") or (back == "asof" and before == "join"):
                continue
            named = after.low in FOLLOWS or after.kind == "mark"
            ways = [f"(FROM {name.text})", f"(SELECT * FROM {name.text})", f"((TABLE {name.text}))"]
            parts[i] = Token("word", f"{chance.choice(ways)}{f' AS {name.text}' if named else ''}")
    return text(parts)


# ---- the whole query

WRAPS = (
    "SELECT * FROM (\n{q}\n)",
    "FROM (\n{q}\n) AS zz",
    "SELECT zz.* FROM (\n{q}\n) zz",
    "FROM (\n{q}\n) SELECT *",
    "(\n{q}\n)",
    "((\n{q}\n))",
    "WITH zz AS (\n{q}\n) SELECT * FROM zz",
    "WITH zz AS MATERIALIZED (\n{q}\n) FROM zz",
    # The engine refuses an ORDER BY on a UNION that stands in WITH RECURSIVE by itself.
    "WITH RECURSIVE zz AS NOT MATERIALIZED (SELECT * FROM (\n{q}\n)) TABLE zz",
    "WITH zz AS (\n{q}\n), zy AS (FROM zz) SELECT * FROM zy",
    "WITH zy AS (WITH zz AS (\n{q}\n) FROM zz) SELECT * FROM zy",
    "(\n{q}\n) UNION ALL (SELECT * FROM (\n{q}\n) zz LIMIT 0)",
    "(SELECT * FROM (\n{q}\n) zz WHERE false) UNION ALL (\n{q}\n)",
    "SELECT * FROM (\n{q}\n) zz WHERE true",
    "SELECT * FROM (\n{q}\n) zz LIMIT 1000000 OFFSET 0",
    "SELECT * FROM (SELECT * FROM (SELECT * FROM (\n{q}\n)))",
    "SELECT zz.* FROM (\n{q}\n) zz LEFT JOIN (SELECT 1 AS zx) zy ON true",
)


def wrap(sql: str, chance: Random) -> str:
    """Put the whole query inside another that gives the same rows."""
    if (query := body(sql)) is None:
        return sql
    form = chance.choice(WRAPS)
    return form.replace("{q}", query) if len(query) < 4000 else sql


def beside(sql: str, chance: Random) -> str:
    """Name something harmless in front of the query."""
    if (query := body(sql)) is None:
        return sql
    form = chance.choice(("(SELECT 1 AS x)", "MATERIALIZED (FROM range(3))", "NOT MATERIALIZED (VALUES (1))"))
    spare = f"zw{chance.randrange(10**9)} AS {form}"
    parts = tokens(query)
    places = solid(parts)
    if parts[places[0]].text == "(":  # the engine loses one of two WITHs when the second stands in brackets
        return sql
    if parts[places[0]].low != "with":
        return f"WITH {spare} {query}"
    at = places[1] if len(places) > 1 and parts[places[1]].low == "recursive" else places[0]
    return f"{text(parts[: at + 1])} {spare}, {text(parts[at + 1 :])}"


REWRITINGS: tuple[Rewriting, ...] = (
    case, comments, spaces, quotes, strings, signs, ends, brackets, relations, wrap, beside,
)  # fmt: skip


def rewrite(sql: str, chosen: list[Rewriting], seed: int) -> str:
    """Apply some rewritings one after another; spaces see what the others did, and nothing wraps what has an end."""
    chance = Random(seed)
    for rewriting in sorted(chosen, key=lambda r: (r is ends, r is spaces)):
        sql = rewriting(sql, chance)
    return sql


def graft(sql: str, piece: str, chance: Random) -> str:
    """Put something, in brackets, for one name or value. Without brackets a call could be read as an alias with its columns."""
    parts = tokens(sql)
    if not (places := names(parts)):
        return f"SELECT (\n{piece}\n)"
    parts[chance.choice(places)] = Token("mark", f" (\n{piece}\n) ")
    return text(parts)
