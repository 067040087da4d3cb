"""Settings of the mirror: environment variables with the prefix SYNC_, and a TOML file named by SYNC_CONFIG.

A variable wins over the file. Nested values use two underscores: SYNC_ONEC__URL, SYNC_BITRIX__WEBHOOK.
"""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
    TomlConfigSettingsSource,
)

from sync.errors import BadSettings

CONFIG = "SYNC_CONFIG"
Code = Annotated[str, Field(pattern=r"^\d{4}$")]


class DebtAccounts(BaseModel):
    """Accounts that a base keeps debts and advances on, four digits each; a role that is not named has those of the standard chart.

    customers 1210, 2110; advances_received 3510, 4410; suppliers 3310, 4110; advances_paid 1710, 2910. A base that keeps advances on
    3540 says advances_received = ["3510", "3540", "4410"].
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    customers: tuple[Code, ...] = ()
    advances_received: tuple[Code, ...] = ()
    suppliers: tuple[Code, ...] = ()
    advances_paid: tuple[Code, ...] = ()

    @model_validator(mode="after")
    def _once(self) -> DebtAccounts:
        named = [account for _, account in self.named()]
        twice = sorted({account for account in named if named.count(account) > 1})
        if twice:
            raise ValueError(f"{', '.join(twice)} is named twice; an account has one role")
        return self

    def named(self) -> list[tuple[str, str]]:
        """(role, account) of every account that is named."""
        return [(role, account) for role in type(self).model_fields for account in getattr(self, role)]


class Onec(BaseModel):
    """One 1C base published over OData. url: the service, ending in odata/standard.odata/.

    start: documents before this day are not mirrored, and debts that began before it are missing from every total; leave it
    alone unless the books were opened anew on that day. open_from: first day that accountants may still change; by default the
    first day of the previous month. connections: requests at a time; 1 or 2 spare a file base. accounts: where debts and advances
    stand in the ledger, when not on those of the standard chart.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    url: str
    user: str
    password: SecretStr
    base: str = "main"
    start: date = date(2000, 1, 1)
    open_from: date | None = None
    connections: int = Field(default=4, ge=1, le=8)
    accounts: DebtAccounts = DebtAccounts()


class Bitrix(BaseModel):
    """One Bitrix24 portal, reached by an incoming webhook (its address is the secret)."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    webhook: SecretStr
    base: str = "main"


class Settings(BaseSettings):
    """Everything a sync is told.

    data: the folder of snapshots, inbox and quarantine. extensions: of the company's own relations, <data>/extensions when not given.
    schedule: for each set of sources (names by comma, or `all`) a cron expression of five fields in `timezone`.
    memory_limit, threads: for the engine. keep: how many snapshots stay after a publish.
    """

    model_config = SettingsConfigDict(
        env_prefix="SYNC_", env_nested_delimiter="__", frozen=True, extra="ignore", hide_input_in_errors=True
    )

    data: Path = Path("data")
    extensions: Path | None = None
    timezone: str = "Asia/Almaty"
    onec: Onec | None = None
    bitrix: Bitrix | None = None
    schedule: dict[str, str] = Field(default_factory=lambda: {"all": "0 2 * * *"})
    memory_limit: str = "1GB"
    threads: int = Field(default=2, ge=1)
    keep: int = Field(default=3, ge=1)

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError) as unknown:
            raise ValueError(f"no time zone is called {name!r}; Asia/Almaty is one") from unknown
        return name

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - no .env file is read: it would be found by accident
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What is given in code, then the environment, then the file."""
        file = os.environ.get(CONFIG)
        return init_settings, env_settings, *((TomlConfigSettingsSource(settings_cls, Path(file)),) if file else ())

    @property
    def zone(self) -> ZoneInfo:
        """The company's time zone: what day a moment belongs to."""
        return ZoneInfo(self.timezone)

    @property
    def extensions_folder(self) -> Path:
        """Where the company's own relations are."""
        return self.extensions or self.data / "extensions"

    def secrets(self) -> tuple[str, ...]:
        """Every secret as text, for the log to hide."""
        found = [self.onec.password] if self.onec else []
        found += [self.bitrix.webhook] if self.bitrix else []
        return tuple(s.get_secret_value() for s in found if s.get_secret_value())


def read() -> Settings:
    """The settings of this process. Raises BadSettings, which names the variables and never shows a value."""
    file = os.environ.get(CONFIG)
    if file and not Path(file).is_file():
        raise BadSettings(f"{CONFIG} names {file}, and there is no such file")
    try:
        return Settings()
    except ValidationError as wrong:
        told = "; ".join(f"{_variable(e['loc'])}: {e['msg'].removeprefix('Value error, ')}" for e in wrong.errors())
        raise BadSettings(told) from None  # the cause holds the values
    except (SettingsError, ValueError) as wrong:
        raise BadSettings(str(wrong)) from None


def _variable(location: tuple[int | str, ...]) -> str:
    return "SYNC_" + "__".join(str(part).upper() for part in location)
