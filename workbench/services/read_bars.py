"""Read the daily bars of one security from a file, without a case, by the same reader as the import."""

from __future__ import annotations

from pathlib import Path

from workbench.domain.market import Bar
from workbench.errors import UsageError
from workbench.services.map_columns import file_bytes


def read_bars(path: Path, code: str | None = None) -> tuple[Bar, ...]:
    """Return one security's daily bars with trading, by day.

    Args:
        path: a price file as `import` reads it (CSV, TXT, XLS, XLSX), not adjusted.
        code: six digits; None: the file holds one security only.

    Raises:
        InputError: the file cannot be opened, or is no price file.
        UsageError: several securities and no code, or none of this code.
    """
    from workbench.intake.prices import read_prices  # noqa: PLC0415  start fast
    from workbench.planning.market_series import daily  # noqa: PLC0415

    bars = read_prices(file_bytes(path), path.name, "").bars
    codes = sorted({bar.code for bar in bars if bar.time is None})
    wanted = code or (codes[0] if len(codes) == 1 else None)
    if wanted not in codes:
        listed = ", ".join(codes) or "-"
        raise UsageError(
            f"the file holds {listed}" if code is None else f"the file has no daily bars of {code}",
            where=str(path),
            next_step=f"Name one after the file, as FILE:CODE; it holds {listed}.",
            what_zh=f"文件含 {listed}" if code is None else f"文件中没有 {code} 的日线",
            next_step_zh=f"请在文件后注明一只，写成 文件:代码；文件含 {listed}。",
        )
    return daily(bars, wanted)
