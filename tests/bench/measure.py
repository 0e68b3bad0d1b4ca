"""Run a measurement in a process of its own: wall time, peak memory, and what it counted."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

PRELUDE = """
import json, resource, sys, time
def done(**values):
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps({**values, "peak_kb": peak if sys.platform != "darwin" else peak // 1024}))
"""


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    name: str
    value: str
    note: str = ""


def alone(code: str, *arguments: str) -> dict[str, float]:
    """Run code that ends with ``done(seconds=…, …)`` in a fresh interpreter; peak memory is added in KB."""
    ended = subprocess.run(
        [sys.executable, "-c", PRELUDE + code, *arguments], capture_output=True, text=True, check=False
    )
    if ended.returncode:
        raise RuntimeError(ended.stderr.strip().splitlines()[-1])
    values: dict[str, float] = json.loads(ended.stdout.splitlines()[-1])
    return values


def wall(command: Sequence[str], runs: int) -> list[float]:
    """Return the sorted wall seconds of so many runs of a command."""
    return sorted(timed(lambda: subprocess.run(command, capture_output=True, check=True)) for _ in range(runs))


def timed(action: Callable[[], object]) -> float:
    """Return the seconds an action takes."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def megabytes(values: dict[str, float]) -> str:
    """Write a peak memory."""
    return f"{values['peak_kb'] / 1024:,.0f} MB"
