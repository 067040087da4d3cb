"""The lines of a 1CClientBankExchange file as blocks: its header, its account sections, its documents. Values are still text."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field

from sync.sources.bank.statement import EXPORT_AGAIN, StatementRefused
from sync.sources.bank.text import AS_TEXT

HEADER, ACCOUNT, DOCUMENT = "header", "account", "document"
_FIRST, _LAST = "1cclientbankexchange", "конецфайла"
_OPENS = {"секциярасчсчет": ACCOUNT, "секциядокумент": DOCUMENT}
_CLOSES = {"конецрасчсчет": ACCOUNT, "конецдокумента": DOCUMENT}
_NAMES = {ACCOUNT: "СекцияРасчСчет", DOCUMENT: "СекцияДокумент"}
_BLANK = " \t\ufeff\xa0\x1a\0"
# Keys that say one thing: told twice with different words, a document cannot be believed.
_ONCE = frozenset({
    "сумма", "суммаприход", "суммарасход", "датаоперации", "датасписано", "датапоступило", "валюта", "расчсчет", "номер", "номердокумента",
    "начальныйостаток", "конечныйостаток", "всегопоступило", "всегосписано", "датаначала", "датаконца",
    "плательщикиик", "получательиик", "плательщиксчет", "получательсчет", "плательщикрасчсчет", "получательрасчсчет",
})  # fmt: skip
_FREE = "назначениеплатежа"
_LONGEST = 20_000
_SHOWN = 60


@dataclass(slots=True)
class Block:
    """One block of a file. file: its name; at: the line it begins on; opening: that line as written; value: what stood behind its `=`, None without one.

    fields: values by casefolded key. A key told twice keeps both, a line each. places: the line of every key.
    """

    file: str
    kind: str
    at: int
    opening: str
    value: str | None = None
    fields: dict[str, str] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)

    def get(self, *keys: str) -> str:
        """The first of these keys that is there and not empty, or ""."""
        for key in keys:
            if value := self.fields.get(key):
                return value
        return ""

    def refused(self, what: str, hint: str = EXPORT_AGAIN, *, key: str = "") -> StatementRefused:
        """The error that this block, or one key of it, cannot be taken."""
        return StatementRefused(self.file, self.places.get(key, self.at), what, hint)


def split(text: str, file: str) -> Iterator[Block]:
    """Blocks in the order of the file, the header last (its keys may stand anywhere between the sections). One pass, one block held at a time.

    Raises: StatementRefused: the file is cut off, sections are not closed, or a line is neither `key=value` nor a word of the format.
    """
    cutter = _Cutter(file)
    at = 0
    for at, raw in enumerate(io.StringIO(text, newline=None), start=1):
        line = raw.strip().strip(_BLANK)
        if line and (block := cutter.take(line, at)):
            yield block
    yield cutter.finished(at)


class _Cutter:
    """Where in the file we are: inside which block, and after which key."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.header = Block(file, HEADER, 1, "")
        self.block: Block | None = None
        self.last = ""
        self.begun = self.ended = False
        self.words: dict[str, str] = {}

    def take(self, line: str, at: int) -> Block | None:
        """Take one line; gives the block that it closes."""
        if self.ended:
            what = "text after КонецФайла: the file holds more than one statement"
            raise StatementRefused(self.file, at, what, "Put each statement into its own file")
        key, sign, value = line.partition("=")
        word = self._word(key)
        closed = None
        if word in _OPENS:
            self._open(Block(self.file, _OPENS[word], at, line, value.strip() if sign else None))
        elif sign:
            self._put(word, value.strip(), at)
        elif word in _CLOSES:
            closed = self._close(word, at)
        elif word == _LAST:
            self.ended = True
        elif word != _FIRST or self.begun:
            self._loose(line, at)
        self.begun = True
        return closed

    def finished(self, at: int) -> Block:
        """The header, when the file came to its proper end on line `at`."""
        if self.block is not None:
            raise StatementRefused(
                self.file, at, f"the file is cut off: the {_NAMES[self.block.kind]} of line {self.block.at} has no end"
            )
        if not self.ended:
            raise StatementRefused(self.file, at, "the file is cut off: no КонецФайла at its end")
        return self.header

    def _word(self, key: str) -> str:
        word = self.words.get(key)
        if word is None:
            word = self.words[key] = key.strip().strip('"').casefold().replace("ё", "е")
        return word

    def _open(self, block: Block) -> None:
        if self.block is not None:
            what = f"{_NAMES[block.kind]} inside the {_NAMES[self.block.kind]} that was opened on line {self.block.at} and never closed"
            raise StatementRefused(self.file, block.at, what)
        self.block = block
        self.last = ""

    def _close(self, word: str, at: int) -> Block:
        block, self.block = self.block, None
        if block is None or block.kind != _CLOSES[word]:
            raise StatementRefused(self.file, at, f"the end of a {_NAMES[_CLOSES[word]]} that was not opened")
        return block

    def _put(self, word: str, value: str, at: int) -> None:
        block = self.block or self.header
        self.last = word
        before = block.fields.get(word)
        if before is None:
            block.fields[word] = value
            block.places[word] = at
        elif before != value:
            if block.kind != HEADER and word in _ONCE:
                what = f"{word} is told twice: {before[:_SHOWN]!r} on line {block.places[word]} and {value[:_SHOWN]!r}"
                raise StatementRefused(self.file, at, what)
            block.fields[word] = _longer(before, "\n", value, at, self.file)

    def _loose(self, line: str, at: int) -> None:
        """A line without a key: the rest of a purpose that the bank broke, or an error."""
        if self.block is not None and self.last.startswith(_FREE):
            self.block.fields[self.last] = _longer(self.block.fields[self.last], " ", line, at, self.file)
            return
        shown = line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"
        if not self.begun:
            raise StatementRefused(self.file, at, f"not a 1CClientBankExchange file: it begins with {shown!r}", AS_TEXT)
        raise StatementRefused(self.file, at, f"neither key=value nor a word of the format: {shown!r}")


def _longer(before: str, between: str, more: str, at: int, file: str) -> str:
    if len(before) > _LONGEST:
        raise StatementRefused(file, at, f"a value that goes on for more than {_LONGEST} characters")
    return f"{before}{between}{more}"
