"""One planted mistake a case: how many are found, how many explained, how many false alarms.

    python -m tests.experiments.planted --cases 300 --clean 100 --seed 1 --jobs 2 [--engine-only] [--keep DIR]

With ``--engine-only`` the engine gets a perfect reading of the case; without it the files go through the importer.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import traceback
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path

from tests.experiments.compare import Outcome, compare
from tests.experiments.ideal import facts_of, serial_numbers
from tests.simulator.generate import Wish, simulate, write
from tests.simulator.model import SimCase
from tests.simulator.plan import ALL_CODES, INTEREST_CODES
from tests.simulator.truth import truth_of
from workbench.domain.audit import Audit, AuditOptions
from workbench.domain.case import CaseKind
from workbench.domain.reference import ReferenceTables
from workbench.engine.audit import run_audit as run_engine
from workbench.reference.loader import load_tables
from workbench.services.create_case import create_case
from workbench.services.import_documents import import_documents
from workbench.services.run_audit import compute_audit
from workbench.wiring import open_desk

CLEAN_SEED = 1_000_000
"""Clean cases have seeds of their own, far from the others."""


@dataclass(frozen=True, slots=True)
class Job:
    """One case of the experiment."""

    seed: int
    codes: tuple[str, ...]


@dataclass(slots=True)
class Result:
    """Its outcome; ``error`` where the product or the simulator stopped."""

    job: Job
    outcome: Outcome = field(default_factory=Outcome)
    error: str = ""
    about: str = ""


@cache
def tables() -> ReferenceTables:
    """The product's reference tables."""
    return load_tables()


def families_of(case: SimCase) -> dict[str, tuple[str, ...]]:
    """Words a right explanation holds, per code; the other codes are their own explanation."""
    explained = {code.removesuffix("-REPAID") for code in INTEREST_CODES}
    return {finding.code: finding.families for finding in case.findings if finding.code in explained}


def audit_ideal(job: Job, wish: Wish | None = None) -> tuple[Audit, SimCase]:
    """Let the engine audit a perfect reading."""
    case, layout, random = simulate(job.seed, wish or Wish(job.codes))
    case.name = f"sim-{job.seed}"
    case.notes = [layout.format]
    facts = facts_of(case, layout, serial_numbers(case, layout, random))
    return run_engine(facts, tables(), AuditOptions(), "experiment"), case


def audit_files(job: Job, folder: Path, wish: Wish | None = None) -> tuple[Audit, SimCase]:
    """Write the case's files and take them through importer, store and audit."""
    case = write(job.seed, wish or Wish(job.codes), folder)
    paths = sorted(path for path in folder.iterdir() if path.name != "truth.json")
    with tempfile.TemporaryDirectory(prefix="workbench-") as home:
        desk = open_desk(Path(home))
        create_case(desk, case.name, CaseKind(case.deal.kind))
        report = import_documents(desk, case.name, paths)
        failed = [f"{item.file}: {item.error}" for item in report.items if item.error]
        if failed:
            raise RuntimeError("; ".join(failed))
        return compute_audit(desk, case.name), case


def run(job: Job, *, engine_only: bool, keep: Path) -> Result:
    """Run one case; its files stay in ``keep`` when something differs."""
    result = Result(job)
    folder = keep / f"sim-{job.seed}"
    try:
        audit, case = audit_ideal(job) if engine_only else audit_files(job, folder)
        result.outcome = compare(audit, truth_of(case), families_of(case))
        result.about = f"{case.deal.kind} {case.deal.product} {case.deal.settlement} {' '.join(case.notes)}"
    except Exception:  # noqa: BLE001 - one broken case must not end the experiment; it is counted and shown
        result.error = traceback.format_exc(limit=-3)
    good = not result.error and result.outcome.clean
    if good and folder.exists():
        shutil.rmtree(folder)
    if not good:
        folder.mkdir(parents=True, exist_ok=True)
        lines = [f"{job.codes} seed {job.seed} {result.about}", *result.outcome.report(), result.error]
        (folder / "difference.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return result


def jobs_of(cases: int, clean: int, seed: int, codes: tuple[str, ...]) -> list[Job]:
    """Draw the experiment's cases: the codes in turn, so that each is planted about equally often."""
    planted = [Job(seed * 10_000 + i, (codes[i % len(codes)],)) for i in range(cases)]
    return planted + [Job(CLEAN_SEED + seed * 10_000 + i, ()) for i in range(clean)]


def table(results: list[Result]) -> str:
    """Per code: cases, findings wanted, found, explained, cases with a false alarm."""
    rows: dict[str, Counter[str]] = {}
    for result in results:
        row = rows.setdefault(result.job.codes[0] if result.job.codes else "(clean)", Counter())
        out = result.outcome
        row["cases"] += 1
        row["wanted"] += sum(out.wanted.values())
        row["found"] += sum(out.found.values())
        row["explained"] += sum(out.explained.values())
        row["missed"] += bool(out.missed)
        row["false"] += bool(out.false)
        row["lines"] += bool(out.lines)
        row["terms"] += bool(out.terms)
        row["bases"] += bool(out.bases)
        row["error"] += bool(result.error)
    names = ("cases", "wanted", "found", "explained", "missed", "false", "lines", "terms", "bases", "error")
    lines = [f"{'code':22}" + "".join(f"{name:>10}" for name in names)]
    total: Counter[str] = Counter()
    for code, row in sorted(rows.items()):
        lines.append(f"{code:22}" + "".join(f"{row[name]:>10}" for name in names))
        total.update(row)
    return "\n".join([*lines, f"{'total':22}" + "".join(f"{total[name]:>10}" for name in names)])


def summary(results: list[Result]) -> str:
    """The three figures of the target."""
    planted = [r for r in results if r.job.codes]
    clean = [r for r in results if not r.job.codes]
    wanted = sum(sum(r.outcome.wanted.values()) for r in planted)
    found = sum(sum(r.outcome.found.values()) for r in planted)
    explained = sum(sum(r.outcome.explained.values()) for r in planted)
    whole = sum(not r.error and not r.outcome.missed for r in planted)
    alarms = sum(len(r.outcome.false) for r in clean)
    broken = sum(bool(r.error) for r in results)
    return (
        f"cases with everything found {whole}/{len(planted)}; findings found {found}/{wanted}; "
        f"explained {explained}/{found}; false alarms on {len(clean)} clean cases {alarms}; could not run {broken}"
    )


def main() -> None:
    """Run the experiment from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=300)
    parser.add_argument("--clean", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--codes", default="")
    parser.add_argument("--engine-only", action="store_true")
    parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir()) / "planted")
    args = parser.parse_args()
    codes = tuple(args.codes.split(",")) if args.codes else ALL_CODES
    started = datetime.now(UTC)
    work = jobs_of(args.cases, args.clean, args.seed, codes)
    step = partial(run, engine_only=args.engine_only, keep=args.keep)
    with ProcessPoolExecutor(args.jobs) as pool:
        results = list(pool.map(step, work, chunksize=4))
    took = f"{len(results)} cases in {(datetime.now(UTC) - started).seconds} s; differing cases in {args.keep}"
    sys.stdout.write("\n".join([table(results), summary(results), took]) + "\n")


if __name__ == "__main__":
    main()
