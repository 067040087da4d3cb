"""A statement as other engines spell it, in the spelling of this one, where both mean the same: a note for each change.

It reads pieces of text, not a parse, since what is spelled otherwise often does not parse here. What comes out is judged by the guard like
any statement. It is asked only about a statement that does not run as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import islice, pairwise

from analyst import lexer
from analyst.dialect import calls, unsure
from analyst.dialect.clauses import CLAUSES
from analyst.dialect.pieces import BRACKETS, Piece, around, joined, nested
from analyst.dialect.terms import TERMS, Notes
from analyst.kinds import DEPTH

Twins = Callable[[str, list[str]], str | None]

PIECES = 2000  # of a statement that is read: more than anyone writes by hand, and few enough to be read at once
_CURLY = re.compile(r"[“„‘]([^“”„‘’']*)[”’]")


def _written(pieces: list[Piece], notes: Notes, twins: Twins) -> list[Piece]:
    """The pieces of one level in this dialect, what is in their brackets first."""
    for piece in pieces:
        if piece.inside:
            piece.inside = _written(piece.inside, notes, twins)
            piece.text = piece.kind + joined(piece.inside) + BRACKETS[piece.kind]
    made: list[Piece] = []
    for piece in pieces:
        name = around(made, len(made), -1) if piece.kind == "(" else None
        called = name is not None and made[name].low and not (name and made[name - 1].text == ".")
        if name is not None and called and (call := twins(made[name].text, piece.args)) is not None:
            word = re.match(r"\W*(\w+)", call)
            given = word is None or any(word[1] in argument for argument in piece.args)
            notes[f"{made[name].text} → {call if word is None or given else word[1]}"] = None
            made[name:] = [Piece("call", call)]
            continue
        made.append(piece)
    words = {piece.low or piece.text for piece in made if piece.kind in ("word", "sign")}
    for trigger, change in (*TERMS, *CLAUSES):
        if not trigger or trigger & words:
            change(made, notes)
    return made


def _bracketed(tokens: list[lexer.Token]) -> list[lexer.Token]:
    """Names in square brackets as names in quotes, where a bracket stands after FROM or a dot, and none holds anything but a word."""
    marks = [n for n, t in enumerate(tokens) if t.text == "["]
    plain = all(n + 2 < len(tokens) and tokens[n + 1].kind == "word" and tokens[n + 2].text == "]" for n in marks)
    solid = [t for t in tokens if t.kind != "space"]
    named = any(b.text == "[" and (a.text == "." or a.text.lower() in ("from", "join")) for a, b in pairwise(solid))
    if not marks or not plain or not named:
        return tokens
    made: list[lexer.Token] = []
    for token in tokens:
        if made and made[-1].text == "[":
            made[-1] = lexer.Token("name", f'"{token.text}"')
        elif token.text != "]":
            made.append(token)
    return made


def _straight(tokens: list[lexer.Token]) -> str:
    """The text with curly quotes, outside of strings, as straight ones, and the dots of a name in backticks outside of them."""
    made, plain = "", ""
    for token in tokens:
        if token.kind in ("text", "name"):
            dotted = token.text.startswith("`") and "." in token.text
            made += _CURLY.sub(r"'\1'", plain) + (token.text.replace(".", "`.`") if dotted else token.text)
            plain = ""
        else:
            plain += token.text
    return made + _CURLY.sub(r"'\1'", plain)


def here(sql: str) -> tuple[str, tuple[str, ...]]:
    """The text in this dialect, and what was changed; the text itself and nothing where there is nothing to change."""
    return _read(sql, calls.here)


def nearly(sql: str) -> str:
    """The text with the calls that have no exact twin as their nearest relatives; for the caller to look at."""
    return _read(sql, lambda name, args: unsure.here(name, args) or calls.here(name, args))[0]


def _read(sql: str, twins: Twins) -> tuple[str, tuple[str, ...]]:
    tokens = list(islice(lexer.tokens(sql), PIECES + 1)) if lexer.measure(sql).depth <= DEPTH else []
    if len(tokens) > PIECES:
        return sql, ()
    notes: Notes = {}
    if (straight := _straight(tokens)) != sql:
        notes["quotes"] = None
        tokens = list(lexer.tokens(straight))
    if (named := _bracketed(tokens)) is not tokens:
        notes['[name] → "name"'] = None
    written = joined(_written(nested(iter(named)), notes, twins))
    return (written, tuple(notes)) if notes else (sql, ())
