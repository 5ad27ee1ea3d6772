"""Where the programs of one user meet on disk."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from paperpath.errors import BadSetting


def shared_folder(cache: Path | None) -> Path:
    """The folder that all programs of the user share for gates and locks, made if need be.

    A read-only cache folder must not keep anybody from reading papers, so the system's folder for temporary files
    takes its place: all programs of the user still meet there.

    Raises:
        BadSetting: no folder can be written.
    """
    tried: list[str] = []
    for folder in (cache or default_cache(), Path(tempfile.gettempdir()) / f"paperpath-{_user()}"):
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            with tempfile.TemporaryFile(dir=folder):
                return folder
        except OSError as error:
            tried.append(f"{folder} ({error.strerror})")
    raise BadSetting(
        f"No folder for the lock that keeps requests apart: {'; '.join(tried)}. Name a cache folder to write to."
    )


def default_cache() -> Path:
    """The platform's cache folder for us."""
    from platformdirs import user_cache_path

    return user_cache_path("paperpath", appauthor=False)


def _user() -> str:
    return str(os.getuid()) if hasattr(os, "getuid") else os.environ.get("USERNAME", "user")
