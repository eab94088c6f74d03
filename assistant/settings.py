"""Settings: from the environment and ``.env``, checked once, at the start."""

import os
import re
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, Self, TypeAlias

import platformdirs
from dotenv import dotenv_values
from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    SecretStr,
    StringConstraints,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from assistant import SettingsError
from assistant.answer import Length, Level
from assistant.people import Claims, Role, fits
from knowledge import BUNDLED_MODEL
from knowledge.editing.library import Library
from knowledge.glossary import BUNDLED
from knowledge.search.store import CLOUD, Access, Store

if TYPE_CHECKING:
    from assistant.replicas import Replica

OPENAI = "openai"
"""Its protocol, by the name that LangChain has for the provider."""

_PREFIX = "MASRAD_"
Network: TypeAlias = IPv4Network | IPv6Network
_THIS_MACHINE: tuple[Network, ...] = (ip_network("127.0.0.0/8"), ip_network("::1"))


def _parted(value: object) -> object:
    return tuple(re.split(r"[\s,]+", value.strip(" ,"))) if isinstance(value, str) else value


def _of_the_web(url: str) -> str:
    from assistant.news.addresses import checked  # noqa: PLC0415  (only where there are feeds)

    return checked(url)


_PARTED = NoDecode, BeforeValidator(_parted)
Listed = Annotated[tuple[str, ...], *_PARTED]
Address = Annotated[str, StringConstraints(pattern=r"^https?://\S+$")]
Origin = Annotated[
    str, StringConstraints(pattern=r"(?i)^https?://(\*\.)?[\w-]+(\.[\w-]+)*(:\d+)?$", to_lower=True)
]
Folder = Annotated[Path, AfterValidator(Path.expanduser)]


class Settings(BaseSettings):
    """Every setting. ``.env.example`` explains each in words.

    A variable whose name begins with MASRAD_ and that is none of these is refused, in the
    environment or in ``.env``, so that a misspelt one is noticed.
    """

    model_config = SettingsConfigDict(
        env_prefix=_PREFIX,
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",  # .env may hold other programs' settings; our own prefix is checked below
        frozen=True,
        hide_input_in_errors=True,  # it may be a key, or hold a password
    )

    glossary: Folder = BUNDLED
    data_dir: Folder = Path(platformdirs.user_data_dir("masrad", appauthor=False))
    database_url: SecretStr | None = None
    writer: Literal["auto", "quote", "explain"] = "auto"
    embedding_model: str = BUNDLED_MODEL
    embedding_base_url: Address | None = None
    embedding_api_key: SecretStr | None = None
    chat_model: str | None = None
    timeout: float = Field(default=60.0, gt=0, le=3600)
    input_price: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    output_price: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    limits: str = ""
    judge: Literal["auto", "off"] = "auto"
    judge_model: str | None = None
    strict: bool = False
    length: Length = "normal"
    level: Level = "normal"
    digits: Literal["latn", "arab"] = "latn"
    manage: Literal["auto", "on", "off"] = "auto"
    allowed_hosts: str = ""
    url: Address | None = None
    proxies: Annotated[tuple[Network, ...], *_PARTED] = _THIS_MACHINE
    oidc_url: Address | None = None
    oidc_client_id: str | None = None
    oidc_client_secret: SecretStr | None = None
    cookie_secret: Annotated[SecretStr, Field(min_length=32)] | None = None
    proxy_header: str | None = None
    owners: Listed = ()
    teachers: Listed = ()
    readers: Listed = ()
    sign_in: Literal["off", "optional", "required"] = "off"
    group_days: int = Field(default=30, ge=1, le=366)
    embed_origins: Annotated[tuple[Origin, ...], *_PARTED] = ()
    news_feeds: Annotated[tuple[Annotated[str, AfterValidator(_of_the_web)], ...], *_PARTED] = ()
    news_private: bool = False
    news_hours: float = Field(default=6.0, ge=0.5, le=8760)
    log: Literal["text", "json"] = "text"
    log_level: Literal["info", "warning", "error"] = "warning"
    metrics_token: SecretStr | None = None
    trace_texts: Literal["on", "off"] = "off"
    openai_api_key: SecretStr | None = Field(default=None, validation_alias="OPENAI_API_KEY")
    openai_base_url: Address | None = Field(default=None, validation_alias="OPENAI_BASE_URL")
    chroma_host: str | None = Field(default=None, validation_alias="CHROMA_HOST")
    chroma_port: int | None = Field(default=None, ge=1, le=65535, validation_alias="CHROMA_PORT")
    chroma_ssl: bool | None = Field(default=None, validation_alias="CHROMA_SSL")
    chroma_token: SecretStr | None = Field(default=None, validation_alias="CHROMA_TOKEN")
    chroma_tenant: str | None = Field(default=None, validation_alias="CHROMA_TENANT")
    chroma_database: str | None = Field(default=None, validation_alias="CHROMA_DATABASE")
    chroma_api_key: SecretStr | None = Field(default=None, validation_alias="CHROMA_API_KEY")

    @field_validator("sign_in")
    @classmethod
    def _provided(cls, value: str, info: ValidationInfo) -> str:
        needed = ("url", "oidc_url", "oidc_client_id", "oidc_client_secret", "cookie_secret")
        missing = [_PREFIX + name.upper() for name in needed if not info.data.get(name)]
        if value != "off" and missing and not info.data.get("proxy_header"):
            raise ValueError(f"needs {', '.join(missing)}, or MASRAD_PROXY_HEADER")
        return value

    @field_validator("limits")
    @classmethod
    def _limits(cls, value: str, info: ValidationInfo) -> str:
        if value:
            from assistant.conversations.admission import read  # noqa: PLC0415  (SQLAlchemy)

            priced = {info.data.get("input_price"), info.data.get("output_price")} != {None}
            if any(each.kind == "cost" for each in read(value)) and not priced:
                raise ValueError("a cost needs MASRAD_INPUT_PRICE and MASRAD_OUTPUT_PRICE")
        return value

    @field_validator("database_url")
    @classmethod
    def _database_url(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            from assistant.conversations.database import database_url  # noqa: PLC0415  (SQLAlchemy)

            database_url(value.get_secret_value())
        return value

    @classmethod
    def load(cls, *, glossary: Path | None = None, data_dir: Path | None = None) -> Self:
        """Settings of the environment and ``.env``; what is given here goes before them.

        Raises:
            SettingsError: a setting is unknown or not as it should be.
        """
        given = {"glossary": glossary, "data_dir": data_dir}
        try:
            _refuse_unknown(cls)
            return cls(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            name = str(first["loc"][0])
            variable = name if name.isupper() else _PREFIX + name.upper()
            reason = first["msg"].removeprefix("Value error, ")
            raise SettingsError(
                f"The setting {variable} is not as it should be: {reason}. Correct it in the"
                " environment or in .env (see .env.example)."
            ) from error
        except UnicodeDecodeError as error:
            raise SettingsError("The file .env is not in UTF-8: save it as UTF-8.") from error

    @property
    def has_chat_model(self) -> bool:
        """Whether a chat model is set up: a key for OpenAI, a server, or another provider."""
        if self.openai_base_url or self.openai_api_key:
            return True
        return ":" in (name := self.chat_model or "") and provider_of(name) != OPENAI

    @property
    def database(self) -> str | Path:
        """Where conversations are kept: the URL that is set, or a file in the data folder."""
        url = self.database_url
        return url.get_secret_value() if url else self.data_dir / "conversations.db"

    def role(self, claims: Claims) -> Role | None:
        """What somebody who signed in may do; None if nothing."""
        rules: dict[Role, tuple[str, ...]]
        rules = {"owner": self.owners, "teacher": self.teachers, "reader": self.readers}
        lowest: Role | None = None if self.readers else "reader"
        return next((r for r, some in rules.items() if any(fits(claims, o) for o in some)), lowest)

    @property
    def store(self) -> Store:
        """Where the index is kept."""
        key, token = self.chroma_api_key, self.chroma_token
        access = Access(
            ssl=bool(key) if self.chroma_ssl is None else self.chroma_ssl,
            token=token.get_secret_value() if token else None,
            api_key=key.get_secret_value() if key else None,
            tenant=self.chroma_tenant,
            database=self.chroma_database,
        )
        host = self.chroma_host or (CLOUD if key else None)
        port = self.chroma_port or (443 if key else 8000)
        return Store(self.data_dir, host, port, access, self.replica)

    @property
    def replica(self) -> "Replica | None":
        """This process among those that share all, if the database and Chroma are on servers."""
        served = str(self.database).startswith("postgresql")
        if not (served and (self.chroma_host or self.chroma_api_key)):
            return None
        from assistant.replicas import Replica  # noqa: PLC0415  (SQLAlchemy)

        return Replica.of(self.database, self.data_dir)

    def joined(self) -> Self:
        """The settings; of a replica, once it has joined, with the glossary that all have open.

        Raises:
            ConversationError: the database or the data folder fails.
        """
        if self.replica is None:
            return self
        self.replica.join()
        path = Library(self.data_dir).open_one(self.glossary)
        return self.model_copy(update={"glossary": path})


def provider_of(name: str) -> str:
    """The provider that a model's name begins with, as in ``anthropic:…``, if LangChain has it.

    Any other model is one of OpenAI's protocol: a colon may be a part of its name (``qwen3:4b``).
    """
    from langchain.chat_models.base import _BUILTIN_PROVIDERS  # noqa: PLC0415  (slow to import)

    first, _, rest = name.partition(":")
    return first if rest and first in _BUILTIN_PROVIDERS else OPENAI


def _refuse_unknown(settings: type[Settings]) -> None:
    fields = settings.model_fields.items()
    known = {_PREFIX + name.upper() for name, field in fields if field.validation_alias is None}
    for place, names in (("the environment", os.environ), (".env", dotenv_values(".env"))):
        for name in names:
            if name.upper().startswith(_PREFIX) and name.upper() not in known:
                raise SettingsError(
                    f"Unknown setting {name} in {place}: the settings are listed in .env.example."
                )
