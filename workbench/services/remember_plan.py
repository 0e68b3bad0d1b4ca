"""What a person set for the plans of steps 4 to 8: target and day, own view of a suit, proposals, stop-loss, index.

Kept beside the fields of letters under ``plan.KEY``, as typed, so that what a person reads back is what they wrote. A
figure that does not fit is refused before it is kept.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING

from workbench.domain.money import ONE, ZERO
from workbench.errors import NotFoundError, UsageError
from workbench.services.desk import Desk
from workbench.services.plan_fields import Fields

if TYPE_CHECKING:
    from workbench.planning.negotiation import Proposal, Suit

PREFIX = "plan."
"""Beginning of the keys among the fields of letters."""
CHANCE, PROPOSAL, REVIEWED = "chance.", "proposal.", "reviewed"
NAMES: Mapping[str, str] = MappingProxyType(
    {
        "target": "目标金额", "by": "到账期限", "discount": "执行折扣", "rate": "折现率", "collected": "判决款到账日",
        "stop_loss": "止损比例", "index": "指数代码", "sector": "行业指数代码",
        "chance.as_stated": "胜诉概率（平台账面）", "chance.as_contracted": "胜诉概率（按合同）",
        "chance.lpr4": "胜诉概率（四倍LPR）", "chance.void": "胜诉概率（合同无效）",
    }
)  # fmt: skip
"""Chinese names of what can be set."""
PROPOSAL_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "name": "名称", "payer": "付款方", "debt": "债务金额", "rate": "年利率", "months": "期数", "kind": "还款方式",
        "start": "起始日", "grace": "宽限月数", "lump_sum": "首付", "waived": "减免",
    }
)  # fmt: skip


def plan_values(desk: Desk, case: str) -> dict[str, str]:
    """Return what was set, by key without the prefix, as typed.

    Raises:
        NotFoundError: no such case.
    """
    with desk.store.read() as unit:
        return own_values(unit.decisions.fields(unit.cases.key(case)))


def own_values(fields: Mapping[str, str]) -> dict[str, str]:
    """Return the plan's entries among the fields of letters."""
    return {key.removeprefix(PREFIX): value for key, value in fields.items() if key.startswith(PREFIX)}


def set_plan(desk: Desk, case: str, values: Mapping[str, str]) -> None:
    """Remember entries, as one undoable change; empty text forgets one.

    Args:
        desk: the desk.
        case: name of the case.
        values: by key: ``target`` (yuan), ``by``, ``collected`` (dates), ``chance.BASIS``, ``discount``, ``rate``,
            ``stop_loss`` (fractions or per cent), ``index``, ``sector`` (codes whose bars the case holds).

    Raises:
        NotFoundError: no such case.
        UsageError: an unknown key, or a value that does not fit; nothing is kept.
    """
    given = Fields(values, "", NAMES).only(*NAMES)
    for key in values:
        if given.has(key):
            _check(desk, case, given, key)
    _keep(desk, case, values, "记下计划参数", "set figures of the plan")


def add_proposal(desk: Desk, case: str, values: Mapping[str, str]) -> int:
    """Remember a proposal, as one undoable change; return its number.

    Args:
        desk: the desk.
        case: name of the case.
        values: the fields of a ``[[proposal]]`` as typed; blank ones count as absent.

    Raises:
        NotFoundError: no such case.
        UsageError: a field that does not fit; nothing is kept.
    """
    from workbench.services.plan_files import proposal_from  # noqa: PLC0415  start fast

    filled = {key: text.strip() for key, text in values.items() if text.strip()}
    proposal = proposal_from(Fields(filled, "", PROPOSAL_NAMES))
    known = plan_values(desk, case)
    number = 1 + max((int(key.removeprefix(PROPOSAL)) for key in known if key.startswith(PROPOSAL)), default=0)
    text = json.dumps(filled, ensure_ascii=False, sort_keys=True)
    name = proposal.name or str(number)
    _keep(desk, case, {f"{PROPOSAL}{number}": text}, f"记下方案 {name}", f"noted the proposal {name}")
    return number


def remove_proposal(desk: Desk, case: str, number: int) -> None:
    """Forget a proposal, as one undoable change.

    Raises:
        NotFoundError: no such case or proposal.
    """
    if f"{PROPOSAL}{number}" not in plan_values(desk, case):
        raise NotFoundError(f"there is no proposal {number}", what_zh=f"没有第 {number} 个方案")
    _keep(desk, case, {f"{PROPOSAL}{number}": ""}, f"删去第 {number} 个方案", f"removed proposal {number}")


def confirm_residual(desk: Desk, case: str) -> None:
    """Remember that a person has looked at what is left, for the facts as they stand; other facts ask again.

    Raises:
        NotFoundError: no such case.
    """
    with desk.store.read() as unit:
        facts = unit.cases.versions(unit.cases.key(case))[1]
    _keep(desk, case, {REVIEWED: str(facts)}, "已查看剩余风险", "looked at what is left")


def goal_of(values: Mapping[str, str]) -> tuple[Decimal, date] | None:
    """Return the cash to be raised in yuan and the last day for it; None where either was not set.

    Raises:
        UsageError: an entry that does not fit.
    """
    given = Fields(values, "", NAMES)
    return (given.number("target"), given.day("by")) if given.has("target") and given.has("by") else None


def suit_of(values: Mapping[str, str], bases: Mapping[str, Decimal]) -> tuple[Decimal, Suit]:
    """Return the yearly discount rate (zero where none was set) and the person's view of a suit.

    Args:
        values: what was set.
        bases: the bases of the case; a probability of another basis is left out.

    Raises:
        UsageError: an entry that does not fit.
    """
    from workbench.planning.negotiation import Suit  # noqa: PLC0415  start fast

    given = Fields(values, "", NAMES)
    return given.number("rate", ZERO), Suit(
        {basis: given.number(f"{CHANCE}{basis}") for basis in bases if given.has(f"{CHANCE}{basis}")},
        given.number_or_none("discount"),
        given.day("collected") if given.has("collected") else None,
    )


def proposals_of(values: Mapping[str, str]) -> dict[int, Proposal]:
    """Return the proposals by number.

    Raises:
        UsageError: a field that does not fit.
    """
    from workbench.services.plan_files import proposal_from  # noqa: PLC0415  start fast

    found = {
        int(key.removeprefix(PROPOSAL)): json.loads(text) for key, text in values.items() if key.startswith(PROPOSAL)
    }
    return {number: proposal_from(Fields(found[number], "", PROPOSAL_NAMES)) for number in sorted(found)}


def _keep(desk: Desk, case: str, values: Mapping[str, str], what_zh: str, what_en: str) -> None:
    now = desk.now()
    with desk.store.write() as unit:
        key = unit.cases.key(case)
        known = own_values(unit.decisions.fields(key))
        fresh = {
            f"{PREFIX}{name}": text.strip() for name, text in values.items() if text.strip() != known.get(name, "")
        }
        if images := unit.decisions.set_fields(key, fresh, now):
            unit.changed(key, now, what_zh, what_en, images)
        unit.commit()


def _check(desk: Desk, case: str, given: Fields, key: str) -> None:
    """Refuse a value that no plan could use."""
    if key == "by":
        if given.day(key) < desk.today:
            raise given.unfit(key, "请写今天或以后的日期", "Name a day from today on")
    elif key == "collected":
        given.day(key)
    elif key in ("index", "sector"):
        _must_have_bars(desk, case, given.text(key))
    elif not _FITS[key.partition(".")[0]](given.number(key)):
        raise given.unfit(key, *_HINTS[key.partition(".")[0]])


_FITS: Mapping[str, Callable[[Decimal], bool]] = MappingProxyType(
    {
        "target": lambda value: value > ZERO,
        "chance": lambda value: ZERO <= value <= ONE,
        "discount": lambda value: ZERO <= value <= ONE,
        "rate": lambda value: ZERO <= value < ONE,
        "stop_loss": lambda value: ZERO < value < ONE,
    }
)
_FRACTION = ("请写 0 到 1 之间的比例，例如 60% 或 0.6", "Write a fraction from 0 to 1, for example 60% or 0.6")
_HINTS = MappingProxyType(
    {
        "target": ("请写大于 0 的金额，例如 200000", "Write an amount above 0, for example 200000"),
        "chance": _FRACTION,
        "discount": _FRACTION,
        "rate": ("请写年折现率，例如 5%", "Write a yearly rate, for example 5%"),
        "stop_loss": ("低于成本 8% 请写 8% 或 0.08", "Write 8 % below cost as 8% or 0.08"),
    }
)


def _must_have_bars(desk: Desk, case: str, code: str) -> None:
    with desk.store.read() as unit:
        known = sorted(unit.coverage.of(unit.cases.key(case)).priced)
    if code not in known:
        raise no_bars(code, known)


def no_bars(code: str, known: list[str]) -> UsageError:
    """Return the complaint about a code whose bars the case does not hold."""
    return UsageError(
        f"the case has no bars of {code}",
        where=f"bars: {', '.join(known) or '-'}",
        next_step="Import them: `workbench import CASE FILE.csv`.",
        what_zh=f"案件中没有 {code} 的行情",
        next_step_zh="请先导入：workbench import 案件 文件.csv。",
    )
