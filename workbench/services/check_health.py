"""Is everything in place: database, vault, fonts, optional parts, dated tables."""

from __future__ import annotations

import importlib.util
import os
import platform
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from workbench.errors import WorkbenchError
from workbench.readers.extras import install_command
from workbench.services.desk import Desk

OLDEST_PYTHON = (3, 11)
LITTLE_SPACE = 200 * 1024 * 1024
"""Bytes below which an import may fail."""


@dataclass(frozen=True, slots=True)
class HealthItem:
    """One thing that was looked at."""

    name: str
    ok: bool
    detail_zh: str
    detail_en: str
    warning: bool = False
    """True where it works but needs attention soon (a dated table past its end, a missing extra)."""


def check_health(desk: Desk) -> tuple[HealthItem, ...]:
    """Look at everything and return what was found; raises nothing for a part that is broken."""
    looks: tuple[tuple[str, Callable[[Desk], list[HealthItem]]], ...] = (
        ("python", _python),
        ("home", _home),
        ("database", _database),
        ("vault", _vault),
        ("templates", _templates),
        ("fonts", _fonts),
        ("ocr", _ocr),
        ("reference", _reference),
        ("samples", _samples),
    )
    items: list[HealthItem] = []
    for name, look in looks:
        try:
            items.extend(look(desk))
        except WorkbenchError as problem:
            items.append(HealthItem(name, ok=False, detail_zh=problem.text("zh"), detail_en=problem.text("en")))
        except OSError as problem:
            items.append(HealthItem(name, ok=False, detail_zh=str(problem), detail_en=str(problem)))
    return tuple(items)


def _python(desk: Desk) -> list[HealthItem]:
    text = f"{platform.python_version()} ({platform.system()}), workbench {desk.engine_version}"
    return [HealthItem("python", ok=sys.version_info[:2] >= OLDEST_PYTHON, detail_zh=text, detail_en=text)]


def _home(desk: Desk) -> list[HealthItem]:
    home = desk.home
    standing = next(folder for folder in (home, *home.parents) if folder.exists())
    writable = standing.is_dir() and os.access(standing, os.W_OK)
    zh = "可写" if writable else "不可写"
    return [HealthItem("home", writable, f"{home}（{zh}）", f"{home} ({'writable' if writable else 'not writable'})")]


def _database(desk: Desk) -> list[HealthItem]:
    from workbench.store.schema import HEAD  # noqa: PLC0415  start fast

    sound = desk.store.integrity()
    count = _case_count(desk)
    place = desk.store.path or desk.store.where
    zh = f"{place}，结构版本 {HEAD}，{count} 个案件，完整性{'正常' if not sound else '异常：' + sound}"
    en = f"{place}, schema {HEAD}, {count} cases, integrity {sound or 'ok'}"
    return [HealthItem("database", not sound, zh, en)]


def _case_count(desk: Desk) -> int:
    with desk.store.read() as unit:
        return len(unit.cases.living(archived=False)) + len(unit.cases.living(archived=True))


def _vault(desk: Desk) -> list[HealthItem]:
    root = desk.vault.root
    standing = next(folder for folder in (root, *root.parents) if folder.exists())
    free = shutil.disk_usage(standing).free
    with desk.store.read() as unit:
        wanted = unit.documents.every_hash()
    missing = [sha256 for sha256 in wanted if sha256 not in desk.vault]
    space = f"{free / 2**30:,.1f} GB"
    zh = f"{root}，{len(wanted)} 个文件，缺失 {len(missing)}，剩余空间 {space}"
    en = f"{root}, {len(wanted)} files, {len(missing)} missing, {space} free"
    return [HealthItem("vault", not missing, zh, en, warning=free < LITTLE_SPACE)]


def _templates(desk: Desk) -> list[HealthItem]:
    from workbench.documents.template_files import list_templates  # noqa: PLC0415  start fast
    from workbench.services.checklists import load_steps  # noqa: PLC0415

    letters, steps = list_templates(desk.template_dirs), load_steps(desk.template_dirs)
    tasks = sum(len(step.tasks) for step in steps)
    folders = ", ".join(str(folder) for folder in desk.template_dirs)
    zh = f"{len(letters)} 个文书模板，{len(steps)} 个步骤 {tasks} 项任务（{folders}）"
    en = f"{len(letters)} templates, {len(steps)} steps with {tasks} tasks ({folders})"
    return [HealthItem("templates", bool(letters) and bool(steps), zh, en)]


def _fonts(_desk: Desk) -> list[HealthItem]:
    from workbench.documents.glyphs import shipped_fonts  # noqa: PLC0415  start fast

    folder = shipped_fonts()
    found = sorted(path.name for pattern in ("*.otf", "*.ttf", "*.ttc") for path in Path(folder).glob(pattern))
    if found:
        return [
            HealthItem(
                "fonts",
                ok=True,
                detail_zh=f"自带字体 {', '.join(found)}",
                detail_en=f"shipped fonts {', '.join(found)}",
            )
        ]
    return [
        HealthItem("fonts", ok=False, detail_zh="缺少自带中文字体", detail_en="the shipped Chinese font is missing")
    ]


def _ocr(_desk: Desk) -> list[HealthItem]:
    if importlib.util.find_spec("rapidocr_onnxruntime") is not None:
        return [HealthItem("ocr", ok=True, detail_zh="已安装", detail_en="installed")]
    how = install_command("ocr")
    zh = f"未安装；扫描件需要它。在程序文件夹里运行：{how}"
    en = f"not installed; scanned files need it. In the program's folder: {how}"
    return [HealthItem("ocr", ok=True, detail_zh=zh, detail_en=en, warning=True)]


def _reference(desk: Desk) -> list[HealthItem]:
    from workbench.services.reference_rates import list_tables  # noqa: PLC0415

    desk.tables()
    items = []
    for table in list_tables(desk):
        end = "" if table.valid_to is None else f"，有效至 {table.valid_to}"
        end_en = "" if table.valid_to is None else f", valid to {table.valid_to}"
        own = f"，用户添加 {table.by_user}" if table.by_user else ""
        own_en = f", {table.by_user} by the user" if table.by_user else ""
        late, late_en = ("，已过期，请补充", ", past its end: add the published data") if table.expired else ("", "")
        zh = f"{table.title_zh}：核对至 {table.last}{end}{own}{late}"
        en = f"{table.title_en}: checked to {table.last}{end_en}{own_en}{late_en}"
        items.append(HealthItem(f"reference.{table.name}", ok=True, detail_zh=zh, detail_en=en, warning=table.expired))
    return items


def _samples(desk: Desk) -> list[HealthItem]:
    found = sorted(path.name for path in desk.sample_dir.iterdir() if (path / "inputs").is_dir())
    text = ", ".join(found)
    return [HealthItem("samples", bool(found), text or "没有示例案件", text or "no sample cases")]
