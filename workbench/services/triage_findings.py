"""A person's decision on each finding, and which findings go into the letter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from workbench.domain.findings import Triage, TriageState
from workbench.errors import UsageError
from workbench.services.change_names import change_names
from workbench.services.desk import Desk


def list_triage(desk: Desk, case: str) -> dict[str, Triage]:
    """Return the decisions by finding key; findings never touched are not among them.

    Raises:
        NotFoundError: no such case.
    """
    with desk.store.read() as unit:
        return unit.decisions.triage(unit.cases.key(case))


def set_triage(
    desk: Desk, case: str, keys: Sequence[str], state: TriageState | str, *, note: str = "", reviewer: str = ""
) -> dict[str, Triage]:
    """Set the state of findings, in one undoable change; empty ``note`` and ``reviewer`` keep the earlier ones.

    Raises:
        NotFoundError: no such case.
        UsageError: an unknown state.
    """
    try:
        chosen = TriageState(state)
    except ValueError:
        choices = ", ".join(TriageState)
        raise UsageError(
            f"unknown state of a finding: {state}",
            next_step=f"Use one of {choices}.",
            what_zh=f"未知的处理状态：{state}",
            next_step_zh=f"请使用：{choices}。",
        ) from None

    def decide(old: Triage) -> Triage:
        return replace(old, state=chosen, note=note or old.note, reviewer=reviewer or old.reviewer)

    zh, en = change_names("triage", (chosen,))
    count, findings = len(keys), "finding" if len(keys) == 1 else "findings"
    said = (f"{count} 条问题标为“{zh}”", f"marked {count} {findings} as {en}")
    if note:
        said = (f"{said[0]}，附批注", f"{said[1]}, with a note")
    return _change(desk, case, keys, decide, said)


def set_in_letter(desk: Desk, case: str, keys: Sequence[str], in_letter: bool = True) -> dict[str, Triage]:
    """Tick findings into the letter or out of it.

    Raises:
        NotFoundError: no such case.
    """
    count, findings = len(keys), "finding" if len(keys) == 1 else "findings"
    said = (
        (f"{count} 条问题写入函件", f"ticked {count} {findings} into the letter")
        if in_letter
        else (f"{count} 条问题移出函件", f"took {count} {findings} out of the letter")
    )
    return _change(desk, case, keys, lambda old: replace(old, in_letter=in_letter), said)


def _change(
    desk: Desk, case: str, keys: Sequence[str], decide: Callable[[Triage], Triage], said: tuple[str, str]
) -> dict[str, Triage]:
    now = desk.now()
    with desk.store.write() as unit:
        case_key = unit.cases.key(case)
        known = unit.decisions.triage(case_key)
        images = []
        for key in dict.fromkeys(keys):
            old = known.get(key, Triage(key, TriageState.OPEN))
            new = decide(old)
            if new != old or key not in known:
                images.append(unit.decisions.set_triage(case_key, new, now))
        if images:
            unit.changed(case_key, now, *said, images)
        after = unit.decisions.triage(case_key)
        unit.commit()
    return after
