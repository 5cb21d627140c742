"""Settings: environment (``CHASQUI_*``) over ``chasqui.toml`` over defaults. Only this room reads them."""

from __future__ import annotations

import os
import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from warehouse.records import LIMA

SETTINGS_FILE = "chasqui.toml"


class SettingsError(ValueError):
    """A setting is wrong; the message names it and where it stands."""


class Settings(BaseSettings):
    """Everything an operator can set. Every field is documented in docs/settings.md."""

    model_config = SettingsConfigDict(env_prefix="CHASQUI_", extra="forbid", frozen=True, protected_namespaces=())

    home: Path = Field(Path("data"), description="Folder in which everything is kept.")
    sources: Path | None = Field(None, description="Registry file; the shipped one when unset.")
    contact: str = Field("", description="Address or URL in the User-Agent, so that an outlet can write to you.")
    today: date | None = Field(
        None, description="Day to take for today in Lima; for demos and tests. Unset: the clock."
    )
    look_back_days: int = Field(3, ge=1, le=400, description="Days of the gazette a night asks for, today included.")
    delay_s: float | None = Field(
        None, ge=0, description="Seconds between two requests to a host, over the source's own."
    )
    allow_loopback: bool = Field(default=False, description="Let sources live on this machine; for the newsroom only.")
    keep_free_gb: float = Field(2, ge=0, description="Gigabytes of disk to leave free: with less nothing is fetched.")
    pages_per_source: int = Field(500, ge=1, description="Most pages a night asks of one source.")
    parallel_sources: int = Field(2, ge=1, le=16, description="Sources crawled at the same time.")
    workers: int = Field(2, ge=1, le=64, description="Processes that read archived pages.")
    scheduler: str = Field(
        "", description="Address of a Dask scheduler whose workers read WARC files; own processes when empty."
    )
    segments_at_once: int = Field(8, ge=1, description="WARC files out at a scheduler's workers at the same time.")
    cc_news_url: str = Field(
        "https://data.commoncrawl.org/", description="Where `chasqui backfill --cc-news` finds CC-NEWS."
    )
    request_timeout_s: float = Field(60, gt=0, description="Seconds after which one request is given up.")
    source_timeout_s: float = Field(3600, gt=0, description="Seconds after which one source's crawl is ended.")
    read_timeout_s: float = Field(30, gt=0, description="Seconds after which the reading of one page is given up.")
    model: str = Field("", description="Folder or Hugging Face id of a classifier; the shipped one when empty.")
    train_python: Path | None = Field(
        None, description="Python with the training requirements; nothing is retrained when unset."
    )
    train_work: Path | None = Field(
        None, description="Folder in which `chasqui train` pre-trained; the model in use learns on when unset."
    )
    train_corpus: Path | None = Field(None, description="Folder of the labelled corpus; the shipped one when unset.")
    train_epochs: int = Field(10, ge=1, le=100, description="Most passes over the corpus in a retraining.")
    retrain_cron: str = Field("0 9 1 * *", description="When `chasqui serve` retrains, in Lima's time.")
    warehouse_url: str = Field(
        "", description="Catalog of a DuckLake, `ducklake:postgres:…`; the file in the home when empty."
    )
    warehouse_files: Path | None = Field(
        None, description="Folder of that lake's tables, for all writers; `lake` in the home when unset."
    )
    poll_cron: str = Field("*/20 * * * *", description="When `chasqui serve` polls, in Lima's time.")
    nightly_cron: str = Field("0 2 * * *", description="When `chasqui serve` runs the night, in Lima's time.")
    digest_cron: str = Field("0 7 * * 1", description="When `chasqui serve` sends the digests, in Lima's time.")
    mail_cron: str = Field(
        "30 7-21 * * *", description="When `chasqui serve` tries again what waits and sends alerts, in Lima's time."
    )
    ping_url: SecretStr = Field(
        SecretStr(""), description="Address asked after a good night: a dead man's switch. None when empty."
    )
    metrics_file: Path | None = Field(
        None, description="Prometheus text file a run leaves; `metrics.prom` in the home when unset."
    )
    log_format: Literal["text", "json"] = Field("text", description="How runs log when no terminal watches.")
    groups: Path = Field(Path("groups.toml"), description="File of the groups that get a digest.")
    mail_from: str = Field("", description="Address mail is sent from; its domain names messages and lists.")
    mail_name: str = Field("Chasqui", description="Name beside that address.")
    mail_secret: SecretStr = Field(
        SecretStr(""), description="At least 32 characters that sign unsubscribe links; changing it breaks old links."
    )
    smtp_host: str = Field("", description="Mail server that takes our mail.")
    smtp_port: int = Field(587, ge=1, le=65535, description="Its port.")
    smtp_tls: Literal["starttls", "tls", "none"] = Field(
        "starttls", description="How the connection is sealed; none only for a server on this machine."
    )
    smtp_user: str = Field("", description="Name to log in with; no login when empty.")
    smtp_password: SecretStr = Field(SecretStr(""), description="Password; from the environment, not the file.")
    smtp_ca_file: Path | None = Field(None, description="Certificates to trust besides the system's own, PEM.")
    mail_per_minute: float = Field(120, ge=0, description="Most messages a minute; 0: as fast as the server takes.")
    mail_retry_s: float = Field(60, gt=0, description="Pause before a second try, doubled each time up to 30 minutes.")
    mail_patience_s: float = Field(3600, ge=0, description="Then what is still pending is left to the next run.")
    dkim_selector: str = Field(
        "",
        description="Name of the mail server's signing key, for `chasqui doctor` to look at; not looked at when empty.",
    )
    bounce_address: str = Field("", description="Takes what comes back, with +words; mail_from when empty.")
    bounce_mailbox: str = Field(
        "", description="Where that mail arrives: a Maildir's path, or imaps://USER@HOST/FOLDER; not read when empty."
    )
    bounce_password: SecretStr = Field(
        SecretStr(""), description="Password of that mailbox on a server; from the environment, not the file."
    )
    unsubscribe_address: str = Field("", description="Takes unsubscriptions by mail; bounce_address when empty.")
    permalink_base: str = Field(
        "", description="What an event's id follows in its permalink, as https://example.org/event/; none when empty."
    )
    data_licence: str = Field("CC-BY-4.0", description="SPDX name of the licence under which the data are published.")
    public_url: str = Field("", description="Base of `chasqui unsubscribe serve` as the world sees it; https.")
    operator_address: str = Field("", description="Who is told when a night fails or a digest is held back.")
    digest_stale_hours: float = Field(30, gt=0, description="Age of the last good night that holds digests back.")
    dashboard_host: str = Field(
        "127.0.0.1", description="Address the dashboard listens on; others than this machine's need a token."
    )
    dashboard_port: int = Field(8501, ge=1, le=65535, description="Its port.")
    dashboard_base_path: str = Field("", description="Path under which a proxy serves it.")
    dashboard_token: SecretStr = Field(
        SecretStr(""), description="What a link to the dashboard must carry as ?token=; nobody is asked when empty."
    )
    site_dir: Path | None = Field(
        None, description="Folder into which each good night writes the static edition; none when unset."
    )
    reviewers: dict[str, str] = Field(
        default_factory=dict, description="Sign-in name to hashed secret of those who may review on the dashboard."
    )
    prefect_timeout_s: float = Field(180, gt=0, description="Seconds a temporary Prefect server may take to start.")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments, then environment, then the file."""
        del dotenv_settings, file_secret_settings
        path = Path(os.environ.get("CHASQUI_CONFIG", SETTINGS_FILE))
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, toml_file=path)

    @property
    def user_agent(self) -> str:
        """How Chasqui names itself to a site."""
        contact = self.contact or "no contact set"
        return f"Chasqui/0.1 (news and legislation monitor; {contact})"

    def day(self) -> date:
        """Today in Lima."""
        return self.today or datetime.now(LIMA).date()


class Home:
    """Where things are kept, one name for each."""

    def __init__(self, root: Path) -> None:
        self.root = root.absolute()
        self.ops = self.root / "ops.sqlite"
        self.archive = self.root / "archive"
        self.hosts = self.root / "hosts"
        self.backfill = self.root / "backfill"
        self.batches = self.root / "batches"
        self.logs = self.root / "logs"
        self.warehouse = self.root / "warehouse.duckdb"
        self.lake = self.root / "lake"
        self.published = self.root / "chasqui.duckdb"
        self.search = self.root / "search"
        self.prefect = self.root / "prefect"
        self.journal = self.root / "journal"
        self.digests = self.root / "digest"
        self.training = self.root / "training"
        self.lock = self.root / "nightly.lock"
        self.metrics = self.root / "metrics.prom"

    def make(self) -> Home:
        """Create the folder, readable by its owner only, and in it those that stay so even if the owner opens it for others."""
        self.root.mkdir(parents=True, exist_ok=True)
        for folder in (self.root, self.batches, self.logs):
            folder.mkdir(exist_ok=True)
            folder.chmod(0o700)
        return self


def load_settings(**overrides: object) -> Settings:
    """The settings in force.

    Raises:
        SettingsError: an unknown or impossible setting, one line.
    """
    try:
        return Settings(**overrides)  # type: ignore[arg-type] - pydantic judges the values
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(p) for p in first["loc"])
        raise SettingsError(f"setting {name!r}: {first['msg']}, got {first.get('input')!r}") from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{os.environ.get('CHASQUI_CONFIG', SETTINGS_FILE)}: {error}") from error
