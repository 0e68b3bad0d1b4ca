"""Check a case bundle without the sender's database: files, log, list of files, and the figures made anew."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.domain.evidence import CustodyEvent, CustodyFault
from workbench.errors import InputError, WorkbenchError
from workbench.services.bundle_case import AUDIT_FILE, CASE_FILE, ORIGINALS, VERSIONS_FILE
from workbench.services.desk import Desk
from workbench.services.reread_bundle import Reread, reread
from workbench.store.custody_chain import custody_faults

if TYPE_CHECKING:
    from workbench.documents.bag import Bag, BagFault

DATA = "data/"


@dataclass(frozen=True, slots=True)
class BundleCheck:
    """What holds in a bundle and what does not."""

    path: Path
    name: str
    """Name of the case."""
    kind: str
    redacted: bool
    files: int
    """Originals in it."""
    entries: int
    """Entries of its custody log."""
    head: str
    """Digest of the last entry; compare it with one that the sender wrote down elsewhere."""
    faults: tuple[BagFault, ...]
    custody: tuple[CustodyFault, ...]
    unlike: tuple[str, ...]
    """Originals that are not the files the case lists."""
    recomputed: bool | None
    """True where the figures come out the same here; None where that was not tried or could not be."""
    why_not: WorkbenchError | None = None
    """What kept the figures from being made anew."""
    engine: str = ""
    """Version of the program that made the bundle."""
    reread: Reread | None = None
    """What the originals say when they are read again; None where that was not tried."""

    @property
    def ok(self) -> bool:
        """True where nothing was found wrong."""
        misread = self.reread is not None and self.reread.differs
        wrong = self.faults or self.custody or self.unlike or misread or self.recomputed is False
        return not wrong and not isinstance(self.why_not, InputError)


def verify_bundle(desk: Desk, path: Path, *, recompute: bool = True) -> BundleCheck:
    """Hold a bundle against its manifests, its log against its chain, and its figures against a recomputation.

    Nothing of the desk's own database is read or written.

    Args:
        desk: the desk, for its program version and folder of templates.
        path: the bundle.
        recompute: read the originals again, and make the audit anew from the data with the tables in the bundle.

    Raises:
        UnreadableFileError: not a bundle, damaged, or hostile.
    """
    from workbench.documents.bag import open_bag  # noqa: PLC0415  start fast

    with open_bag(path) as bag:
        faults = bag.faults()
        extract, versions = read_json(bag, CASE_FILE), read_json(bag, VERSIONS_FILE)
        redacted = versions.get("redacted") is True
        with _sound(path):
            log = tuple(_event(one) for one in extract["custody"])
            listed = {one["sha256"]: one["file"] for one in extract["documents"]}
            name, kind = str(extract["name"]), str(extract["case"]["kind"])
        head = log[-1].digest if log else ""
        check = BundleCheck(
            path=path,
            name=name,
            kind=kind,
            redacted=redacted,
            files=sum(one.startswith(f"{DATA}{ORIGINALS}/") for one in bag.names),
            entries=len(log),
            head=head,
            faults=faults,
            custody=() if redacted else _custody(bag, log, listed, head),
            unlike=() if redacted else tuple(_unlike(bag, listed)),
            recomputed=None,
            engine=str(versions.get("engine", "")),
        )
        if not recompute:
            return check
        if not redacted:
            places = {_digest(bag, name): name for name in bag.names if name.startswith(f"{DATA}{ORIGINALS}/")}
            with scratch_desk(desk) as other, _sound(path):
                check = replace(check, reread=reread(other, bag, extract, places))
        if extract.get("run") is None:
            return check
        return _recomputed(desk, check, extract, read_json(bag, AUDIT_FILE))


def read_json(bag: Bag, name: str) -> dict[str, Any]:
    """Return one of the bundle's JSON files.

    Raises:
        UnreadableFileError: it is missing or no JSON object.
    """
    from workbench.documents.bag import refuse  # noqa: PLC0415

    try:
        value = json.loads(bag.read(f"{DATA}{name}"))
    except (ValueError, RecursionError) as problem:
        refuse(name, f"its JSON cannot be read: {problem}", f"JSON 无法读取：{problem}")
    if not isinstance(value, dict):
        refuse(name, "it holds no JSON object", "内容不是 JSON 对象")
    return value


@contextmanager
def scratch_desk(desk: Desk) -> Iterator[Desk]:
    """Yield a desk on an empty database that is gone afterwards."""
    from workbench.store.store import Store  # noqa: PLC0415
    from workbench.store.vault import Vault  # noqa: PLC0415

    with tempfile.TemporaryDirectory(prefix="workbench-") as folder:
        home = Path(folder)
        made = replace(desk, store=Store(f"sqlite:///{home / 'check.db'}"), vault=Vault(home / "vault"), home=home)
        try:
            yield made
        finally:
            made.close()


def _recomputed(desk: Desk, check: BundleCheck, extract: dict[str, Any], stated: dict[str, Any]) -> BundleCheck:
    from workbench.services.rerun_audit import figures, rerun_audit  # noqa: PLC0415

    name = "bundle"
    try:
        with scratch_desk(desk) as other, _sound(check.path):
            with other.store.write() as unit:
                unit.portable.restore(extract, name, other.now(), sealed=True)
                unit.commit()
            number = int(extract["run"]["number"])
            found = rerun_audit(other, name, number).result
    except WorkbenchError as problem:
        return replace(check, why_not=problem)
    found = {**found, "case": {**found["case"], "name": check.name}}
    return replace(check, recomputed=figures(found) == figures(stated))


@contextmanager
def _sound(path: Path) -> Iterator[None]:
    """Turn values that do not fit into one plain error."""
    try:
        yield
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        raise InputError(
            f"the case data in the bundle do not fit together: {type(problem).__name__} {problem}",
            where=f"{path.name}/{CASE_FILE}",
            next_step="Ask the sender for the bundle as `workbench bundle` wrote it.",
            what_zh=f"案件包中的案件数据不完整或被改动：{problem}",
            next_step_zh="请向发送方索取由 workbench bundle 原样生成的文件。",
        ) from problem


def _custody(bag: Bag, log: tuple[CustodyEvent, ...], listed: dict[str, str], head: str) -> tuple[CustodyFault, ...]:
    faults = custody_faults(log, listed)
    stated = bag.info().get("Custody-Head", "")
    return faults if stated == head else (*faults, CustodyFault("head", number=len(log)))


def _unlike(bag: Bag, listed: dict[str, str]) -> Iterator[str]:
    """Yield originals that the case does not list and listed files that are not there."""
    found = set()
    for name in bag.names:
        if name.startswith(f"{DATA}{ORIGINALS}/"):
            digest = _digest(bag, name)
            found.add(digest)
            if digest not in listed:
                yield name.removeprefix(DATA)
    yield from (file for sha256, file in listed.items() if sha256 not in found)


def _digest(bag: Bag, name: str) -> str:
    return hashlib.sha256(bag.read(name)).hexdigest()


def _event(one: dict[str, Any]) -> CustodyEvent:
    texts = (str(one[key]) for key in ("action", "file", "sha256", "detail", "previous", "digest"))
    return CustodyEvent(int(one["number"]), datetime.fromisoformat(one["at"]), *texts)
