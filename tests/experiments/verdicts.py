"""Verdicts on simulated forced sales: is what is called proven true, and is what is true found?

    python -m tests.experiments.verdicts --cases 200 --seed 1 [--files]

Half of the accounts are liquidated correctly, the others with one planted breach. The truth is the simulator's.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.experiments.planted import Job, audit_files, audit_ideal
from tests.simulator.generate import Wish
from tests.simulator.plan import FORCED_CODES, TIMED_CODES
from workbench.domain.findings import Verdict

FILE_CODES = tuple(sorted(code for code in FORCED_CODES if code.startswith("LIQ-")))
IDEAL_CODES = tuple(sorted((*FILE_CODES, *TIMED_CODES)))


def job_of(index: int, seed: int, codes: tuple[str, ...]) -> Job:
    """Return one account of the experiment: every second one is liquidated as agreed."""
    planted = (codes[index // 2 % len(codes)],) if index % 2 else ()
    return Job(seed * 10_000 + index, planted)


def run(cases: int, seed: int, *, files: bool) -> Counter[tuple[str, bool, Verdict]]:
    """Return how often each test answered what, by whether the breach was planted."""
    table: Counter[tuple[str, bool, Verdict]] = Counter()
    for index in range(cases):
        job = job_of(index, seed, FILE_CODES if files else IDEAL_CODES)
        wish = Wish(job.codes, forced=True)
        with tempfile.TemporaryDirectory(prefix="verdicts-") as folder:
            audit, case = audit_files(job, Path(folder), wish) if files else audit_ideal(job, wish)
        true = {finding.code for finding in case.findings}
        for test in audit.liquidation.tests:
            table[test.code, test.code in true, test.verdict] += 1
    return table


def report(table: Counter[tuple[str, bool, Verdict]]) -> str:
    """Write the confusion table: per test, verdicts where it was planted and where it was not."""
    heads = [f"{verdict.value:>12}" for verdict in Verdict]
    lines = [f"{'test':16}{'planted':>9}" + "".join(heads)]
    for code in sorted({key[0] for key in table}):
        for planted in (True, False):
            counts = [table[code, planted, verdict] for verdict in Verdict]
            if any(counts):
                lines.append(f"{code:16}{'yes' if planted else 'no':>9}" + "".join(f"{count:12}" for count in counts))
    wrong = sum(count for (_, planted, verdict), count in table.items() if verdict is Verdict.PROVEN and not planted)
    missed = sum(count for (_, planted, verdict), count in table.items() if planted and verdict is Verdict.NOT_FOUND)
    lines.append(f"proven and false: {wrong}; planted and not found: {missed}")
    return "\n".join(lines)


def main() -> None:
    """Run the experiment."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--files", action="store_true", help="take the files through the importer")
    args = parser.parse_args()
    sys.stdout.write(report(run(args.cases, args.seed, files=args.files)) + "\n")


if __name__ == "__main__":
    main()
