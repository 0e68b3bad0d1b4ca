"""Mutated statement files: does the importer crash, refuse, flag, or silently read something wrong?

    python -m tests.experiments.mutations --variants 500 --seed 1 [--cases DIR] [--keep DIR]

Each variant takes a shared case's statement through one to three of: columns shuffled, headers renamed from the alias
list, another file format or encoding, rows cut off, bytes cut off, junk rows inserted. A row of the result that is not
in the truth, or a row of the file that is not in the result, counts as silent where the statement carries no issue.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from random import Random

from tests.experiments.grids import Grid, Key, read_grid
from tests.simulator.generate import seeded
from tests.simulator.layout import ALIASES, Layout
from tests.simulator.write_tables import TABLE_WRITERS, Sheet
from workbench.domain.lines import Statement
from workbench.errors import WorkbenchError
from workbench.intake.layouts import Layouts, load_layouts
from workbench.intake.statements import read_statement

SHARED = Path(__file__).resolve().parents[3] / "shared" / "cases"
SILENT_KINDS = frozenset({"opening", "closing"})
ENCODINGS = ("gb18030", "utf-8", "utf-8-sig", "utf-16")
JUNK = (
    ("",),
    ("温馨提示:本对账单仅供参考,以系统数据为准",),
    ("第 2 页 共 3 页",),
    ("-----------------------------",),
    ("打印日期:2026-01-05", "", "操作员:0017"),
    ("备注:如有疑问请致电客服",),
)
Mutation = Callable[[Random, Grid], Grid]


def shuffle_columns(random: Random, grid: Grid) -> Grid:
    """Put the columns into another order."""
    order = random.sample(range(len(grid.header)), len(grid.header))

    def moved(row: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(row[i] if i < len(row) else "" for i in order)

    return replace(grid, header=moved(grid.header), body=tuple(map(moved, grid.body)), footer=())


def rename_headers(random: Random, grid: Grid) -> Grid:
    """Give columns other names of the alias list."""
    fields = {alias: field for field, aliases in ALIASES.items() for alias in aliases}

    def renamed(title: str) -> str:
        return random.choice(ALIASES[fields[title]]) if title in fields and random.random() < 0.7 else title

    return replace(grid, header=tuple(map(renamed, grid.header)))


def cut_rows(random: Random, grid: Grid) -> Grid:
    """Lose the end of the file."""
    return grid.keep(random.randint(5, len(grid.body)))


def insert_junk(random: Random, grid: Grid) -> Grid:
    """Insert rows that are no postings: notes, page marks, repeated headers."""
    body = list(grid.body)
    for _ in range(random.randint(1, 5)):
        row = grid.header if random.random() < 0.3 else random.choice(JUNK)
        body.insert(random.randint(1, len(body)), (*row, *[""] * (len(grid.header) - len(row))))
    return replace(grid, body=tuple(body))


MUTATIONS: dict[str, Mutation] = {
    "shuffled": shuffle_columns,
    "renamed": rename_headers,
    "cut": cut_rows,
    "junk": insert_junk,
}


def write_grid(random: Random, grid: Grid, folder: Path) -> tuple[Path, str]:
    """Write a grid in a random format and encoding; return the file and what it is."""
    plain = not any("(" in cell for row in grid.body for cell in row)
    chosen = random.choice(
        ("csv", "csv", "tabbed_xls", "xlsx", "html_xls") if plain else ("csv", "tabbed_xls", "html_xls")
    )
    encoding = random.choice(ENCODINGS)
    fields = {alias: field for field, aliases in ALIASES.items() for alias in aliases}
    columns = [fields.get(title, "remark") for title in grid.header]
    layout = Layout(chosen, columns, {}, {}, encoding=encoding, thousands=True)
    sheet = Sheet(
        layout,
        [list(r) for r in grid.preamble],
        list(grid.header),
        [list(r) for r in grid.body],
        [list(r) for r in grid.footer],
    )
    suffix, write = TABLE_WRITERS[chosen]
    path = folder / f"variant.{suffix}"
    write(sheet, path)
    return path, f"{chosen}/{encoding}" if chosen == "csv" else chosen


@dataclass(frozen=True, slots=True)
class Variant:
    """One mutated file and what became of it."""

    number: int
    case: str
    mutations: tuple[str, ...]
    verdict: str
    """``same``, ``flagged``, ``refused``, ``SILENT`` or ``CRASH``."""
    detail: str


def _judge(statement: Statement, wanted: Counter[Key], *, torn: bool) -> tuple[str, str]:
    got: Counter[Key] = Counter(
        (line.date.isoformat(), str(line.kind), line.stated)
        for line in statement.lines
        if line.kind not in SILENT_KINDS
    )
    extra, missing = got - wanted, wanted - got
    if not extra and (not missing or torn):
        return "same", ""
    detail = f"extra {list(extra.elements())[:3]} missing {list(missing.elements())[:3]}"
    return ("flagged" if statement.issues else "SILENT"), detail


def run_variant(number: int, seed: int, grids: list[Grid], layouts: Layouts, keep: Path) -> Variant:
    """Mutate, write, read, judge."""
    random = seeded(seed, number)
    grid = random.choice(grids)
    names = tuple(sorted(random.sample(sorted(MUTATIONS), random.randint(1, 3))))
    for name in (n for n in ("cut", "junk", "renamed", "shuffled") if n in names):
        grid = MUTATIONS[name](random, grid)
    with tempfile.TemporaryDirectory() as folder:
        path, form = write_grid(random, grid, Path(folder))
        data, torn = path.read_bytes(), random.random() < 0.15
        if torn:
            data = data[: int(len(data) * random.uniform(0.3, 0.98))]
    names = (*names, form, *(("torn",) if torn else ()))
    try:
        statement = read_statement(data, path.name, sha256(data).hexdigest(), layouts)
        verdict, detail = _judge(statement, grid.wanted, torn=torn)
    except WorkbenchError as error:
        verdict, detail = "refused", str(error)
    except Exception:  # noqa: BLE001 - a crash is a result of this experiment
        verdict, detail = "CRASH", traceback.format_exc(limit=-3)
    if verdict in {"SILENT", "CRASH"} or (verdict != "same" and not torn):
        keep.mkdir(parents=True, exist_ok=True)
        (keep / f"{number:04d}-{verdict}-{path.name}").write_bytes(data)
        (keep / f"{number:04d}-{verdict}.txt").write_text(f"{grid.name} {names}\n{detail}\n", encoding="utf-8")
    return Variant(number, grid.name, names, verdict, detail)


def table(variants: list[Variant]) -> str:
    """Verdicts per mutation."""
    verdicts = ("same", "flagged", "refused", "SILENT", "CRASH")
    rows: dict[str, Counter[str]] = {}
    for variant in variants:
        for name in (*variant.mutations, "total"):
            rows.setdefault(name, Counter())[variant.verdict] += 1
    lines = [f"{'mutation':18}" + "".join(f"{verdict:>10}" for verdict in verdicts)]
    lines += [f"{name:18}" + "".join(f"{row[v]:>10}" for v in verdicts) for name, row in sorted(rows.items())]
    return "\n".join(lines)


def main() -> None:
    """Run the experiment from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--variants", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cases", type=Path, default=SHARED)
    parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir()) / "mutations")
    args = parser.parse_args()
    grids = [g for g in (read_grid(path.parent) for path in sorted(args.cases.glob("*/truth.json"))) if g]
    layouts = load_layouts(None)
    variants = [run_variant(i, args.seed, grids, layouts, args.keep) for i in range(args.variants)]
    names = ", ".join(grid.name for grid in grids)
    sys.stdout.write(f"{len(variants)} variants of {len(grids)} statements ({names})\n{table(variants)}\n")


if __name__ == "__main__":
    main()
