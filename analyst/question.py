"""What a question in words is made of: the times and counts in it, a document's number, the names of somebody or something, and what is wanted."""

# ruff: noqa: SIM905 (lists of words)

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date

from analyst import fold, numbers, quantity, speech

LONGEST_TIME = 5  # words: 4 квартал 2025 года
FAR = 3  # words between a kind of document and its number: счёт на оплату от Ромашки 234
LONG = 5  # digits: fewer count something as often as they number it

_EDGE = " ,.;:!?()\"'«»“”„"
_UNITS = "|".join(sorted(quantity.UNITS | {"мм", "см", "кв", "куб", "%"}, key=len, reverse=True))
_COUNTS = (
    r"\b1\s?[сc](?![^\W_])|(?<![\w/-])\d{1,3}(?=\s+(?:самы\w+|крупн\w+|главн\w+|ірі|biggest|largest|top|best|worst)\b)"
    r"|(?<=\bтоп[\s-])\d{1,3}\b|(?<=\btop[\s-])\d{1,3}\b|(?<=\bтоп)\d{1,3}\b|(?<=\btop)\d{1,3}\b"
    r"|(?<=\bпервые\s)\d{1,3}\b|(?<=\bпервых\s)\d{1,3}\b|(?<=\bfirst\s)\d{1,3}\b|(?<=\bалғашқы\s)\d{1,3}\b"
    rf"|(?<![\w/.,-])\d[\d ,.]*(?:%|(?:тыс|млн|млрд|мың|mln|million|thousand|тг|тенге|теңге|kzt|usd|eur|дн\w+|день|күн\w*|days?|{_UNITS})(?![^\W_]))"
)
_FIGURE = re.compile(r"[\w/-]*\d[\w/-]*")
_ZEROS = re.compile(r"(?:[^\W\d_]{0,4}[-/]?)0\d+(?:[-/]\d+)?")
_QUOTED = re.compile(r"[«“„\"]([^»“”\"]{2,60})[»”\"]")
_WORD = re.compile(r"[^\s,;:!?()«»\"“”„]+")
# What is said around the number of a document and names no kind of it.
_ABOUT = re.compile(r"оплач\w*|төлен\w*|paid|документ\w*|құжат\w*|documents?|ттн", re.IGNORECASE)
_KAZAKH = re.compile("[әғқңөұүһі]", re.IGNORECASE)
_KAZAKH_WORDS = frozenset(
    "сату сатылым шот шоттар бойынша тауар тауарлар неше керек несие берешек борыш пайда жалпы".split()
)
_RUSSIAN_WORDS = frozenset(
    "сколько кто кому кого что чего где когда какой какая какие каков почему за по от с со у в "
    "во на из и или не нам нас мы наш должен должна должны покажи дай есть ли был была были для".split()
)


def without_times(text: str, day: date) -> str:
    """The text without the days and spans of days that it says; bare words as «месяц» stay: they may be what is wanted."""
    words, kept, place = text.split(), [], 0
    while place < len(words):
        size = next((n for n in range(LONGEST_TIME, 0, -1) if _is_time(words[place : place + n], day)), 0)
        if not size:
            kept.append(words[place])
        place += size or 1
    return " ".join(kept)


def _is_time(words: Sequence[str], day: date) -> bool:
    said = " ".join(words).strip(_EDGE)
    return (
        speech.may(said)
        and not speech.begun(said)
        and (speech.span(said, day) is not None or speech.on(said, day) is not None)
    )


def _uncounted(text: str) -> str:
    """The text without counts, amounts and «1С»."""
    return re.sub(_COUNTS, " ", text, flags=re.IGNORECASE)


def wanted(text: str, day: date) -> str:
    """The text without times, counts and amounts; as it is where nothing else is in it."""
    return " ".join(_uncounted(without_times(text, day)).split()) or text


def numbered(text: str, day: date) -> float:
    """How surely a figure in the text is the number of a document: 1 where it is said so, 0.5 where it may be, 0 where none is left."""
    if text.strip().startswith(numbers.IDS) or numbers.MARKED.search(text):
        return 1.0
    rest = _uncounted(numbers.without_day(without_times(text, day)))
    words = rest.split()
    places = [n for n, word in enumerate(words) if _FIGURE.fullmatch(word.strip(_EDGE))]
    if not places:
        # «счёт 2025», a bare 2025: a number after all
        return 1.0 if _FIGURE.fullmatch(text.strip(_EDGE)) else 0.0
    for n in places:
        figure = words[n].strip(_EDGE)
        if sum(map(str.isdigit, figure)) >= LONG or _ZEROS.fullmatch(figure) or len(words) == 1:
            return 1.0
        around = " ".join([*words[max(0, n - FAR - 1) : n], *words[n + 1 : n + 2]])
        if figure[0].isdigit() and (numbers.kinds_in(around) or _ABOUT.search(around)):
            return 1.0
    return 0.5


def names(text: str, said: Sequence[str], strangers: Collection[str]) -> tuple[str, str]:
    """What may name somebody, and what may name a good. said: the words of the text; strangers: those that no definition uses."""
    if quoted := _QUOTED.search(text):
        return quoted[1], quoted[1]
    capital = {n for n, word in enumerate(said) if word in strangers and word[0].isupper()}
    # A name goes on as it began: «Алмаз Строй», «ТОО Ромашка», though a word of it is also one of ours.
    for steps in (range(1, len(said)), range(len(said) - 2, -1, -1)):
        for n in steps:
            beside = n - 1 if steps.step > 0 else n + 1
            if beside in capital and ((said[n][0].isupper() and n) or fold.form(said[n])):
                capital.add(n)
    good = [word for word in said if word in strangers]
    if not any(c.isalpha() for word in good for c in word):
        return "", ""
    return " ".join([said[n] for n in sorted(capital)] or good), " ".join(good)


def words(text: str) -> list[str]:
    """The words of a text as they were typed."""
    return [word.strip(_EDGE) for word in _WORD.findall(text) if word.strip(_EDGE)]


def language(text: str) -> str:
    """Kk where the words are surely Kazakh, else ru: a Kazakh name in a Russian question does not make it Kazakh."""
    said = set(re.findall(r"(?<!\d)[^\W\d_]+", text.lower()))
    return "kk" if (_KAZAKH.search(text) or said & _KAZAKH_WORDS) and not said & _RUSSIAN_WORDS else "ru"
