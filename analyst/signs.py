"""Words of time as signs: Y2025, O4 (fourth), N4 (four), M01, D2026-01-31, and units, places and ends by their names (quarter, last, from, to).

Words of one meaning are one sign, in Russian, Kazakh and English, in any case and with or without Kazakh letters.
"""

# ruff: noqa: PLR2004 (figures of the calendar, digits of a year)

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import cache, lru_cache

LONGEST = 100  # characters
LONGEST_NUMBER = 3  # digits of what is counted
_FOLD = str.maketrans("ёәғқңөұүһі–—−", "еагкноуухи---")
_KK = "(?:дын|дин|тын|тин|нын|нин|да|де|та|те|дагы|деги|тагы|теги|га|ге|ка|ке|гы|ги|кы|ки|ы|и|лык|лик)?"
_FROM = "(?:дан|ден|тан|тен|нан|нен)"  # the Kazakh case of a beginning
_KAZAKH = "кантар акпан наурыз сауир мамыр маусым шилде тамыз кыркуйек казан караша желтоксан".split()  # noqa: SIM905
_SOFT = "(?:[ьяюе]|ем)"
_RUSSIAN = (
    f"янв(?:ар{_SOFT})?", f"фев(?:р|рал{_SOFT})?", "мар(?:т|та|те|ту|том)?", f"апр(?:ел{_SOFT})?", "ма(?:й|я|ю|е|ем)", f"июн{_SOFT}?",
    f"июл{_SOFT}?", "авг(?:уст|уста|усте|усту|устом)?", f"сен(?:т|тябр{_SOFT})?", f"окт(?:ябр{_SOFT})?", f"ноя(?:б|бр{_SOFT})?",
    f"дек(?:абр{_SOFT})?",
)  # fmt: skip
_ENGLISH = (
    "jan(?:uary)?", "feb(?:ruary)?", "mar(?:ch)?", "apr(?:il)?", "may", "june?", "july?", "aug(?:ust)?", "sep(?:t|tember)?", "oct(?:ober)?",
    "nov(?:ember)?", "dec(?:ember)?",
)  # fmt: skip
# A sign, and the words that are it. Nothing, and ~ between words: they say nothing here.
_SIGNS: tuple[tuple[str, str], ...] = (
    ("", r"of|the|a|an|а"),
    ("~", r"за|в|во|на|in|for|during|on|over|период|period|бойынша|ушин|аралыгында?|к|дейин"),
    ("day", r"день|дня|дней|дни|days?|кун|кунде|кунги"),
    ("week", r"недел[яиюье]|неделе|недель|нед|weeks?|апта(?:да|нын|дагы)?"),
    ("month", r"месяц|месяца|месяцев|месяце|мес|months?|ай(?:ы|ын)?(?:да|дагы|гы|дын|нын)?"),
    ("quarter", r"квартал|квартала|квартале|кварталов|кв|quarters?|токсан|токсаны|токсанда|токсанында|токсаннын|токсандагы"),
    ("half", r"полугоди[еяию]|полугодии|жартыжылдык|жартыжылдыгы|жартыжылдыкта|half"),
    ("year", r"год|года|году|годы|лет|гг?|years?|жыл|жылы|жылда|жылгы|жылдын|жылдагы|ж"),
    ("this", r"это[тй]|эта|эту|это|этого|этом|этой|текущ(?:ий|ая|ую|ее|его|ем|ей)|this|current|бул|осы|агымдагы"),
    ("last", r"прошл(?:ый|ая|ую|ое|ого|ом|ой|ые|ых)|предыдущ(?:ий|ая|ую|ее|его|ем|ей)|last|previous|prev|откен"),
    ("next", r"следующ(?:ий|ая|ую|ее|его|ем|ей)|next|келеси"),
    ("prior", r"позапрошл(?:ый|ая|ую|ое|ого|ом|ой)"),
    ("past", r"последни[ехй]|past|trailing|сонгы"),
    ("start", r"начал[ауое]|start|beginning|басы|басында"),
    ("from start", r"басынан"),
    ("end", r"кон[ец]ц?|конца|концу|конце|end|соны|сонында|сонына"),
    ("ago", r"назад|ago|бурын"),
    ("from", r"с|со|from|since|начиная|between|бери"),
    ("to", r"по|до|to|until|till|through|and|-|\.\.|…"),
    ("today", r"сегодня|today|бугин"),
    ("yesterday", r"вчера|yesterday|кеше"),
    ("eve", r"позавчера"),
    ("this year", r"биыл|биылгы"),
    ("last year", r"былтыр|былтыргы"),
    ("ytd", r"ytd"),
    ("mtd", r"mtd"),
    ("qtd", r"qtd"),
    *((f"O{n}", words) for n, words in enumerate(
        (
            r"перв(?:ый|ого|ом|ое|ая)|first|биринши|i",
            r"втор(?:ой|ого|ом|ое|ая)|second|екинши|ii",
            r"трет(?:ий|ьего|ьем|ье|ья)|third|ушинши|iii",
            r"четверт(?:ый|ого|ом|ое|ая)|fourth|тортинши|iv",
        ), 1)),
    *((f"N{n}", words) for n, words in enumerate(
        ("один|одного|one|бир", "два|две|двух|two|еки", "три|трех|three|уш", "четыре|четырех|four|торт", "пять|пяти|five|бес", "шесть|шести|six|алты"), 1)),
    *((f"M{n:02d}", f"{ru}|{_KAZAKH[n - 1]}{_KK}|{en}") for n, (ru, en) in enumerate(zip(_RUSSIAN, _ENGLISH, strict=True), 1)),
    *((f"M{n:02d} to", f"{kk}{_FROM}") for n, kk in enumerate(_KAZAKH, 1)),
)  # fmt: skip
_PIECE = (
    r"(?P<iso>\d{4}-\d\d-\d\d)(?!\d)|(?P<dotted>\d{1,2}([./])\d{1,2}\3(?:\d{4}|\d\d))(?!\d)|(?P<month>\d{1,2}[./]\d{4})(?!\d)|(?P<isomonth>\d{4}-\d\d)(?!\d)"
    r"|(?P<isoquarter>\d{4}-?[qк][1-4])(?!\d)|(?P<year>(?:19|20)\d\d)(?:-?(?:й|го|м|е))?(?![^\W_])|(?P<short>\d{1,2}\.\d{1,2})(?![\d.])"
    r"|(?P<quarter>[qк][1-4](?!\d)|[1-4][qк](?![^\W\d_]))|(?P<half>h[12](?!\d)|[12]h(?![^\W\d_]))"
    r"|(?P<nth>\d{1,2}(?:-?(?:ый|ий|й|го|ого|е|ое|м|ом|ши|шы|st|nd|rd|th))(?![^\W\d_])|\d{1,2}-(?=[^\W\d_]))|(?P<number>\d+)"
    r"|(?P<word>[^\W\d_]+)|(?P<mark>\.\.|…|-)|(?P<idle>[\s.,'’]+)"
)


@cache
def _known() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Compiled when first needed: a server that starts asks nothing yet."""
    return tuple((sign, re.compile(words)) for sign, words in _SIGNS)


@cache
def _pieces() -> re.Pattern[str]:
    return re.compile(_PIECE)


@lru_cache(maxsize=1000)
def read(text: str) -> str | None:
    """The text in signs with spaces between; None where a word of it is not known."""
    plain = unicodedata.normalize("NFKC", text).lower().translate(_FOLD)
    plain = re.sub(r"\b(month|quarter|year)[ -]to[ -]date\b", lambda hit: f"{hit[1][0]}td", plain)
    plain = plain.replace("_", " ")
    if len(plain) > LONGEST:
        return None
    found, place = [], 0
    while place < len(plain):
        if (piece := _pieces().match(plain, place)) is None or (sign := _sign(piece)) is None:
            return None
        found.append(sign)
        place = piece.end()
    signs = " ".join(filter(None, found))
    if re.search(r"[NO]\d+ ~ M", signs):  # «накладная 14 за январь»: a number beside a month is no day of it
        return None
    signs = " ".join(signs.replace("~", " ").split())
    # last-month is two words, октябрь-декабрь a span
    return re.sub(r"\b(this|last|next|prior) to (?=week|month|quarter|half|year)", r"\1 ", signs)


def _sign(piece: re.Match[str]) -> str | None:
    return _READ[piece.lastgroup or "idle"](piece[0])


@lru_cache(maxsize=5000)
def _word(said: str) -> str | None:
    return next((sign for sign, words in _known() if words.fullmatch(said)), None)


def _of_month(said: str, sign: str) -> str | None:
    """A number and the month by its number: 01.2026, 31.12."""
    one, other = re.split("[./]", said)
    month, number = (one, other) if sign == "Y" else (other, str(int(one)))
    if not 1 <= int(month) <= 12:
        return None
    return f"M{int(month):02d} Y{number}" if sign == "Y" else f"N{number} M{int(month):02d}"


def _dotted(said: str) -> str | None:
    """A day as 31.01.2026. With slashes, 01/02 is two days: the one of those who begin with the day, and the one of those who do not."""
    day, month, year = re.split("[./]", said)
    if "/" in said and int(month) > 12 >= int(day):
        day, month = month, day
    elif "/" in said and int(day) <= 12 and int(day) != int(month):
        return None
    return f"D{year if len(year) > 2 else f'20{year}'}-{int(month):02d}-{int(day):02d}"


def _digits(said: str) -> str:
    return "".join(filter(str.isdigit, said))


# How each piece of a text becomes signs.
_READ: Mapping[str, Callable[[str], str | None]] = {
    "iso": lambda said: f"D{said}",
    "dotted": _dotted,
    "month": lambda said: _of_month(said, "Y"),
    "short": lambda said: _of_month(said, "N"),
    "isomonth": lambda said: f"M{said[-2:]} Y{said[:4]}",
    "isoquarter": lambda said: f"O{said[-1]} quarter Y{said[:4]}",
    "quarter": lambda said: f"O{_digits(said)} quarter",
    "half": lambda said: f"O{_digits(said)} half",
    "year": lambda said: f"Y{said[:4]}",
    "nth": lambda said: f"O{_digits(said)}",
    "number": lambda said: f"N{int(said)}" if len(said) <= LONGEST_NUMBER else None,
    "word": _word,
    "mark": _word,
    "idle": lambda _: "",
}
