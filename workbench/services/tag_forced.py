"""Let a person say which sales were forced, where no statement says so."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.domain.lines import SALES
from workbench.errors import NotFoundError, UsageError
from workbench.services.desk import Desk

SAID = {
    True: ("标为强制平仓", "tagged as forced"),
    False: ("标为自己卖出", "tagged as the client's own sales"),
    None: ("取消标记", "took the tag off"),
}


def tag_forced(desk: Desk, case: str, line_ids: Sequence[str], forced: bool | None) -> None:
    """Tag sales as forced or as the client's own; None takes the tag away. One undoable change.

    Raises:
        NotFoundError: no such case or line.
        UsageError: a line that is not a sale.
    """
    now = desk.now()
    with desk.store.write() as unit:
        key = unit.cases.key(case)
        for line_id in line_ids:
            kind = unit.documents.line_kind(key, line_id)
            if kind is None:
                raise NotFoundError(f"there is no line {line_id}", what_zh=f"没有明细 {line_id}")
            if kind not in SALES:
                raise UsageError(
                    f"line {line_id} is no sale",
                    next_step="Only sales can be tagged as forced.",
                    what_zh=f"明细 {line_id} 不是卖出",
                    next_step_zh="只有卖出可以标为强制平仓。",
                )
        changed = [unit.decisions.set_tag(key, line_id, forced, now) for line_id in dict.fromkeys(line_ids)]
        images = [image for image in changed if image is not None]
        if images:
            names = ", ".join(line_ids[:3]) + (" …" if len(line_ids) > len(line_ids[:3]) else "")
            said_zh, said_en = SAID[forced]
            unit.changed(key, now, f"{said_zh}：{names}", f"{said_en}: {names}", images, touches_facts=True)
        unit.commit()


def list_tags(desk: Desk, case: str) -> dict[str, bool]:
    """Return the tags by line id.

    Raises:
        NotFoundError: no such case.
    """
    with desk.store.read() as unit:
        return unit.decisions.tags(unit.cases.key(case))
