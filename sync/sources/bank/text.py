"""Bytes of a bank file to text, and its words to values. Nothing here knows what a statement is made of."""

from __future__ import annotations

import codecs
import re
import unicodedata
from datetime import date
from decimal import Decimal
from functools import lru_cache

from sync.sources.bank.statement import StatementRefused

AS_TEXT = "Export the statement as text for 1C (1CClientBankExchange, .txt)"
_BINARY = (
    (b"PK\x03\x04", "an Excel or zip file"),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word file"),
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"Rar!", "an archive"),
    (b"7z\xbc\xaf", "an archive"),
)
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_KEYWORDS = (
    "Кодировка",
    "КОДИРОВКА",
    "РасчСчет",
    "РАСЧСЧЕТ",
    "ДатаНачала",
    "ДАТАНАЧАЛА",
    "Секция",
    "СЕКЦИЯ",
    "КонецДокумента",
    "КОНЕЦДОКУМЕНТА",
)
_LABELS = {
    "windows": "cp1251", "windows-1251": "cp1251", "cp1251": "cp1251", "win": "cp1251", "win1251": "cp1251", "1251": "cp1251", "ansi": "cp1251",
    "dos": "cp866", "cp866": "cp866", "866": "cp866", "oem": "cp866", "ibm866": "cp866",
    "utf-8": "utf-8", "utf8": "utf-8",
}  # fmt: skip
_SPOKEN = {"cp1251": "Windows-1251", "cp866": "DOS (cp866)", "utf-8": "UTF-8"}
_LABEL = re.compile(r"^[ \t]*кодировка[ \t]*=[ \t\"]*([^\r\n\"]*)", re.IGNORECASE | re.MULTILINE)
# What Russian and Kazakh text turns into when it is read with the other of the two code pages.
_ODD = {"cp1251": frozenset("ЂЃѓ†‡‰ЉЊЌЋЏђљњќћџЎўЈ¤Ґ¦¬Ї\xad"), "cp866": frozenset(map(chr, range(0x2500, 0x25A0)))}
_ODD_SHARE = 0.15
_SAMPLE = 200_000


def decode(data: bytes, file: str) -> tuple[str, str]:
    """Text of a file and the encoding it was in: byte order mark, else strict UTF-8, else what Кодировка says, else what its key words read in.

    Raises: StatementRefused: not text, damaged, or its Кодировка contradicts its bytes.
    """
    if not data.strip():
        raise StatementRefused(file, None, "the file is empty")
    for head, kind in _BINARY:
        if data.startswith(head):
            raise StatementRefused(file, None, f"this is {kind}, not a text statement", AS_TEXT)
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data, encoding, file), encoding
    if b"\0" in data.rstrip(b"\0"):
        raise StatementRefused(file, None, "the file holds binary data, not text", AS_TEXT)
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        encoding = _code_page(data, file)
    text = _strict(data, encoding, file)
    values = "".join(line.partition("=")[2] for line in text[:_SAMPLE].split("\n"))
    letters = sum(c > "\x7f" for c in values)
    if sum(c in _ODD[encoding] for c in values) > letters * _ODD_SHARE:
        what = f"read as {_SPOKEN[encoding]} the names and purposes are not words; they are in another encoding than the keys"
        raise StatementRefused(file, None, what)
    return text, encoding


def _code_page(data: bytes, file: str) -> str:
    """cp1251 or cp866, by the encoding in which the key words of the format can be read, held against Кодировка."""
    found = {e: sum(word.encode(e) in data for word in _KEYWORDS) for e in ("cp1251", "cp866", "utf-8")}
    read = max(found, key=lambda e: found[e])
    if not found[read]:
        what = "the key words of the format (СекцияРасчСчет, РасчСчет …) cannot be read in UTF-8, Windows-1251 or DOS (cp866)"
        raise StatementRefused(file, None, what, AS_TEXT)
    if read == "utf-8":
        _strict(data, read, file)
    label = _LABEL.search(data.decode(read, "replace"))
    said = _LABELS.get(label[1].strip().casefold(), read) if label else read
    if label and said != read:
        what = f"Кодировка says {label[1].strip()}, but the text is in {_SPOKEN[read]}"
        line = data.count(b"\n", 0, len(label.string[: label.start(1)].encode(read, "replace"))) + 1
        raise StatementRefused(
            file,
            line,
            what,
            f"Export it in UTF-8 or Windows, or correct the line to Кодировка={'DOS' if read == 'cp866' else 'Windows'}",
        )
    return read


def _strict(data: bytes, encoding: str, file: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as damage:
        line = data.count(b"\n", 0, damage.start) + 1
        raise StatementRefused(file, line, f"byte {damage.start} is not {encoding}: the file is damaged") from damage


_PLAIN = r"(?:[0-9]{1,16}(?:\.[0-9]{0,9})?|\.[0-9]{1,9})"
_GROUPED = r"[0-9]{1,3}(?: [0-9]{3}){1,5}(?:\.[0-9]{0,9})?"
_AMOUNT = re.compile(rf"[+-]?(?:{_PLAIN}|{_GROUPED})")
_SPACES = str.maketrans({"\xa0": " ", "\u202f": " ", "\u2009": " ", ",": ".", "−": "-"})
_LIMIT = Decimal(10) ** 16
_CENT = Decimal("0.01")


def amount(word: str) -> Decimal | None:
    """Money from its text: point or comma, thousands apart by plain, hard or thin spaces. None when it is not exactly an amount in hundredths."""
    word = word.translate(_SPACES).strip()
    if not _AMOUNT.fullmatch(word):
        return None
    value = Decimal(word.replace(" ", ""))
    if abs(value) >= _LIMIT or value != (exact := value.quantize(_CENT)):
        return None
    return exact + 0  # the sum with 0 turns -0.00 into 0.00


_DATE = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})(?:[ T][0-9:.]*)?")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[ T][0-9:.]*)?")


@lru_cache(maxsize=4096)
def day(word: str) -> date | None:
    """A date as the bank wrote it (dd.mm.yyyy or yyyy-mm-dd; a time behind it is left out). None when it is not one."""
    word = word.strip()
    if found := _DATE.fullmatch(word):
        parts = found[3], found[2], found[1]
    elif found := _ISO.fullmatch(word):
        parts = found[1], found[2], found[3]
    else:
        return None
    try:
        return date(*map(int, parts))
    except ValueError:
        return None


def plain(word: str) -> str:
    """Words of the outside with nothing that hides or turns text: control, bidi, zero-width and tag characters gone, line ends as spaces."""
    if word.isascii() and word.isprintable():
        return word.strip()
    if not word.isprintable():
        word = "".join(c for c in word.translate(_LINE_ENDS) if unicodedata.category(c) not in _HIDDEN)
    return word.strip()


_LINE_ENDS = dict.fromkeys(map(ord, "\t\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029\xa0"), " ")
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def unquoted(word: str) -> str:
    """A value without the pair of quotes around all of it, if it has one; quotes of a name inside stay (`"ТОО "Ромашка""`, `"А" и "Б"`)."""
    if len(word) < 2 or word[0] != '"' or word[-1] != '"':  # noqa: PLR2004
        return word
    inner = word[1:-1]
    at = inner.find('"')
    return inner.strip() if at < 1 or inner[at - 1] in ' ("«' else word
