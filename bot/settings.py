"""PASITO_* from the environment and from `.env`. A wrong setting is one sentence that names it."""

import ipaddress
import os
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from difflib import get_close_matches
from io import StringIO
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urlsplit
from zoneinfo import available_timezones

import msgspec
from dotenv import dotenv_values
from dotenv.parser import parse_stream
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from cards.model import PASS_MARK

PREFIX = "PASITO_"
_PLATFORM = {"PORT": "PASITO_PORT", "DATABASE_URL": "PASITO_DATABASE_URL"}
"""What platforms that read a Procfile set (README, Run it for real); ours win."""
_PRIVATE = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")


class SettingError(ValueError):
    """A setting that cannot be used; the text names it and says what is expected."""


def refuse(name: str, why: str) -> NoReturn:
    """Raises `SettingError` about a setting by its name without the prefix."""
    raise SettingError(f"{PREFIX}{name} cannot be used: {why}")


@dataclass(frozen=True)
class Own:
    """What a channel wants of the settings: those named PASITO_<NAME>_…, as a dataclass, and how
    its addresses look in PASITO_ADMINS (a regular expression)."""

    name: str
    kind: type[Any] | None
    admin: str


@dataclass(frozen=True)
class Settings:
    """One field a setting; the name is the setting's without its prefix, in small letters."""

    data_dir: Path = Path("data")
    database_url: str = ""
    public_url: str = ""
    """Where people reach the service; without one, this machine at `port`."""
    metrics: bool = False
    """Whether /metrics is answered on a public address too."""
    host: str = "127.0.0.1"
    port: int = 8080
    worker_port: int | None = None
    proxies: str = ""
    """Addresses or networks of proxies in front, or `private`: whom they name as visitor is
    believed, as from this machine."""
    secret_key: str = field(default="", repr=False)
    signing_keys: str = field(default="", repr=False)
    pades_key: Path | None = None
    pades_password: str = field(default="", repr=False)
    admins: str = ""
    two_admins: bool = False
    zone: str = "Europe/Paris"
    cards_dir: Path | None = None
    languages: str = ""
    pass_mark: int = PASS_MARK
    country_language: str = ""
    """The language of the country: of the second disclaimer, and offered for certificates."""
    run_by: str = ""
    """Who runs this installation and how to reach them, as /about says it."""
    support_url: str = ""
    """A page for who wants to help, linked from /about; nothing of it is there without."""
    group_url: str = ""
    """A group that the operator moderates outside: offered on request, after a second yes."""
    voice_command: str = ""
    """A program that reads text and writes WAV, for `pasito speak`; `{language}` in it is put
    in."""
    voice_encoder: str = ""
    """A program that reads WAV and writes Opus in Ogg, where it is not the one that is found."""
    channels: Mapping[str, Any] = field(default_factory=dict)
    """What channels have settings of their own (`Own`), by the channel's name."""

    def __post_init__(self) -> None:
        if not self.public_url:
            object.__setattr__(self, "public_url", f"http://127.0.0.1:{self.port}")

    @property
    def local(self) -> bool:
        """Whether only this machine can reach the service."""
        here = re.match(r"https?://(127\.0\.0\.1|localhost|\[::1\])(:|/|$)", self.public_url)
        return here is not None and self.host in ("127.0.0.1", "localhost", "::1")

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite+aiosqlite:///{self.data_dir / 'pasito.sqlite3'}"

    @property
    def admin_list(self) -> tuple[str, ...]:
        return tuple(admin.strip() for admin in self.admins.split(",") if admin.strip())

    @property
    def proxy_list(self) -> tuple[str, ...]:
        """Networks, as `ipaddress` reads them."""
        listed = (item.strip() for item in self.proxies.split(",") if item.strip())
        return tuple(
            network for item in listed for network in (_PRIVATE if item == "private" else (item,))
        )

    @property
    def language_list(self) -> tuple[str, ...]:
        return tuple(language.strip() for language in self.languages.split(",") if language.strip())


def load(
    environment: Mapping[str, str] | None = None,
    dotenv: Path = Path(".env"),
    channels: Collection[Own] = (),
) -> Settings:
    """The settings of this process: the environment wins over `.env`. Raises `SettingError`."""
    if environment is None:
        environment = {**_in_file(dotenv), **os.environ}
    kinds: dict[str, type[Any]] = {"": Settings}
    kinds |= {f"{own.name}_": own.kind for own in channels if own.kind}
    known = {f"{prefix}{name}": (prefix, name) for prefix, name in _fields(kinds)}
    given: dict[str, dict[str, Any]] = {prefix: {} for prefix in kinds}
    for name, value in _with_those_of_the_platform(environment).items():
        if not name.startswith(PREFIX) or value == "":
            continue
        if not value.isascii() and value != value.encode(errors="replace").decode():
            raise SettingError(f"{name} cannot be used: it is no text in UTF-8")
        key = name.removeprefix(PREFIX).lower()
        if key not in known:
            raise SettingError(_unknown(name, set(known)))
        prefix, own_name = known[key]
        given[prefix][own_name] = value
    read = {prefix: _converted(given[prefix], kind, prefix) for prefix, kind in kinds.items()}
    of_all: Settings = read.pop("")
    settings = replace(of_all, channels={p.removesuffix("_"): own for p, own in read.items()})
    _check(settings, channels)
    return settings


def _in_file(path: Path) -> dict[str, str]:
    """What `.env` sets. Raises `SettingError` where it or a line of it cannot be read: a setting
    is never silently not there."""
    if not path.exists():
        return {}
    try:
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise SettingError(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise SettingError(f"{path} cannot be read: save it as a text in UTF-8")
    for line in parse_stream(StringIO(text)):
        if line.error or (line.key and line.value is None):
            raise SettingError(
                f"{path}, line {line.original.line} cannot be read: it should be NAME=value, and a "
                "quote that opens has to close"
            )
    return {k: v for k, v in dotenv_values(stream=StringIO(text)).items() if v is not None}


def _fields(kinds: Mapping[str, type[Any]]) -> Iterator[tuple[str, str]]:
    for prefix, kind in kinds.items():
        yield from ((prefix, each.name) for each in fields(kind) if each.name != "channels")


def _converted(given: Mapping[str, Any], kind: type[Any], prefix: str) -> Any:
    try:
        return msgspec.convert(given, kind, strict=False, dec_hook=lambda _type, value: Path(value))
    except msgspec.ValidationError as error:
        raise SettingError(_sentence(error, prefix)) from error


def _with_those_of_the_platform(environment: Mapping[str, str]) -> dict[str, str]:
    """`PORT` and `DATABASE_URL` stand in where ours are absent; with a `PORT`, everybody may
    knock."""
    found = dict(environment)
    for theirs, ours in _PLATFORM.items():
        if environment.get(theirs) and not environment.get(ours):
            found[ours] = environment[theirs]
            if ours == "PASITO_PORT":
                found["PASITO_HOST"] = environment.get("PASITO_HOST") or "0.0.0.0"  # noqa: S104
                found["PASITO_PROXIES"] = (
                    environment.get("PASITO_PROXIES") or "private"
                )  # its router
    if url := found.get("PASITO_DATABASE_URL"):
        found["PASITO_DATABASE_URL"] = _with_our_drivers(url)
    return found


def _with_our_drivers(url: str) -> str:
    """`postgres://…?sslmode=require`, as platforms write it, in the form that the driver reads."""
    url = re.sub(r"^postgres(ql)?://", "postgresql+asyncpg://", url)
    url = re.sub(r"^sqlite://", "sqlite+aiosqlite://", url)
    return re.sub(r"(?<=[?&])sslmode=", "ssl=", url)


def _unknown(name: str, known: set[str]) -> str:
    nearest = get_close_matches(name.removeprefix(PREFIX).lower(), sorted(known), n=1, cutoff=0.6)
    hint = f"did you mean {PREFIX}{nearest[0].upper()}?" if nearest else "the README lists them all"
    return f"{name} is not a setting of Pasito: {hint}"


def _sentence(error: msgspec.ValidationError, prefix: str) -> str:
    what, _at, where = str(error).partition(" - at `$.")
    what = what.replace("Expected `float`", "expected a number").replace(
        "Expected `int`", "expected a whole number"
    )
    name = f"{prefix}{where.rstrip('`')}".upper()
    return f"{PREFIX}{name} cannot be used: {what.replace(', got `str`', '')}"


def is_address(text: str) -> bool:
    """Whether it can be asked: http or https, a host, and a port that there is."""
    try:
        return bool(
            re.fullmatch(r"https?://[^\s/?#]+[^\s?#]*", text)
            and urlsplit(text).hostname
            and urlsplit(text).port != 0
        )
    except ValueError:
        return False


def _is_page(text: str) -> bool:
    """An address that people open: what is asked behind `?` and `#` as well."""
    return not re.search(r"\s", text) and is_address(re.split(r"[?#]", text)[0])


def _is_url(url: str) -> bool:
    try:
        return not url or make_url(url) is not None
    except (ArgumentError, ValueError):
        return False


def _is_network(text: str) -> bool:
    try:
        ipaddress.ip_network(text)
    except ValueError:
        return False
    return True


def _check(settings: Settings, channels: Collection[Own]) -> None:
    if settings.database_url and not re.match(
        r"(sqlite\+aiosqlite|postgresql\+asyncpg)://", settings.database_url
    ):
        refuse("DATABASE_URL", "it must begin with postgresql+asyncpg:// or sqlite+aiosqlite://")
    if not _is_url(settings.database_url):
        refuse(
            "DATABASE_URL", "it looks like postgresql+asyncpg://user:password@host:5432/database"
        )
    for name, port in (("PORT", settings.port), ("WORKER_PORT", settings.worker_port)):
        if port is not None and not 1 <= port <= 65535:
            refuse(name, "it must be between 1 and 65535")
    if not is_address(settings.public_url) or "@" in settings.public_url:
        refuse("PUBLIC_URL", "it must be an address like https://learn.example.org")
    if settings.group_url and not _is_page(settings.group_url):
        refuse("GROUP_URL", "it must be an address like https://t.me/+AbCdEf")
    if settings.support_url and not _is_page(settings.support_url):
        refuse("SUPPORT_URL", "it must be an address like https://example.org/help-us")
    if not 0 <= settings.pass_mark <= 100:
        refuse("PASS_MARK", "it is a per cent between 0 and 100")
    if settings.secret_key and len(settings.secret_key) < 16:
        refuse("SECRET_KEY", "it needs at least 16 characters")
    if settings.zone not in available_timezones():
        refuse("ZONE", "it is a time zone like Europe/Paris")
    for proxy in settings.proxy_list:
        if not _is_network(proxy):
            refuse(
                "PROXIES",
                f"`{proxy}` should be an address or a network like 10.0.0.0/8, or the word private",
            )
    entries = "|".join(f"{own.name}:(?:{own.admin})" for own in channels if own.admin)
    for admin in settings.admin_list:
        if not re.fullmatch(entries, admin, re.ASCII):
            refuse(
                "ADMINS",
                f"`{admin}` should look like telegram:123456789; /whoami in the chat tells each "
                "person theirs",
            )
    for own in settings.channels.values():
        if check := getattr(own, "check", None):
            check(settings)
