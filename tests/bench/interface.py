"""How the terminal interface and the list of cases bear two hundred cases and a million postings."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench.crowd import CASES, LARGE, LINES, fill
from tests.bench.measure import Row, alone, megabytes, timed, wall
from tests.bench.starting import paint

DRIVE = """
import asyncio
from tests.bench import driven
done(**asyncio.run(getattr(driven, sys.argv[1])(*[int(text) if text.isdigit() else text for text in sys.argv[2:]])))
"""


def measure() -> Iterator[Row]:
    """Yield the rows of this part."""
    with tempfile.TemporaryDirectory() as name:
        seconds = timed(lambda: fill(Path(name)))
        yield Row("home filled", f"{seconds:.0f} s", f"{CASES} cases, {LINES:,} postings, synthetic")
        yield from measure_home(name)


def measure_home(home: str) -> Iterator[Row]:
    """Yield the rows over a home that is filled already."""
    workbench = [sys.executable, "-m", "workbench", "--home", home]
    subprocess.run([*workbench, "case", "list"], capture_output=True, check=True)
    times = wall([*workbench, "case", "list"], 7)
    yield Row(f"case list, {CASES} cases", f"{times[3]:.3f} s", f"best {times[0]:.3f} s; wanted < 1 s")
    painted = sorted(paint(home) for _ in range(5))
    yield Row("first paint, same home", f"{painted[2]:.3f} s", "process start to Ready; wanted < 1 s")
    ours = alone(DRIVE, "start", home)
    yield Row("list of cases usable", f"{ours['usable']:.3f} s", f"{ours['cases']:.0f} cases, {megabytes(ours)}")
    yield Row("typing in the search of cases", _fast(ours), _spread(ours))
    ours = alone(DRIVE, "ledger", home)
    yield Row(f"ledger of {LARGE:,}, first rows", f"{ours['first']:.2f} s", f"case opened {ours['opened']:.2f} s")
    yield Row(
        f"ledger of {LARGE:,}, recomputed", f"{ours['whole']:.1f} s", f"{ours['rows']:,.0f} rows, {megabytes(ours)}"
    )
    for what, key in (("tabs while it is recomputed", "during"), ("page down", "page"), ("filter", "filter")):
        part = {name.removeprefix(f"{key}_"): value for name, value in ours.items()}
        yield Row(f"ledger of {LARGE:,}, {what}", _fast(part), _spread(part))
    other = alone(DRIVE, "plain", str(LARGE))
    yield Row(
        f"DataTable of {LARGE:,}, page down",
        _fast(other),
        f"{_spread(other)}; filled {other['filled']:.1f} s, {megabytes(other)}",
    )


def _fast(values: dict[str, float]) -> str:
    return f"{values['p95'] * 1000:.0f} ms"


def _spread(values: dict[str, float]) -> str:
    spread = f"median {values['median'] * 1000:.0f} ms, worst {values['worst'] * 1000:.0f} ms"
    return f"95th percentile; {spread}; wanted < 50 ms"
