"""How soon the program answers: version, help, first paint of the terminal interface."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.measure import Row, wall

SCRIPT = Path(sys.executable).with_name("workbench")
PAINT = """
import sys
from pathlib import Path
from textual import events
from workbench.tui.app import WorkbenchApp
from workbench.tui.lazy import LazyBackend
from workbench.wiring import open_desk

def on_ready(self, event: events.Ready) -> None:
    self.exit()

WorkbenchApp.on_ready = on_ready
WorkbenchApp(LazyBackend(lambda: open_desk(Path(sys.argv[1]))), "zh").run(headless=True, size=(120, 40))
"""


def measure() -> Iterator[Row]:
    """Yield the rows of this part."""
    for words, target in ((["--version"], "< 0.3 s"), (["--help"], "")):
        times = wall([str(SCRIPT), *words], 15)
        note = f"best {times[0]:.3f} s, worst {times[-1]:.3f} s of 15{f'; wanted {target}' if target else ''}"
        yield Row(f"workbench {' '.join(words)}", f"{times[7]:.3f} s", note)
    with tempfile.TemporaryDirectory() as home:
        subprocess.run([str(SCRIPT), "--home", home, "case", "new", "bench"], capture_output=True, check=True)
        times = wall([str(SCRIPT), "--home", home, "case", "list"], 7)
        yield Row("workbench case list", f"{times[3]:.3f} s", "opens the database")
        painted = sorted(paint(home) for _ in range(5))
        yield Row("terminal interface, first paint", f"{painted[2]:.3f} s", "process start to Ready; wanted < 1 s")


def paint(home: str) -> float:
    """Return the seconds from the start of the process to its first frame."""
    start = time.perf_counter()
    ended = subprocess.run([sys.executable, "-c", PAINT, home], capture_output=True, text=True, check=False)
    if ended.returncode:
        raise RuntimeError(ended.stderr.strip().splitlines()[-1])
    return time.perf_counter() - start
