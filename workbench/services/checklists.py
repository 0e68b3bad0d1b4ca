"""The eight steps as data: TOML in ``checklists`` of the template folders, a user's own standing over the packaged.

One file a step, ``1-*.toml`` to ``8-*.toml``; the first folder that has a file for a step gives the whole step.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from workbench.domain.steps import StepSpec, TaskSpec
from workbench.errors import InputError

STEPS = range(1, 9)
FOLDER = "checklists"


def load_steps(template_dirs: Sequence[Path]) -> tuple[StepSpec, ...]:
    """Return the eight steps in order.

    Args:
        template_dirs: folders with templates, the user's first.

    Raises:
        InputError: a step has no file, or a file does not have what a step needs.
    """
    return tuple(_read_step(_find(template_dirs, number), number) for number in STEPS)


def _find(template_dirs: Sequence[Path], number: int) -> Path:
    for folder in template_dirs:
        found = sorted((folder / FOLDER).glob(f"{number}-*.toml"))
        if found:
            return found[0]
    raise _damaged(Path(FOLDER, f"{number}-*.toml"), "there is no file for this step")


def _read_step(path: Path, number: int) -> StepSpec:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        tasks = tuple(_task(entry, number, position) for position, entry in enumerate(content["task"], start=1))
        return StepSpec(
            number=number,
            title_zh=content["title_zh"],
            title_en=content["title_en"],
            purpose_zh=content["purpose_zh"],
            purpose_en=content["purpose_en"],
            tasks=tasks,
        )
    except KeyError as problem:
        raise _damaged(path, f"{problem} is missing") from problem
    except (OSError, ValueError, TypeError) as problem:
        raise _damaged(path, str(problem)) from problem


def _task(entry: Mapping[str, Any], step: int, position: int) -> TaskSpec:
    ident = entry.get("id", f"{step}.{position}")
    kinds = entry.get("kinds")
    return TaskSpec(
        id=ident,
        step=step,
        title_zh=entry["title_zh"],
        title_en=entry["title_en"],
        help_zh=entry["help_zh"],
        help_en=entry["help_en"],
        check=entry.get("check"),
        blocks=tuple(entry.get("blocks", ())),
        **({} if kinds is None else {"kinds": tuple(kinds)}),
    )


def _damaged(path: Path, why: str) -> InputError:
    return InputError(
        f"the checklist cannot be used: {why}",
        where=str(path),
        next_step="Correct the file, or remove your own copy from the home's templates folder.",
        what_zh=f"步骤清单无法使用：{why}",
        next_step_zh="请更正该文件，或从主目录的 templates 文件夹中删除自己的副本。",
    )
