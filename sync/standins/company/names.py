"""Invented names. Every one says that it is an example; some hold Kazakh letters."""

from __future__ import annotations

from sync.standins.company.stream import Stream

_WORDS = (
    "Береке", "Құрылыс", "Металл", "Алаң", "Өрлеу", "Кабель", "Сервис", "Жолаушы", "Техника", "Көркем",
    "Бетон", "Ұстаз", "Снаб", "Дәнекер", "Контур", "Мұнара", "Склад", "Іргетас", "Проект", "Ғимарат",
    "Кровля", "Әлем", "Насос", "Қазына", "Трасса", "Шеберхана", "Краска", "Тұғыр", "Болт", "Жарық",
)  # fmt: skip
_PLACES = ("Север", "Юг", "Орталық", "Шығыс", "Батыс", "Дала", "Тау", "Өзен", "Жайлау", "Степь")
_LAST = ("Примеров", "Образцов", "Мысалов", "Демеуов", "Тестбаев", "Үлгіев", "Макетов", "Шаблонов")
_FIRST = ("Асан", "Әлия", "Ерлан", "Жанна", "Игорь", "Күміс", "Марат", "Нұрлан", "Ольга", "Сәуле")

FULL_FORMS = {
    "ТОО": "Товарищество с ограниченной ответственностью",
    "АО": "Акционерное общество",
    "ЖШС": "Жауапкершілігі шектеулі серіктестік",
    "ИП": "Индивидуальный предприниматель",
    "ГУ": "Государственное учреждение",
}
# Letters that a bank's cp1251 file cannot hold are written by the nearest Russian one, as banks do.
_PLAIN = str.maketrans("ӘәҒғҚқҢңӨөҰұҮүҺһІі", "АаГгКкНнОоУуУуХхИи")
_LATIN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z", "и": "i", "й": "i",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
    "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya",
}  # fmt: skip


def company(stream: Stream, serial: int) -> str:
    """The bare name of company number `serial`; different serials, different names."""
    return f"Пример-{stream.pick(_WORDS)} {stream.pick(_PLACES)} {serial}"


def person(stream: Stream) -> tuple[str, str]:
    """First and last name."""
    return stream.pick(_FIRST), stream.pick(_LAST)


def plain(text: str) -> str:
    """The text with Kazakh letters replaced by Russian ones."""
    return text.translate(_PLAIN)


def latin(text: str) -> str:
    """The text in Latin letters, word by word with a capital."""
    words = plain(text).replace("-", " ").split()
    return " ".join("".join(_LATIN.get(letter, letter) for letter in word.lower()).capitalize() for word in words)


def bare(name: str) -> str:
    """The name without its legal form and quotes."""
    for form in FULL_FORMS:
        name = name.removeprefix(f"{form} ")
    return name.strip("«»")


def bank_spelling(name: str, style: int) -> str:
    """How a bank spells a 1C name: 0 upper case with straight quotes, 1 Latin, 2 the form behind, 3 as it is."""
    form = name.split(" ", 1)[0]
    if form not in FULL_FORMS:
        return plain(name)
    core = bare(name)
    if style == 0:
        return plain(f'{form} "{core.upper()}"' if form != "ИП" else f"{form} {core.upper()}")
    if style == 1 and form == "ТОО":
        return f"{latin(core)} LLP"
    if style == 2 and form != "ИП":
        return plain(f'"{core}" {form}')
    return plain(name)
