"""Which accounts hold debts and advances: those of the standard chart, unless the settings name others for a role."""

from __future__ import annotations

import duckdb
import pytest
from pydantic import ValidationError

import sql
from sync.mirror import META, name_accounts
from sync.settings import DebtAccounts

STANDARD = {
    ("ar", "debt"): {"1210", "2110"}, ("ar", "advance"): {"3510", "4410"},
    ("ap", "debt"): {"3310", "4110"}, ("ap", "advance"): {"1710", "2910"},
}  # fmt: skip


def held(*runs: DebtAccounts) -> dict[tuple[str, str], set[str]]:
    """Accounts by side and kind after the settings of each run."""
    (body,) = (d.body for d in sql.read("staging") if d.name == "stg_settings__debt_account")
    with duckdb.connect() as con:
        con.execute(META)
        for accounts in runs:
            name_accounts(con, accounts.named())
        rows = con.execute(body).fetchall()
    assert len({row[0] for row in rows}) == len(rows)
    return {(side, kind): {a for a, s, k in rows if (s, k) == (side, kind)} for _, side, kind in rows}


def test_a_base_that_says_nothing_has_the_standard_chart() -> None:
    assert held(DebtAccounts()) == STANDARD


def test_a_role_that_is_named_has_those_accounts_alone_and_no_other_role_has_them() -> None:
    told = DebtAccounts(advances_received=("3540",), customers=("1210", "2910"))
    assert held(told) == STANDARD | {
        ("ar", "debt"): {"1210", "2910"}, ("ar", "advance"): {"3540"}, ("ap", "advance"): {"1710"},
    }  # fmt: skip


def test_settings_that_name_accounts_no_more_give_the_standard_chart_back() -> None:
    assert held(DebtAccounts(suppliers=("3310",)), DebtAccounts()) == STANDARD


@pytest.mark.parametrize("wrong", [{"customers": ["1210", "3510"], "suppliers": ["3510"]}, {"suppliers": ["331"]}])
def test_an_account_has_four_digits_and_one_role(wrong: dict[str, list[str]]) -> None:
    with pytest.raises(ValidationError):
        DebtAccounts.model_validate(wrong)
