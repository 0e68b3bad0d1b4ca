"""Content-addressed copies of every imported file: written once, read-only, verified on every read."""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
from collections.abc import Collection, Iterator
from pathlib import Path

from workbench.errors import NotFoundError, StoreError
from workbench.store.failures import disk_errors

INCOMING = ".incoming-"
"""Prefix of files that are being written; one left behind by a killed process is never read."""


class Vault:
    """Files under ``root/ab/abcdef…`` by the SHA-256 of their bytes."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def path(self, sha256: str) -> Path:
        """Return where a file with this hash stands, whether it is there or not."""
        if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):  # noqa: PLR2004  hex digits of SHA-256
            raise NotFoundError(f"not a SHA-256: {sha256[:80]}", what_zh=f"不是 SHA-256：{sha256[:80]}")
        return self.root / sha256[:2] / sha256

    def __contains__(self, sha256: str) -> bool:
        return self.path(sha256).is_file()

    def put(self, data: bytes) -> tuple[str, bool]:
        """Store bytes; return their hash and whether they are new here.

        A copy that was altered on disk is replaced by the true bytes.

        Raises:
            StoreError: the disk is full or the folder cannot be written; nothing is left.
        """
        digest = hashlib.sha256(data).hexdigest()
        target = self.path(digest)
        with disk_errors(self.root):
            if target.is_file():
                if hashlib.sha256(target.read_bytes()).hexdigest() == digest:
                    return digest, False
                target.unlink()
            self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
            target.parent.mkdir(exist_ok=True, mode=0o700)
            self._write(target, data)
        return digest, True

    def announce(self, hashes: Collection[str]) -> Path:
        """Write down which files are about to be stored, before any is; return the note to take away at the end.

        A process killed in between leaves the note, and ``settle`` knows its files from those that somebody slipped in.
        """
        with disk_errors(self.root):
            self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle, name = tempfile.mkstemp(prefix=INCOMING, suffix=".list", dir=self.root)
            with os.fdopen(handle, "w", encoding="ascii") as stream:
                stream.write("\n".join(sorted(hashes)))
                stream.flush()
                os.fsync(stream.fileno())
        return Path(name)

    def settle(self, keep: Collection[str]) -> None:
        """Remove what killed imports announced and stored but no database took. Needs the write lock."""
        with disk_errors(self.root):
            for note in sorted(self.root.glob(f"{INCOMING}*.list")):
                for sha256 in note.read_text(encoding="ascii", errors="replace").split():
                    if sha256 not in keep:
                        self.remove(sha256)
                note.unlink(missing_ok=True)

    def read(self, sha256: str) -> bytes:
        """Return the bytes, held against their hash.

        Raises:
            NotFoundError: no such file.
            StoreError: the bytes no longer give the hash.
        """
        state, data = self._load(sha256)
        if state == "missing":
            raise NotFoundError(
                f"the vault has no file {sha256[:12]}…",
                where=str(self.path(sha256)),
                next_step="Restore the file from a backup or import it again.",
                what_zh=f"证据库中没有文件 {sha256[:12]}…",
                next_step_zh="请从备份恢复该文件，或重新导入。",
            )
        if state == "changed":
            raise StoreError(
                f"a file in the vault was altered: {sha256[:12]}…",
                where=str(self.path(sha256)),
                next_step="Import the original again; the true bytes then replace the altered ones.",
                what_zh=f"证据库中的文件被改动：{sha256[:12]}…",
                next_step_zh="请重新导入原文件，系统会以原始内容替换被改动的副本。",
            )
        return data

    def verify(self, sha256: str) -> str:
        """Return ``ok``, ``missing`` or ``changed``."""
        return self._load(sha256)[0]

    def remove(self, sha256: str) -> None:
        """Take a file away; nothing happens where it is not there."""
        with disk_errors(self.root):
            self.path(sha256).unlink(missing_ok=True)

    def names(self) -> Iterator[str]:
        """Yield the place under the root of everything in the vault but the remains of killed writers."""
        for path in sorted(self.root.rglob("*")):
            if not path.is_dir() and not path.name.startswith(INCOMING):
                yield path.relative_to(self.root).as_posix()

    def strangers(self, known: Collection[str]) -> list[str]:
        """Return the places of files that nobody put here: an unknown hash, or a known one where it does not belong."""
        right = {self.path(sha256).relative_to(self.root).as_posix() for sha256 in known}
        return [name for name in self.names() if name not in right]

    def sweep(self, keep: Collection[str]) -> int:
        """Remove files that no case holds and remains of killed writers; return how many. Needs the write lock."""
        removed = 0
        for folder in sorted(self.root.glob("??")):
            for path in folder.iterdir():
                if path.name not in keep:
                    path.unlink(missing_ok=True)
                    removed += 1
        return removed

    def _load(self, sha256: str) -> tuple[str, bytes]:
        path = self.path(sha256)
        with disk_errors(self.root):
            try:
                data = path.read_bytes()
            except FileNotFoundError:
                return "missing", b""
        return ("ok" if hashlib.sha256(data).hexdigest() == sha256 else "changed"), data

    def _write(self, target: Path, data: bytes) -> None:
        handle, name = tempfile.mkstemp(prefix=INCOMING, dir=target.parent)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            temporary = Path(name)
            temporary.chmod(stat.S_IRUSR)
            temporary.replace(target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
