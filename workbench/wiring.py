"""Settings, folders, database and clock become a desk; the only place that reads the environment or the clock."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from workbench import __version__
from workbench.services.desk import Desk

HOME_VARIABLE = "WORKBENCH_HOME"
DATABASE_VARIABLE = "WORKBENCH_DATABASE_URL"


def open_desk(home: Path | None = None, database_url: str | None = None) -> Desk:
    """Return the desk of one home folder; nothing is created before the first use case writes.

    Args:
        home: folder for database, vault and the user's own files; None: ``WORKBENCH_HOME``, else the platform's place.
        database_url: SQLAlchemy address; None: ``WORKBENCH_DATABASE_URL``, else SQLite in the home.
    """
    from workbench.store.store import Store  # noqa: PLC0415  --version must not wait for it
    from workbench.store.vault import Vault  # noqa: PLC0415

    folder = home_folder(home)
    url = database_url or os.environ.get(DATABASE_VARIABLE) or f"sqlite:///{folder / 'workbench.db'}"
    return Desk(
        store=Store(url),
        vault=Vault(folder / "vault"),
        home=folder,
        template_dirs=tuple(path for path in (folder / "templates", _resource("templates")) if path.is_dir()),
        sample_dir=_resource("sample_cases"),
        now=_now,
        engine_version=__version__,
    )


def home_folder(home: Path | None) -> Path:
    """Return the home: the one given, else of ``WORKBENCH_HOME``, else the platform's place; nothing is created."""
    chosen = str(home) if home is not None else os.environ.get(HOME_VARIABLE)
    if chosen:
        return Path(chosen).expanduser().absolute()
    from platformdirs import user_data_path  # noqa: PLC0415

    return user_data_path("workbench", appauthor=False)


def _resource(name: str) -> Path:
    """Return a shipped folder: inside the wheel, else at the root of an editable checkout."""
    package = Path(__file__).resolve().parent
    packaged = package / "_data" / name
    return packaged if packaged.is_dir() else package.parent / name


def _now() -> datetime:
    return datetime.now().astimezone()
