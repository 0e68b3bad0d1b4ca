"""Files stand under their hash, are written whole, and an altered one is noticed."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from workbench.errors import NotFoundError, StoreError
from workbench.store.vault import Vault


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    """Return an empty vault."""
    return Vault(tmp_path / "vault")


def test_bytes_come_back(vault: Vault) -> None:
    digest, new = vault.put("对账单".encode())
    assert new
    assert digest == hashlib.sha256("对账单".encode()).hexdigest()
    assert vault.read(digest) == "对账单".encode()
    assert vault.put("对账单".encode()) == (digest, False)
    assert [name[-64:] for name in vault.names()] == [digest]
    assert vault.path(digest).stat().st_mode & 0o222 == 0


def test_an_altered_file_is_noticed_and_healed(vault: Vault) -> None:
    digest, _ = vault.put(b"truth")
    path = vault.path(digest)
    path.chmod(0o600)
    path.write_bytes(b"lies")
    assert vault.verify(digest) == "changed"
    with pytest.raises(StoreError, match="altered"):
        vault.read(digest)
    vault.put(b"truth")
    assert vault.verify(digest) == "ok"


def test_a_missing_file_is_named(vault: Vault) -> None:
    assert vault.verify("0" * 64) == "missing"
    with pytest.raises(NotFoundError):
        vault.read("0" * 64)


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "g" * 64, "0" * 63])
def test_only_hashes_name_files(vault: Vault, name: str) -> None:
    with pytest.raises(NotFoundError):
        vault.path(name)


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "vault").write_text("a file")
    with pytest.raises(StoreError):
        Vault(tmp_path / "vault").put(b"x")


def test_remains_of_a_killed_writer_are_swept(vault: Vault) -> None:
    kept, _ = vault.put(b"kept")
    loose, _ = vault.put(b"loose")
    (vault.path(kept).parent / ".incoming-1").write_bytes(b"half")
    assert vault.sweep({kept}) == 2
    assert [name[-64:] for name in vault.names()] == [kept]
    assert loose not in vault
