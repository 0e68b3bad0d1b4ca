"""A bundle becomes a case of this desk again, to work on or to read only."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from workbench.errors import UsageError
from workbench.services.bundle_case import CASE_FILE, ORIGINALS
from workbench.services.desk import Desk
from workbench.services.store_files import storing_files
from workbench.services.verify_bundle import DATA, BundleCheck, read_json, verify_bundle


@dataclass(frozen=True, slots=True)
class OpenedBundle:
    """A case opened from a bundle."""

    name: str
    check: BundleCheck
    sealed: bool


def open_bundle(desk: Desk, path: Path, name: str | None = None, *, read_only: bool = False) -> OpenedBundle:
    """Restore a case from a bundle that verifies.

    Its custody log goes on from the last entry with one that names the bundle's hash.

    Args:
        desk: the desk.
        path: the bundle.
        name: name for the case here; None takes the one in the bundle.
        read_only: refuse every later change.

    Raises:
        UnreadableFileError: not a bundle, damaged, or hostile.
        UsageError: the bundle does not verify; nothing is stored.
        ConflictError: a case of that name is here.
    """
    from workbench.documents.bag import open_bag  # noqa: PLC0415  start fast

    check = verify_bundle(desk, path)
    if not check.ok:
        raise _unsound(path, check)
    chosen = (name or check.name).strip()
    with open_bag(path) as bag:
        extract = read_json(bag, CASE_FILE)
        originals = [entry for entry in bag.names if entry.startswith(f"{DATA}{ORIGINALS}/")]
        hashes = {hashlib.sha256(bag.read(entry)).hexdigest() for entry in originals}
    with open_bag(path) as bag, storing_files(desk, hashes) as unit:
        unit.cases.check_free(chosen)
        for entry in originals:
            desk.vault.put(bag.read(entry))
        key = unit.portable.restore(extract, chosen, desk.now(), sealed=read_only)
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        if not check.redacted:
            unit.custody.record(key, desk.now(), "opened", path.name, digest, "read only" if read_only else "as a case")
        unit.commit()
    return OpenedBundle(chosen, check, read_only)


def _unsound(path: Path, check: BundleCheck) -> UsageError:
    why = check.why_not
    return UsageError(
        "the bundle does not verify" + (f": {why.what}" if why else ""),
        where=path.name,
        next_step=f"`workbench verify {path.name}` says what is wrong with it.",
        what_zh="案件包未通过核对" + (f"：{why.what_zh}" if why else ""),
        next_step_zh=f"用 workbench verify {path.name} 查看问题所在。",
    )
