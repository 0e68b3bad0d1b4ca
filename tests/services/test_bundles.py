"""A bundle carries a case whole, verifies without a database, and shows every trick that was tried on it."""

from __future__ import annotations

import hashlib
import json
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path
from unicodedata import normalize

import pytest

from workbench.documents.bag import MANIFEST, ROOT, TAG_MANIFEST
from workbench.domain.case import CaseKind, DocumentKind
from workbench.errors import ConflictError, UnreadableFileError, UsageError
from workbench.services.bundle_case import bundle_case
from workbench.services.create_case import create_case
from workbench.services.desk import Desk
from workbench.services.edit_terms import set_terms
from workbench.services.import_documents import import_documents
from workbench.services.manage_evidence import add_note, verify_evidence
from workbench.services.open_bundle import open_bundle
from workbench.services.read_case import get_case, list_custody, list_documents
from workbench.services.render_document import render_document, set_fields
from workbench.services.run_audit import compute_audit
from workbench.services.verify_bundle import BundleCheck, scratch_desk, verify_bundle

CASE = "王某案"
SAMPLES = Path(__file__).parents[2] / "sample_cases"
Files = dict[str, bytes]


@pytest.fixture
def bundle(desk: Desk, tmp_path: Path) -> Path:
    """Return the bundle of a case with a file whose name has two Unicode forms."""
    create_case(desk, CASE, CaseKind.OFF_EXCHANGE)
    note = tmp_path / normalize("NFC", "Gespräch é.txt")
    note.write_text("2025-01-01 客服：已平仓", encoding="utf-8")
    import_documents(desk, CASE, [SAMPLES / "off-exchange-forced-sale" / "inputs"])
    import_documents(desk, CASE, [note], as_kind=DocumentKind.EVIDENCE)
    return bundle_case(desk, CASE, tmp_path / "case.zip").path


def unpacked(path: Path) -> Files:
    with zipfile.ZipFile(path) as archive:
        return {name.removeprefix(f"{ROOT}/"): archive.read(name) for name in archive.namelist()}


def packed(path: Path, files: Files, *, honest: bool = True) -> Path:
    """Write the files as a bag; an honest forger brings the manifests up to date."""
    if honest:
        sums = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
        listing = "".join(f"{sums[name]}  {name}\n" for name in files if name.startswith("data/"))
        files[MANIFEST] = listing.encode()
        tags = [name for name in files if not name.startswith("data/") and name != TAG_MANIFEST]
        files[TAG_MANIFEST] = "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in tags).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(f"{ROOT}/{name}", data)
    return path


def test_an_untouched_bundle_verifies_without_touching_the_desk(bundle: Path, desk: Desk) -> None:
    with scratch_desk(desk) as stranger:
        check = verify_bundle(stranger, bundle)
        assert not stranger.home.joinpath("check.db").exists()
    assert check.ok
    assert (check.name, check.files, check.recomputed) == (CASE, len(list_documents(desk, CASE)), True)


def test_an_opened_case_is_the_same_case_and_its_log_goes_on(bundle: Path, desk: Desk) -> None:
    with scratch_desk(desk) as other:
        opened = open_bundle(other, bundle, "他处")
        assert not opened.sealed
        audit = compute_audit(other, "他处")
        here = compute_audit(desk, CASE)
        assert (audit.lines, audit.findings, audit.bases) == (here.lines, here.findings, here.bases)
        assert verify_evidence(other, "他处").ok
        actions = [event.action for event in list_custody(other, "他处")]
        assert actions[-2:] == ["opened", "verified"]
        set_terms(other, "他处", {"rate": "0.1"})
        with pytest.raises(ConflictError):
            open_bundle(other, bundle, "他处")


def test_a_case_opened_for_reading_refuses_every_change(bundle: Path, desk: Desk, tmp_path: Path) -> None:
    with scratch_desk(desk) as other:
        open_bundle(other, bundle, read_only=True)
        assert get_case(other, CASE).sealed
        before = compute_audit(other, CASE).findings
        more = tmp_path / "更多.txt"
        more.write_text("x" * 50)
        for change in (
            lambda: set_terms(other, CASE, {"rate": "0.1"}),
            lambda: set_fields(other, CASE, {"court": "某法院"}),
            lambda: import_documents(other, CASE, [more], as_kind=DocumentKind.EVIDENCE),
            lambda: add_note(other, CASE, "抄送"),
            lambda: render_document(other, CASE, "demand_letter", tmp_path / "函.pdf", {"court": "某法院"}),
        ):
            with pytest.raises(ConflictError, match="reading only"):
                change()
        assert not (tmp_path / "函.pdf").exists()
        assert compute_audit(other, CASE).findings == before
        assert verify_evidence(other, CASE).ok
        assert render_document(other, CASE, "demand_letter", tmp_path / "函.pdf").path.exists(), "reading includes this"


def edited(name: str, old: bytes, new: bytes) -> Callable[[Files], Files]:
    def change(files: Files) -> Files:
        assert old in files[name], f"{old!r} not in {name}"
        return {**files, name: files[name].replace(old, new, 1)}

    return change


def first_original(files: Files) -> str:
    return next(name for name in files if name.startswith("data/originals/"))


def renamed(files: Files) -> Files:
    name = first_original(files)
    return {(f"{name}x" if key == name else key): data for key, data in files.items()}


def normalized(files: Files) -> Files:
    return {normalize("NFD", name): data for name, data in files.items()}


def swapped(files: Files) -> Files:
    return {**files, first_original(files): b"%PDF-1.4 a nicer contract"}


def reordered(files: Files) -> Files:
    case = json.loads(files["data/case.json"])
    log = case["custody"]
    log[0]["number"], log[1]["number"] = log[1]["number"], log[0]["number"]
    log[0], log[1] = log[1], log[0]
    return {**files, "data/case.json": json.dumps(case).encode()}


def shortened(files: Files) -> Files:
    case = json.loads(files["data/case.json"])
    del case["custody"][-1]
    return {**files, "data/case.json": json.dumps(case).encode()}


def cheaper(files: Files) -> Files:
    """Change one figure of the ledger in the data, as someone would who wants another result."""
    case = json.loads(files["data/case.json"])
    line = next(
        line for document in case["documents"] for line in document.get("lines", []) if line["kind"] == "interest"
    )
    line["stated"] = "-1.00"
    return {**files, "data/case.json": json.dumps(case).encode()}


def consistent(files: Files) -> Files:
    """Change what a message said in the data alone: no figure moves, only the original still tells."""
    case = json.loads(files["data/case.json"])
    notice = next(one for document in case["documents"] for one in document.get("notices", []))
    notice["words"] = "已多次通知客户"
    return {**files, "data/case.json": json.dumps(case).encode()}


@pytest.mark.parametrize(
    ("change", "honest", "found"),
    [
        (edited("data/audit.json", b'"overcharged"', b'"overcharged "'), False,
         lambda c: c.faults[0].code == "changed"),
        (lambda files: {k: v for k, v in files.items() if k != first_original(files)}, False,
         lambda c: c.faults[0].code == "missing"),
        (lambda files: {**files, "data/originals/S9-x.pdf": b"x"}, False, lambda c: c.faults[0].code == "added"),
        (lambda files: {**files, "notes.txt": b"x"}, False, lambda c: c.faults[0].code == "added"),
        (renamed, False, lambda c: {one.code for one in c.faults} == {"missing", "added"}),
        (normalized, False, lambda c: {one.code for one in c.faults} == {"form"}),
        (edited(MANIFEST, b"  data/", b"??data/"), False, lambda c: {one.code for one in c.faults} >= {"manifest"}),
        (edited("bag-info.txt", b"Custody-Head: ", b"Custody-Head: 0"), True, lambda c: c.custody[0].code == "head"),
        (swapped, True, lambda c: len(c.unlike) == 2),
        (lambda files: {**files, "data/originals/S9-x.pdf": b"x"}, True, lambda c: c.unlike == ("originals/S9-x.pdf",)),
        (reordered, True, lambda c: c.custody[0].code == "chain"),
        (shortened, True, lambda c: "head" in {one.code for one in c.custody}),
        (edited("data/case.json", b'"action": "imported"', b'"action": "copied"'), True,
         lambda c: c.custody[0].code == "chain"),
        (cheaper, True, lambda c: c.recomputed is False and c.reread.differs == ("statement.pdf",)),
        (consistent, True, lambda c: c.recomputed is not False and c.reread.differs == ("notices.txt",)),
        (edited("data/audit.json", b'"delta": "', b'"delta": "1'), True, lambda c: c.recomputed is False),
    ],
)  # fmt: skip
def test_every_trick_is_found(
    bundle: Path,
    desk: Desk,
    tmp_path: Path,
    change: Callable[[Files], Files],
    honest: bool,
    found: Callable[[BundleCheck], bool],
) -> None:
    forged = packed(tmp_path / "forged.zip", change(unpacked(bundle)), honest=honest)
    check = verify_bundle(desk, forged)
    assert not check.ok
    assert found(check), check
    with scratch_desk(desk) as other, pytest.raises(UsageError):
        open_bundle(other, forged)


def entry(name: str, data: bytes = b"x", mode: int = stat.S_IFREG | 0o644) -> tuple[zipfile.ZipInfo, bytes]:
    info = zipfile.ZipInfo(name)
    info.external_attr = mode << 16
    info.compress_type = zipfile.ZIP_DEFLATED
    return info, data


@pytest.mark.parametrize(
    ("entries", "why"),
    [
        ([entry("../evil.txt")], "leads out"),
        ([entry("/etc/passwd")], "leads out"),
        ([entry(f"{ROOT}/data/../../evil")], "leads out"),
        ([entry(f"{ROOT}\\data\\evil")], "hide"),
        ([entry("C:/evil")], "leads out"),
        ([entry(f"{ROOT}/data/a\u0001b")], "hide"),
        ([entry(f"{ROOT}/data/link", b"/etc/passwd", stat.S_IFLNK | 0o777)], "link"),
        ([entry(f"{ROOT}/data/pipe", b"", stat.S_IFIFO | 0o644)], "link"),
        ([entry(f"{ROOT}/data/a.txt"), entry(f"{ROOT}/data/A.TXT")], "twice"),
        ([entry(f"{ROOT}/data/é.txt"), entry(f"{ROOT}/data/{normalize('NFD', 'é')}.txt")], "twice"),
        ([entry(f"{ROOT}/data/bomb", b"\0" * 64_000_000)], "unpacks to"),
        ([entry("other/data/a.txt")], "does not belong"),
        ([], "missing"),
    ],
)
def test_hostile_archives_are_refused(
    desk: Desk, tmp_path: Path, entries: list[tuple[zipfile.ZipInfo, bytes]], why: str
) -> None:
    path = tmp_path / "hostile.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for info, data in entries:
            archive.writestr(info, data, zipfile.ZIP_DEFLATED)
    with pytest.raises(UnreadableFileError, match=why):
        verify_bundle(desk, path)
    assert not (tmp_path / "evil.txt").exists()


def test_twins_damage_and_other_files_are_refused(desk: Desk, bundle: Path, tmp_path: Path) -> None:
    twin = tmp_path / "twin.zip"
    with zipfile.ZipFile(twin, "w") as archive:
        archive.writestr(f"{ROOT}/data/case.json", b"{}")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr(f"{ROOT}/data/case.json", b"{}")
    cut, text = tmp_path / "cut.zip", tmp_path / "text.zip"
    cut.write_bytes(bundle.read_bytes()[:-500])
    text.write_bytes(b"hello")
    for path in (twin, cut, text, tmp_path / "none.zip"):
        with pytest.raises(UnreadableFileError):
            verify_bundle(desk, path)


@pytest.mark.parametrize("sample", sorted(path.name for path in SAMPLES.iterdir() if path.is_dir()))
def test_a_redacted_bundle_names_nobody_and_still_computes(desk: Desk, tmp_path: Path, sample: str) -> None:
    create_case(desk, CASE, CaseKind.BROKER_MARGIN if sample.startswith("broker") else CaseKind.OFF_EXCHANGE)
    import_documents(desk, CASE, [SAMPLES / sample / "inputs"])
    set_fields(desk, CASE, {"phone": "13800138000", "id_number": "110101199003070011", "bank_account": "6222020200"})
    terms = compute_audit(desk, CASE).terms
    report = bundle_case(desk, CASE, tmp_path / "r.zip", redact=True)
    everything = b"".join(unpacked(report.path).values()).decode()
    known = [terms.text(key) for key in ("client", "financier", "account", "contract_no")]
    for secret in (*known, "13800138000", "110101199003070011", "6222020200", CASE):
        assert secret is None or secret not in everything
    assert report.masked["name"] >= 2
    assert report.masked["number"] >= 4
    assert not any(name.startswith("data/originals") for name in unpacked(report.path))
    check = verify_bundle(desk, report.path)
    assert check.ok
    assert check.recomputed


def test_a_case_without_statement_can_be_sent(desk: Desk, tmp_path: Path, folder: Path) -> None:
    create_case(desk, CASE, CaseKind.OFF_EXCHANGE)
    import_documents(desk, CASE, [folder / "合同.txt"])
    check = verify_bundle(desk, bundle_case(desk, CASE, tmp_path / "c.zip").path)
    assert check.ok
    assert check.recomputed is None
    with pytest.raises(UsageError, match=r"\.zip"):
        bundle_case(desk, CASE, tmp_path / "c.rar")
