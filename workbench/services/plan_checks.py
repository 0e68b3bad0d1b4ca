"""The automatic checks of steps 4 to 6: assets, the plan that raises the money, offers, the look at what is left."""

from __future__ import annotations

from workbench.domain.money import grouped
from workbench.domain.steps import CheckResult
from workbench.services.check_facts import CheckFacts


def _yes(text_zh: str, text_en: str) -> CheckResult:
    return CheckResult(passed=True, text_zh=text_zh, text_en=text_en)


def _no(text_zh: str, text_en: str) -> CheckResult:
    return CheckResult(passed=False, text_zh=text_zh, text_en=text_en)


_NO_ASSETS = _no("还没有列出自有资产", "no own assets listed yet")


def assets_listed(facts: CheckFacts, _argument: str) -> CheckResult:
    """Pass where an own asset is listed."""
    count = len(facts.plans.assets)
    return _yes(f"已列出 {count} 项资产", f"{count} own assets listed") if count else _NO_ASSETS


def assets_costed(facts: CheckFacts, _argument: str) -> CheckResult:
    """Pass where every listed asset has its own fee, so that no legal maximum stands in for it."""
    if not facts.plans.assets:
        return _NO_ASSETS
    assumed = [asset.name for asset in facts.plans.assets if asset.fee_assumed]
    if assumed:
        return _no(
            f"佣金未填，按法定上限计：{'、'.join(assumed)}",
            f"commission not given, the legal maximum is counted: {', '.join(assumed)}",
        )
    return _yes("每项资产的时间、折价和费用均已填写", "time, haircut and fee of every asset are given")


def plan_reaches_target(facts: CheckFacts, _argument: str) -> CheckResult:
    """Pass where the listed assets bring the amount by the day that were set."""
    plans = facts.plans
    if not plans.assets:
        return _NO_ASSETS
    if plans.goal is None:
        return _no("还没有填写要筹的金额和期限", "the amount to raise and its day are not set")
    target, by = plans.goal
    if by < facts.today:
        return _no(f"期限 {by} 已过，请重新填写", f"the day {by} has passed: set another")
    found = plans.attainable(facts.today, facts.tables())
    if found is None:
        return _no(f"无法判断 {by} 前能否到账", f"cannot tell what arrives by {by}")
    if found < target:
        lacking = grouped(target - found)
        return _no(f"到 {by} 还差 {lacking} 元", f"{lacking} lacking by {by}")
    return _yes(f"到 {by} 可筹足 {grouped(target)} 元", f"{grouped(target)} can be raised by {by}")


def offers_proven(facts: CheckFacts, _argument: str) -> CheckResult:
    """Pass where offers are logged and each has a document that proves it."""
    count = len(facts.plans.offers)
    without = sum(offer.evidence is None for offer in facts.plans.offers)
    if not count:
        return _no("还没有记录报价", "no offer logged yet")
    if without:
        return _no(f"{count} 次报价中 {without} 次没有证据", f"{without} of {count} offers without evidence")
    return _yes(f"已记录 {count} 次报价，均有证据", f"{count} offers logged, each with evidence")


def residual_reviewed(facts: CheckFacts, _argument: str) -> CheckResult:
    """Pass where a person has looked at what is left and no fact has changed since."""
    seen = facts.plans.reviewed
    if not seen:
        return _no("还没有查看剩余风险", "what is left was not looked at yet")
    if seen != str(facts.facts):
        return _no("查看之后资料有变，请再看一遍", "facts changed since it was looked at: look again")
    return _yes("已查看剩余风险", "what is left was looked at")
