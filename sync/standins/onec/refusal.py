"""Errors of the 1C service, with the codes and the wording of the platform."""

from __future__ import annotations

import json


class RefusalError(Exception):
    """A request 1C answers with an `odata.error` body.

    status: HTTP status. code: 1C's own number as text, e.g. "9". text: the message shown to the client.
    """

    def __init__(self, status: int, code: int, text: str) -> None:
        super().__init__(f"{status}/{code}: {text}")
        self.status = status
        self.code = str(code)
        self.text = text

    def body(self) -> bytes:
        """Return the JSON body as 1C writes it."""
        message = {"lang": "ru", "value": self.text}
        return json.dumps({"odata.error": {"code": self.code, "message": message}}, ensure_ascii=False).encode()


def unknown_option(name: str) -> RefusalError:
    """A query option the interface does not know."""
    return RefusalError(400, 0, f"Параметр запроса «{name}» не поддерживается")


def bad_value(name: str, value: str) -> RefusalError:
    """An option or parameter whose value cannot be read."""
    return RefusalError(400, 4, f"Неверное значение параметра «{name}»: «{value}»")


def bad_path(path: str) -> RefusalError:
    """A resource path, a function or a selected field that does not exist."""
    return RefusalError(400, 6, f"Ошибка в пути запроса: «{path}»")


def key_part_missing(name: str) -> RefusalError:
    """A key of several parts that lacks one."""
    return RefusalError(400, 7, f"Не указана часть ключа «{name}»")


def set_not_found(name: str) -> RefusalError:
    """An entity set that does not exist or is not published: 1C does not tell the two apart."""
    return RefusalError(404, 8, f"Сущность «{name}» не найдена")


def instance_not_found() -> RefusalError:
    """A key no object has."""
    return RefusalError(404, 9, "Экземпляр сущности не найден")


def property_not_found(name: str) -> RefusalError:
    """A field in a filter or an order that the set does not have."""
    return RefusalError(400, 10, f"Свойство «{name}» не найдено")


def method_not_found(name: str) -> RefusalError:
    """A function of the filter language that 1C does not support."""
    return RefusalError(400, 11, f"Метод «{name}» не найден")


def bad_option(name: str, text: str) -> RefusalError:
    """A query option that cannot be parsed."""
    return RefusalError(400, 14, f"Ошибка при разборе опции запроса «{name}»: «{text}»")


def no_access() -> RefusalError:
    """A record hidden by row level security."""
    return RefusalError(401, 20, "Недостаточно прав доступа для выполнения операции")


def incomparable() -> RefusalError:
    """A greater or less comparison of a reference with a reference."""
    text = (
        "Неверные параметры в операции сравнения. "
        "Нельзя сравнивать поля неограниченной длины и поля несовместимых типов"
    )
    return RefusalError(500, -1, text)


def device_full() -> RefusalError:
    """A page that did not fit the server's disk for temporary files."""
    return RefusalError(500, -1, "Ошибка записи файла '/tmp/v8_A1B2_3c.tmp'. No space left: device is full")


def read_only() -> RefusalError:
    """A method other than GET: this copy serves reading only."""
    return RefusalError(405, 19, "Метод запрещен")
