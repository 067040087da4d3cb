"""The shape of a statement before any parser sees it: brackets, length, trailing semicolon.

The engine's parser needs seconds for some nine-kilobyte strings of open brackets, so the depth is capped here first.
Block comments nest, backticks quote a name, and no string starts inside a word: the engine reads it so.
Where this reading and the engine's could differ, it counts more brackets rather than fewer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_SPACE = r"\t\n\v\f\r\ \u00a0\u2000-\u200b\u202f\u205f\u2060\u3000\ufeff"  # what the engine skips
_LETTER = rf"\x00-\x23\x25-\x2f\x3a-\x40\x5b-\x5e\x60\x7b-\x7f{_SPACE}"  # what is no part of a name: any other ASCII but the dollar
_TOKEN = re.compile(
    rf"""
      (?P<text>[eE]'(?:[^'\\]|\\.|'')*' | '(?:[^']|'')*' | "(?:[^"]|"")*" | `(?:[^`]|``)*` | \$(?P<tag>(?:[^\W\d]\w*)?)\$.*?\$(?P=tag)\$)
    | (?P<remark>--[^\n\r]*)
    | (?P<open>/\*)
    | (?P<mark>[()\[\]{{}};])
    | (?P<space>[{_SPACE}]+)
    | (?P<other>[^\${_LETTER}][^{_LETTER}]*|.)
    """,
    re.VERBOSE | re.DOTALL,
)
_NEST = re.compile(r"/\*|\*/")


@dataclass(frozen=True, slots=True)
class Shape:
    """depth: deepest nesting of brackets. open: brackets left open. core: the text without closing semicolons and what follows them, and without leading ones."""

    depth: int
    open: int
    core: str


def _remark_end(sql: str, start: int) -> int:
    """Where the block comment that starts here ends; the end of the text when it never does."""
    depth = 0
    for edge in _NEST.finditer(sql, start):
        depth += 1 if edge[0] == "/*" else -1
        if not depth:
            return edge.end()
    return len(sql)


def _marks(sql: str) -> Iterator[tuple[str, int]]:
    """Brackets and semicolons outside quotes and comments, with their places; "" for anything else that means something."""
    at = 0
    while at < len(sql):
        token = _TOKEN.match(sql, at)
        at = token.end() if token else at + 1
        kind = token.lastgroup if token else "other"
        if kind == "tag":
            kind = "text"
        if kind == "open" and token:
            at = _remark_end(sql, token.start())
        elif kind == "mark" and token:
            yield token[0], token.start()
        elif kind in ("text", "other") and token:
            yield "", token.start()


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a text. kind: text (a string), name (in quotes), word, mark (a bracket, a semicolon), sign (any other letter) or space, remarks too."""

    kind: str
    text: str


def tokens(sql: str) -> Iterator[Token]:
    """The pieces of a text; joined they are the text again."""
    at = 0
    while at < len(sql):
        match = _TOKEN.match(sql, at)
        end = match.end() if match else at + 1
        kind = (match.lastgroup or "other") if match else "other"
        if kind == "open":
            end = _remark_end(sql, at)
        text = sql[at:end]
        if kind in ("open", "remark", "space"):
            kind = "space"
        elif kind in ("text", "tag"):
            kind = "name" if text[0] in '"`' else "text"
        elif kind == "other":
            kind = "word" if len(text) > 1 or text.isalnum() or text == "_" else "sign"
        yield Token(kind, text)
        at = end


def measure(sql: str) -> Shape:
    """Read the shape of a text in one pass, linear in its length."""
    depth = deepest = 0
    start: int | None = None
    end: int | None = None
    led = False
    for mark, place in _marks(sql):
        if mark == ";":
            led = led or start is None
            end = place if end is None else end
            continue
        if start is None:
            start = place
        end = None  # something follows: that semicolon did not close the text
        if mark and mark in "([{":
            depth += 1
            deepest = max(deepest, depth)
        elif mark:
            depth = max(0, depth - 1)
    # Inside brackets, where the text is counted or narrowed, a leading semicolon would be an error.
    return Shape(deepest, depth, sql[start if led else 0 : end])
