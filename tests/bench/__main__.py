"""Measure everything, or the parts that are named: ``python -m tests.bench starting interface``."""

from __future__ import annotations

import os
import platform
import sys
from importlib import import_module

PARTS = ("starting", "reading", "auditing", "documents", "interface")


def main(names: list[str]) -> int:
    """Print one line per measurement as soon as it is known; a part that fails says why and the others go on."""
    print(f"Python {platform.python_version()}, {os.cpu_count()} processors, {platform.machine()}\n")
    print(f"{'what':<34} {'result':>18}  note")
    print(f"{'-' * 34} {'-' * 18}  {'-' * 40}")
    failed = 0
    for name in names or PARTS:
        try:
            for row in import_module(f"tests.bench.{name}").measure():
                print(f"{row.name:<34} {row.value:>18}  {row.note}", flush=True)
        except Exception as error:  # noqa: BLE001 - one broken measurement must not hide the others
            failed += 1
            print(f"{name:<34} {'failed':>18}  {type(error).__name__}: {error}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
