"""Whole cases by seed: ``python -m tests.simulator.generate OUT --seed 7 [--codes INT-RATE,FEE-STAMP] [--count N]``."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.simulator.book import Reject
from tests.simulator.deals import random_deal
from tests.simulator.layout import Layout, random_layout
from tests.simulator.model import Finding, SimCase
from tests.simulator.plan import FORCED_CODES, TIMED_CODES, fits, make_plan
from tests.simulator.simulation import Simulation
from tests.simulator.write_case import (
    contract_text,
    write_contract,
    write_notices,
    write_prices,
    write_statement,
    write_truth,
)

ATTEMPTS = 400


@dataclass(frozen=True, slots=True)
class Wish:
    """What is fixed about a case; None is left to chance."""

    codes: tuple[str, ...] = ()
    kind: str | None = None
    product: str | None = None
    fmt: str | None = None
    contract: str | None = None
    forced: bool = False
    """True for an account that is liquidated even where no mistake asks for it."""


def seeded(seed: int, attempt: int = 0) -> Random:
    """Return a reproducible source of chance."""
    return Random(f"{seed}/{attempt}")  # noqa: S311 - nothing secret is drawn


def simulate(seed: int, wish: Wish) -> tuple[SimCase, Layout, Random]:
    """Draw until a case carries exactly the wished mistakes.

    Raises:
        Reject: no draw in ``ATTEMPTS`` did.
    """
    for attempt in range(ATTEMPTS):
        random = seeded(seed, attempt)
        deal = random_deal(random, wish.kind, wish.product)
        if not all(fits(code, deal) for code in wish.codes):
            continue
        plan = make_plan(random, deal, wish.codes, force=wish.forced)
        layout = random_layout(random, deal, wish.fmt, wish.codes)
        try:
            case = Simulation(random, plan).run()
        except Reject:
            continue
        if "QTY-BREAK" in wish.codes and not _spoil_position(case, layout):
            continue
        if "CON-MATH" in wish.codes:
            case.findings.append(Finding("CON-MATH", None))
        if "ROW-GAP" in wish.codes and not _open_gap(case):
            continue
        case.overlap = bool(case.cuts) and not wish.codes and random.random() < 0.4
        return case, layout, random
    raise Reject(f"no case for {wish} in {ATTEMPTS} attempts")


def _open_gap(case: SimCase) -> bool:
    """Leave out the trades of some days before the cut; what follows from that for the bases is not settled."""
    cut = case.cuts[0] if case.cuts else 0
    gap = 0
    while gap < cut - 6 and case.postings[cut - gap - 1].kind in {"buy", "sell"}:
        gap += 1
    while gap and case.postings[cut - gap].date == case.postings[cut - gap - 1].date:
        gap -= 1
    if gap < 2 or case.postings[cut].date == case.postings[cut - 1].date:
        return False
    case.gap, case.bases_known = gap, False
    case.findings.append(Finding("ROW-GAP", None))
    return True


def _spoil_position(case: SimCase, layout: Layout) -> bool:
    """Print a share balance that is short by some lots on one code's last row."""
    held = [c for c, n in case.positions.items() if n >= 400]
    if not held or layout.format.startswith("pdf"):
        return False
    row = next(r for r in reversed(case.postings) if r.code == held[0] and r.kind in {"buy", "sell"})
    if row.position is None:
        return False
    if "position" not in layout.columns:
        layout.columns.insert(layout.columns.index("balance") + 1, "position")
        layout.headers["position"] = "股份余额"
    row.position -= 200
    case.findings.append(Finding("QTY-BREAK", row.date))
    return True


def write(seed: int, wish: Wish, folder: Path) -> SimCase:
    """Simulate a case and write its files into ``folder``."""
    case, layout, random = simulate(seed, wish)
    case.name = folder.name
    folder.mkdir(parents=True, exist_ok=True)
    fmt = wish.contract or random.choice(("txt", "docx", "pdf"))
    case.notes = [fmt, layout.format]
    write_contract(contract_text(case, random), folder, fmt)
    write_statement(case, layout, random, folder)
    write_prices(case, folder)
    forced = any(row.kind == "forced_sell" for row in case.postings)
    if forced or set(wish.codes) & {*FORCED_CODES, *TIMED_CODES}:
        write_notices(case, folder, random.choice(("log", "chat")))
    write_truth(case, folder)
    return case


def main() -> None:
    """Write cases from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=1)
    parser.add_argument("--codes", default="")
    parser.add_argument("--kind")
    parser.add_argument("--product")
    args = parser.parse_args()
    codes = tuple(code for code in args.codes.split(",") if code)
    for index in range(args.count):
        seed = args.seed + index
        write(seed, Wish(codes, args.kind, args.product), args.out / f"sim-{seed:05d}")


if __name__ == "__main__":
    main()
