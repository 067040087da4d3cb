"""A text as pieces: tokens, and brackets with what is in them. What is no valid SQL here can still be read so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from analyst import lexer

BRACKETS = {"(": ")", "[": "]", "{": "}"}


@dataclass(slots=True)
class Piece:
    """A token; or a pair of brackets, with what is in it. low: a word as the engine compares it, empty for anything else."""

    kind: str
    text: str
    inside: list[Piece] = field(default_factory=list)
    low: str = ""

    def __post_init__(self) -> None:
        if self.kind == "word":
            self.low = self.text.lower()

    @property
    def args(self) -> list[str]:
        """What stands between the commas of brackets."""
        parts = [""]
        for piece in self.inside:
            if piece.text == "," and piece.kind == "sign":
                parts.append("")
            else:
                parts[-1] += piece.text
        stripped = [part.strip() for part in parts]
        return [] if stripped == [""] else stripped


def nested(tokens: Iterator[lexer.Token], closing: str = "") -> list[Piece]:
    """The tokens up to a closing bracket, those in brackets as one piece."""
    found: list[Piece] = []
    for token in tokens:
        if token.kind == "mark" and token.text in BRACKETS:
            close = BRACKETS[token.text]
            inside = nested(tokens, close)
            found.append(Piece(token.text, token.text + joined(inside) + close, inside))
        elif token.kind == "mark" and token.text == closing:
            return found
        else:
            found.append(Piece(token.kind, token.text))
    return found


def joined(pieces: list[Piece]) -> str:
    """The text of pieces."""
    return "".join(piece.text for piece in pieces)


def around(pieces: list[Piece], at: int, step: int) -> int | None:
    """The place of the next piece that is no space; None at the end."""
    at += step
    while 0 <= at < len(pieces):
        if pieces[at].kind != "space":
            return at
        at += step
    return None


def low(pieces: list[Piece], at: int | None) -> str:
    """The word at a place; empty for anything else."""
    return pieces[at].low if at is not None else ""
