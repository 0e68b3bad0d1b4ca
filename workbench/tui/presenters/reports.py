"""What a check of vault or bundle found, line by line; each begins with a sign, so that colour adds nothing new."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from workbench.tui.presenters.base import Cell, Words, label, one_line

if TYPE_CHECKING:
    from workbench.services.bundle_case import BundleReport
    from workbench.services.manage_evidence import Verification
    from workbench.services.verify_bundle import BundleCheck

SHOWN_HASH = 12


def _line(text: str, *, good: bool) -> Cell:
    return Cell(f"✓ {text}", "good") if good else Cell(f"✗ {text}", "bad")


def verification_lines(result: Verification, words: Words) -> tuple[Cell, ...]:
    """Say for every file and for the log whether it holds; the verdict comes first."""
    return tuple(_verification(result, words))


def _verification(result: Verification, words: Words) -> Iterator[Cell]:
    yield _line(words("evidence.all_hold" if result.ok else "evidence.broken_vault"), good=result.ok)
    yield Cell("")
    for file in sorted(result.files, key=lambda one: one.ok):
        reason = "" if file.ok else f"  {label(words, 'evidence.reason', file.reason)}"
        text = f"S{file.document.number} {one_line(file.document.file)}  {file.document.sha256[:SHOWN_HASH]}{reason}"
        yield _line(text, good=file.ok)
    for place in result.added:
        yield _line(f"{place}  {words('evidence.reason.added')}", good=False)
    yield _line(words("evidence.log_chain"), good=result.chain_ok)
    for fault in result.faults:
        yield _line(words(f"evidence.fault.{fault.code}", file=one_line(fault.file), number=fault.number), good=False)
    if result.head:
        yield Cell("")
        yield Cell(words("evidence.head", head=result.head), "muted")


def bundle_check_lines(check: BundleCheck, words: Words) -> tuple[Cell, ...]:
    """Say what holds in a bundle and what does not; the verdict comes first."""
    return tuple(_bundle_check(check, words))


def _bundle_check(check: BundleCheck, words: Words) -> Iterator[Cell]:
    yield _line(words("bundles.holds" if check.ok else "verify.broken"), good=check.ok)
    yield Cell(words("verify.case", name=one_line(check.name), engine=check.engine), "muted")
    yield Cell("")
    yield _line(words("verify.files", count=check.files), good=not check.faults)
    for fault in check.faults:
        yield Cell(f"    {label(words, 'bag_fault', fault.code)}: {one_line(fault.file)}", "bad")
    if check.redacted:
        yield Cell(f"· {words('verify.redacted')}")
    else:
        yield _line(words("verify.originals"), good=not check.unlike)
        yield from (Cell(f"    {one_line(name)}", "bad") for name in check.unlike)
        yield _line(words("verify.custody", count=check.entries, head=check.head), good=not check.custody)
        for one in check.custody:
            said = words(f"evidence.fault.{one.code}", file=one_line(one.file), number=one.number)
            yield Cell(f"    {said}", "bad")
    if check.reread is not None:
        yield _line(words("verify.reread"), good=not check.reread.differs)
        for name in check.reread.differs:
            yield Cell(f"    {words('verify.differently', file=one_line(name))}", "bad")
        for name, problem in check.reread.unreadable:
            said = words("verify.unreadable", file=one_line(name), why=problem.text(words.lang))
            yield Cell(f"  · {said}", "warn")
    if check.recomputed is not None:
        yield _line(words("verify.same" if check.recomputed else "verify.differs"), good=check.recomputed)
    elif check.why_not is not None:
        yield Cell(f"· {words('verify.not_recomputed', why=check.why_not.text(words.lang))}", "warn")


def bundle_lines(report: BundleReport, words: Words, *, redacted: bool) -> tuple[Cell, ...]:
    """Say what is in a bundle that was written, and what was masked."""
    lines = [Cell(f"✓ {report.path}", "good"), Cell("")]
    lines.append(Cell(words("bundle.contents", count=report.files, head=report.custody_head)))
    if redacted:
        listed = [f"{label(words, 'masked', kind)} {count}" for kind, count in report.masked.items()]
        lines += [
            Cell(""),
            Cell(words("bundle.masked", kinds=words("source.join").join(listed) or "0")),
            Cell(f"▲ {words('bundle.look')}", "warn"),
        ]
    return tuple(lines)
