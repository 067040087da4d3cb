"""Identifiers with a control: BIN and IIN (12 digits) and IBAN of Kazakhstan."""

from __future__ import annotations

_FIRST = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
_SECOND = (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)


def check_digit(first_eleven: str) -> int | None:
    """The 12th digit of a BIN or IIN; None when both weightings give 10 and the number cannot exist."""
    digits = [int(digit) for digit in first_eleven]
    for weights in (_FIRST, _SECOND):
        rest = sum(weight * digit for weight, digit in zip(weights, digits, strict=True)) % 11
        if rest != 10:
            return rest
    return None


def is_valid(number: str) -> bool:
    """True for 12 digits whose last one is the right check digit."""
    return len(number) == 12 and number.isdigit() and check_digit(number[:11]) == int(number[11])


def bin_of(serial: int, *, branch: bool = False) -> str:
    """The BIN of a legal entity (5th digit 4) or of a branch (6th digit 1); one serial, one number, below 100,000."""
    for shift in range(12):
        month = 1 + (serial + shift) % 12
        head = f"{10 + serial % 14:02d}{month:02d}4{int(branch)}{serial % 100_000:05d}"
        digit = check_digit(head)
        if digit is not None:
            return f"{head}{digit}"
    raise AssertionError(serial)


def iin_of(serial: int) -> str:
    """The IIN of a person born between 1960 and 1999; one serial, one number, below 400,000."""
    for shift in range(12):
        month = 1 + (serial + shift) % 12
        head = f"{60 + serial // 10_000 % 40:02d}{month:02d}{1 + serial % 28:02d}{3 + serial % 2}{serial % 10_000:04d}"
        digit = check_digit(head)
        if digit is not None:
            return f"{head}{digit}"
    raise AssertionError(serial)


def iban_of(bank_code: str, serial: int) -> str:
    """An IBAN «KZ», two check digits, three of the bank, thirteen of the account."""
    body = f"{bank_code}{serial:013d}"
    text = "".join(str(int(letter, 36)) for letter in f"{body}KZ00")
    return f"KZ{98 - int(text) % 97:02d}{body}"
