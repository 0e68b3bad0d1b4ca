"""Steps 4, 5, 6 and 8 walked top to bottom, on the sample and on an account of which a part is left."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.tui.cases import REST, SOLD_OUT, opener, sold_out, with_rest
from tests.tui.screen_text import shown, until, until_true
from workbench.domain.steps import TaskState
from workbench.services.manage_steps import list_steps
from workbench.services.negotiate import list_offers
from workbench.services.raise_cash import list_assets
from workbench.services.remember_plan import plan_values
from workbench.tui.app import WorkbenchApp
from workbench.tui.lazy import LazyBackend

SIZES = [(80, 24), (140, 42)]
Open = Callable[..., AbstractAsyncContextManager[Pilot[Any]]]
ASSETS = """名称,种类,代码,数量,价格,折价,到账天数,费率,保留
招商银行,股票,600036,3000,38.5,2%,1,0.00025,0
基金[red],基金,,50000,1,0,1,0,0
金条,实物,,200,900,8%,3,1%,全部
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Make both homes once; every test works on a copy."""
    homes = {SOLD_OUT: tmp_path_factory.mktemp("sold"), REST: tmp_path_factory.mktemp("rest")}
    sold_out(homes[SOLD_OUT])
    with_rest(homes[REST])
    return homes


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return where this test's home will be; documents are proposed beside it."""
    monkeypatch.chdir(tmp_path)
    return tmp_path / "home"


@pytest.fixture
def opened(made: dict[str, Path], home: Path) -> Open:
    """Return what opens a copy of a case in the terminal, at what to do today."""

    @asynccontextmanager
    async def run(case: str, size: tuple[int, int] = (140, 42), lang: str = "zh") -> AsyncIterator[Pilot[Any]]:
        shutil.copytree(made[case], home)
        app = WorkbenchApp(LazyBackend(opener(home)), lang)
        async with app.run_test(size=size, notifications=True) as pilot:
            await until(pilot, case)
            await pilot.press("enter")
            await until(pilot, "应退客户" if lang == "zh" else "owed to client")
            yield pilot

    return run


async def typed(pilot: Pilot[Any], *texts: str) -> None:
    """Fill in the text fields of a form from its first on, and answer."""
    await pilot.pause()
    for index, text in enumerate(texts):
        if index:
            await pilot.press("enter")
        await pilot.press(*text)  # what stood there is selected and replaced
    await pilot.press("ctrl+s")


def done(home: Path, case: str, task_id: str) -> bool:
    """Tell whether a task is done, as another program would see it."""
    steps = list_steps(opener(home)(), case)
    return any(task.spec.id == task_id and task.state is TaskState.DONE for step in steps for task in step.tasks)


@pytest.mark.parametrize("size", SIZES)
async def test_liquidity_from_the_first_asset_to_the_plan(opened: Open, home: Path, size: tuple[int, int]) -> None:
    async with opened(SOLD_OUT, size) as pilot:
        await pilot.press("4")
        await until(pilot, "还没有登记资产")
        await pilot.press("n")
        await until(pilot, "登记一项自有资产")
        await typed(pilot, "Gold", "", "100")
        await until(pilot, "请补上")  # shares need a price and more: the form is back, with what was typed
        await until(pilot, "Gold")
        await pilot.press("escape")
        path = home / "a.csv"
        path.write_text(ASSETS, encoding="utf-8")
        await pilot.press("l")
        await until(pilot, "登记资产")
        await typed(pilot, str(path))
        await until(pilot, "基金[red]")
        await pilot.press("d")
        await until_true(pilot, lambda: "招商银行" not in shown(pilot.app).split("已删去")[0])
        await pilot.press("u")
        await until_true(pilot, lambda: len(list_assets(opener(home)(), SOLD_OUT)) == 3)
        await pilot.press("m")
        await until(pilot, "最迟到账日")
        await typed(pilot, "120000", "2026-12-04")
        await until(pilot, "到 2026-12-04 要筹 120000 元")
        await pilot.press("4")
        screen = await until(pilot, "按期筹足")
        assert "[变现方案]" in screen
        assert "金条 · 保留" in screen
        assert "要筹 120,000.00 元：到手 120,000.0" in screen
        await pilot.press("down", "down", "e")
        await until(pilot, "按卖出当日的法定费率")
        await pilot.press("escape", "m")
        await until(pilot, "最迟到账日")
        await typed(pilot, "1000000", "2026-12-04")
        await until(pilot, "‼ 还差")
        await until(pilot, "全部卖出也筹不足")
    assert done(home, SOLD_OUT, "4.1")
    assert not done(home, SOLD_OUT, "4.3")


@pytest.mark.parametrize("size", SIZES)
async def test_offers_the_own_view_and_a_proposal(opened: Open, home: Path, size: tuple[int, int]) -> None:
    async with opened(SOLD_OUT, size) as pilot:
        await pilot.press("5")
        await until(pilot, "还没有记录报价")
        await pilot.press("n")
        await until(pilot, "记录一次报价")
        await typed(pilot, "2026-11-01", "5000", "at [b]once", "", "S1")
        await until(pilot, "+5,000.00")
        await until(pilot, "at [b]once")
        await pilot.press("n")
        await until(pilot, "记录一次报价")
        await typed(pilot, "2027-01-01", "9000")
        await until(pilot, "将来的日期")
        await pilot.press("escape", "full_stop")
        await until(pilot, "[与起诉比]")
        assert "? " in shown(pilot.app)
        await pilot.press("m")
        await until(pilot, "您自己怎么看起诉")
        await typed(pilot, "", "30%", "", "60%", "30%", "5%")
        await until(pilot, "起诉以“合同无效”最值")
        await pilot.press("full_stop", "l")
        await until(pilot, "提出或记录一个方案")
        await typed(pilot, "Plan", "24000", "", "", "12", "0")
        await until(pilot, "方案 1 Plan")
        await pilot.press("home", "e")
        await until(pilot, "付款表（12 期）")
        await until(pilot, "2,000.00")
    values = plan_values(opener(home)(), SOLD_OUT)
    assert (values["chance.void"], values["discount"], values["rate"]) == ("60%", "30%", "5%")
    assert [offer.evidence for offer in list_offers(opener(home)(), SOLD_OUT).values()] == [1]
    assert done(home, SOLD_OUT, "5.5")


@pytest.mark.parametrize("size", SIZES)
async def test_what_is_left_its_risk_and_its_market(opened: Open, home: Path, size: tuple[int, int]) -> None:
    async with opened(REST, size) as pilot:
        await pilot.press("6")
        await until(pilot, "剩余持仓 223,100.00 元")
        await pilot.press("full_stop")
        await until(pilot, "历史法在险价值 95%")
        await until(pilot, "只是算术，不是投资建议")
        await pilot.press("full_stop")
        screen = await until(pilot, "‼ 触及")
        assert "✓ 未触及" in screen
        await pilot.press("full_stop")
        await until(pilot, "减仓次序")
        assert "000001" in shown(pilot.app)
        await pilot.press("full_stop")
        await until(pilot, "无法判断")
        await pilot.press("m")
        await until(pilot, "大盘指数代码")
        await typed(pilot, "399999")
        await until(pilot, "案件中没有 399999 的行情")
        await typed(pilot, "000300")
        await until(pilot, "大盘指数 000300")
        await until_true(pilot, lambda: "?" not in _row(shown(pilot.app), "600000"))
        await pilot.press("e")
        await until(pilot, "弱点")
        await pilot.press("escape", "a")
        await until_true(pilot, lambda: done(home, REST, "6.1"))


async def test_a_sold_out_account_says_so_in_one_sentence(opened: Open) -> None:
    async with opened(SOLD_OUT, (80, 24)) as pilot:
        await pilot.press("6")
        for _ in range(4):
            await until(pilot, "强平之后没有剩余持仓，没有需要减的仓位。")
            await pilot.press("full_stop")
        await until(pilot, "强平前后的涨跌分给大盘、行业、自身")


@pytest.mark.parametrize("size", SIZES)
async def test_the_loss_in_parts_the_rules_and_the_report(opened: Open, home: Path, size: tuple[int, int]) -> None:
    async with opened(SOLD_OUT, size) as pilot:
        await pilot.press("8")
        screen = await until(pilot, "█")
        assert "不要再加杠杆" in screen
        await pilot.press("full_stop")
        await until(pilot, "还没有填自己的止损比例")
        await pilot.press("m")
        await until(pilot, "自己的止损")
        await typed(pilot, "8%")
        await until(pilot, "止损 8%：做到")
        await pilot.press("full_stop", "down")
        screen = await until(pilot, "单笔仓位上限")
        assert "依据本案的事实" in screen or size[0] < 100
        await pilot.press("l")
        await until(pilot, "本人姓名")
        await pilot.press("ctrl+s")
        await until_true(pilot, lambda: any(home.parent.glob("*复盘报告.pdf")), 40)
        await until_true(pilot, lambda: done(home, SOLD_OUT, "8.5"))
    assert plan_values(opener(home)(), SOLD_OUT)["stop_loss"] == "8%"


@pytest.mark.parametrize(("lang", "tasks"), [("zh", "任务"), ("en", "Tasks")])
async def test_no_strip_of_tabs_runs_over_at_eighty_columns(opened: Open, lang: str, tasks: str) -> None:
    async with opened(REST, (80, 24), lang) as pilot:
        for number in "4568":
            await pilot.press(number)
            await until_true(pilot, lambda number=number: shown(pilot.app).splitlines()[1].startswith(f" {number} "))  # type: ignore[misc]
            strip = shown(pilot.app).splitlines()[1].rstrip()
            assert strip.endswith(tasks), strip
            await pilot.press("escape")


async def test_a_steps_number_turns_its_parts_then_its_tasks_and_escape_goes_back(opened: Open) -> None:
    async with opened(REST) as pilot:
        await pilot.press("j")
        await until(pilot, "[流水")
        await pilot.press("4")
        await until(pilot, "[资产]")
        await pilot.press("4")
        await until(pilot, "[变现方案]")
        await pilot.press("comma")
        await until(pilot, "[资产]")
        await pilot.press("escape")
        await until(pilot, "[流水")
        await pilot.press("4")
        await until(pilot, "[资产]")
        await pilot.press("4", "4")
        screen = await until(pilot, "已完成")
        assert "4.1" in screen
        await pilot.press("k")
        await until(pilot, "[变现方案]")  # where one left off
        await pilot.press("7")
        await until(pilot, "7.1")


async def test_enter_in_the_list_of_steps_opens_the_view(opened: Open) -> None:
    async with opened(REST, (140, 42), "en") as pilot:
        pilot.app.screen.query_one("#rail").focus()
        await pilot.press("home", *["down"] * 7, "enter")
        await until(pilot, "Where it went")
        assert "工" not in shown(pilot.app)


async def test_a_change_made_elsewhere_is_worked_out_anew(opened: Open, home: Path) -> None:
    async with opened(REST) as pilot:
        await pilot.press("8", "full_stop")
        await until(pilot, "还没有填自己的止损比例")
        from workbench.services.remember_plan import set_plan  # noqa: PLC0415  the other program

        set_plan(opener(home)(), REST, {"stop_loss": "5%"})
        await until(pilot, "止损 5%：做到")


def _row(screen: str, text: str) -> str:
    return next((line for line in screen.splitlines() if text in line), "?")
