"""The list of cases: search, filters and order by value; keys, mouse and undo on the screen."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tui.fake import FakeBackend
from tests.tui.screen_text import shown, until, until_noticed, until_true
from workbench.domain.case import Case, CaseKind
from workbench.locales.catalogue import load_catalogue
from workbench.services.list_cases import CaseSummary
from workbench.tui.app import WorkbenchApp
from workbench.tui.presenters.cases import (
    CHOICES,
    COLUMNS,
    CaseQuery,
    case_row,
    case_titles,
    due_state,
    list_summary,
    select_cases,
    urgent,
)

TODAY = date(2026, 3, 2)
AT = datetime(2026, 3, 1, tzinfo=UTC)


def summary(name: str, **more: object) -> CaseSummary:
    values: dict[str, object] = {
        "step": 1,
        "tasks_done": 0,
        "tasks": 24,
        "documents": 0,
        "overcharged": None,
        "owed": None,
        "basis": None,
        "next_due": None,
        "stale": False,
    }
    kind = more.pop("kind", CaseKind.OFF_EXCHANGE)
    return CaseSummary(Case(name, kind, AT, AT), **{**values, **more})  # type: ignore[arg-type]


def names(cases: list[CaseSummary]) -> list[str]:
    return [one.case.name for one in cases]


PARTIES = summary("春", client="张三", financier="海州融通配资有限公司", files=("对账单2025.pdf",))
BROKER = summary("夏", kind=CaseKind.BROKER_MARGIN, step=5, owed=Decimal(-10), overcharged=Decimal(3))
OWED = summary("秋", owed=Decimal(500), overcharged=Decimal(9), next_due=TODAY + timedelta(days=7))
LATE = summary("冬", owed=Decimal(20), missed=TODAY - timedelta(days=3), next_due=TODAY + timedelta(days=90))
CASES = (PARTIES, BROKER, OWED, LATE)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("张三", ["春"]),
        ("海州 张三", ["春"]),
        ("对账单２０２５．ＰＤＦ", ["春"]),
        ("海州 李四", []),
        ("", ["春", "夏", "秋", "冬"]),
    ],
)
def test_every_word_is_looked_for_in_name_parties_and_files(text: str, found: list[str]) -> None:
    assert set(names(select_cases(CASES, CaseQuery(text), TODAY))) == set(found)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (CaseQuery(kind="broker_margin"), {"夏"}),
        (CaseQuery(step=5), {"夏"}),
        (CaseQuery(owed="owed"), {"秋", "冬"}),
        (CaseQuery(owed="owing"), {"夏"}),
        (CaseQuery(due="soon"), {"秋"}),
        (CaseQuery(due="missed"), {"冬"}),
        (CaseQuery(due="missed", owed="owing"), set()),
    ],
)
def test_filters(query: CaseQuery, found: set[str]) -> None:
    assert set(names(select_cases(CASES, query, TODAY))) == found


def test_a_case_without_the_value_comes_last_in_both_orders() -> None:
    up, down = CaseQuery(sort="owed", reverse=False), CaseQuery(sort="owed", reverse=True)
    assert names(select_cases(CASES, up, TODAY)) == ["夏", "冬", "秋", "春"]
    assert names(select_cases(CASES, down, TODAY)) == ["秋", "冬", "夏", "春"]


def test_a_column_chosen_again_turns_the_order_round() -> None:
    first = CaseQuery().sorted_by("owed")
    assert (first.sort, first.reverse) == ("owed", True), "large sums first"
    assert first.sorted_by("owed").reverse is False
    assert CaseQuery().sorted_by("case").reverse is False, "names from the first letter"


def test_near_and_missed_dates_say_so_in_words() -> None:
    words = load_catalogue("zh", "tui")
    cell = {key: at for at, key in enumerate(column.key for column in COLUMNS)}["deadline"]
    assert case_row(OWED, TODAY, words).cells[cell].text == "剩7天"
    assert case_row(LATE, TODAY, words).cells[cell].text == "已过3天"
    overdue = summary("迟", next_due=TODAY - timedelta(days=1), missed=TODAY - timedelta(days=9))
    assert case_row(overdue, TODAY, words).cells[cell].text == "逾期1天"
    assert urgent(overdue, TODAY) == TODAY - timedelta(days=9)
    text = list_summary(CASES, CASES, CaseQuery(due="soon", step=2), TODAY, words)
    assert "4 / 4" in text
    assert "1 个已过期限" in text
    assert "[第 2 步 · 7 天内到期]" in text


summaries = st.lists(
    st.builds(
        summary,
        st.text(max_size=6),
        kind=st.sampled_from(CaseKind),
        step=st.integers(1, 8),
        owed=st.none() | st.decimals(-100, 100, places=2),
        overcharged=st.none() | st.decimals(-100, 100, places=2),
        next_due=st.none() | st.dates(TODAY - timedelta(40), TODAY + timedelta(40)),
        missed=st.none() | st.dates(TODAY - timedelta(30), TODAY - timedelta(1)),
    ),
    max_size=12,
)
queries = st.builds(
    CaseQuery,
    st.text(max_size=2),
    **{name: st.sampled_from(values) for name, values in CHOICES.items()},
    sort=st.sampled_from([column.key for column in COLUMNS]),
    reverse=st.booleans(),
)


@given(cases=summaries, query=queries)
def test_filters_only_leave_out_and_order_only_orders(cases: list[CaseSummary], query: CaseQuery) -> None:
    found = select_cases(cases, query, TODAY)
    everything = select_cases(cases, query.cleared(), TODAY)
    assert sorted(map(id, everything)) == sorted(map(id, cases))
    assert all(any(one is other for other in cases) for one in found)
    assert [one for one in everything if any(one is other for other in found)] == found, "the same order"
    if query.due:
        assert {due_state(one, TODAY) for one in found} <= {query.due}
    if query.sort == "owed":
        known = [one.owed for one in found if one.owed is not None]
        assert known == sorted(known, reverse=query.reverse)
        assert [one.owed for one in found[len(known) :]] == [None] * (len(found) - len(known))


@given(query=queries)
def test_a_query_is_remembered_exactly_and_rubbish_is_left_out(query: CaseQuery) -> None:
    assert CaseQuery.from_values(query.to_values()) == query
    rubbish = {"kind": "x", "step": "5", "sort": "nothing", "reverse": 1, "due": 3, "unknown": True}
    assert CaseQuery.from_values(rubbish) == CaseQuery()


@given(query=queries)
def test_every_filter_comes_round_to_everything(query: CaseQuery) -> None:
    for name, values in CHOICES.items():
        turned = query
        for _ in values:
            turned = turned.turned(name)
        assert turned == query


def test_the_arrow_stands_at_the_ordering_column_only() -> None:
    titles = case_titles(CaseQuery(sort="owed"), load_catalogue("en", "tui"))
    assert [title.startswith("↓") for title in titles].count(True) == 1
    assert titles[[column.key for column in COLUMNS].index("owed")].startswith("↓")


def app(backend: FakeBackend) -> WorkbenchApp:
    return WorkbenchApp(backend, "zh")


@pytest.mark.parametrize("size", [(80, 24), (140, 42), (200, 60)])
async def test_search_by_financier_and_show_all_again(size: tuple[int, int]) -> None:
    running = app(FakeBackend("甲案", "乙案"))
    async with running.run_test(size=size) as pilot:
        await until(pilot, "2 / 2 个案件")
        await pilot.press("slash", *"jiayi", "enter")
        await until(pilot, "没有符合条件的案件")
        await pilot.press("x")
        await until(pilot, "2 / 2 个案件")


async def test_filters_and_order_are_there_in_the_next_session() -> None:
    backend = FakeBackend("甲案", "乙案")
    async with app(backend).run_test(size=(140, 42)) as pilot:
        await until(pilot, "2 / 2 个案件")
        await pilot.press("y", "1")
        await until(pilot, "[7 天内到期]")
    running = app(backend)
    async with running.run_test(size=(140, 42)) as pilot:
        screen = await until(pilot, "[7 天内到期]")
        assert "↑案件" in screen


async def test_a_click_on_a_title_orders_by_it() -> None:
    running = app(FakeBackend("乙", "甲"))
    async with running.run_test(size=(140, 42)) as pilot:
        await until(pilot, "2 / 2 个案件")
        await pilot.click("#cases", offset=(3, 0))
        await until(pilot, "↑案件")
        await pilot.click("#cases", offset=(3, 0))
        await until(pilot, "↓案件")


async def test_rename_archive_delete_and_each_taken_back() -> None:
    backend = FakeBackend("甲案")
    running = app(backend)
    async with running.run_test(size=(140, 42)) as pilot:
        await until(pilot, "甲案")
        await pilot.press("r")
        await until(pilot, "改名")
        await pilot.press("end", "2", "ctrl+s")
        await until(pilot, "甲案2")
        await pilot.press("a")
        await until(pilot, "还没有案件")
        await pilot.press("v")
        await until(pilot, "归档案件")
        await until(pilot, "甲案2")
        await pilot.press("a")
        await until(pilot, "归档里没有案件")
        await pilot.press("v")
        await until(pilot, "已删除的案件")
        await pilot.press("v")
        await until(pilot, "甲案2")
        await pilot.press("d")
        await until(pilot, "删除“甲案2”？")
        await pilot.press("y")
        await until_true(pilot, lambda: "甲案2" in backend.deleted)
        await pilot.press("u")
        await until_true(pilot, lambda: "甲案2" in backend.cases)
        await pilot.press("u")
        await until_true(pilot, lambda: backend.cases["甲案2"].archived)
        await pilot.press("u")
        await until_true(pilot, lambda: not backend.cases["甲案2"].archived)
        await pilot.press("u")
        await until_true(pilot, lambda: list(backend.cases) == ["甲案"])


async def test_undo_takes_a_case_just_made_away_and_says_so_but_not_one_that_was_worked_on() -> None:
    backend = FakeBackend("甲案")
    running = app(backend)
    async with running.run_test(size=(140, 42)) as pilot:
        for name in ("a", "b"):
            await until(pilot, "新建案件")
            await pilot.press("n")
            await until(pilot, "案件名称")
            await pilot.press(name, "ctrl+s")
            await until(pilot, "今天该做什么")
            await pilot.press("escape")
        await until(pilot, "3 / 3 个案件")
        await pilot.press("u")
        await until_noticed(pilot, "已撤销：新建“b”")
        assert set(backend.cases) == {"甲案", "a"}
        backend.cases["a"] = replace(backend.cases["a"], changed=AT + timedelta(hours=1))
        await pilot.press("u")
        await until_noticed(pilot, "“a”新建之后已有改动")
    assert set(backend.cases) == {"甲案", "a"}


@pytest.mark.parametrize(("width", "word"), [(80, "? 更多"), (200, "? 帮助")])
async def test_the_bar_says_where_there_are_more_keys_than_it_shows(width: int, word: str) -> None:
    running = app(FakeBackend("甲案"))
    async with running.run_test(size=(width, 24)) as pilot:
        bar = (await until(pilot, "甲案")).splitlines()[-1]
        assert bar.rstrip().endswith(word)
        assert ("b 打开案件包" in bar) == (width == 200)
        await pilot.press("ctrl+l")
        await until(pilot, "new case")
        assert "打开" not in shown(running).splitlines()[-1]


async def test_a_search_that_finds_nothing_names_a_key_that_works_in_its_field() -> None:
    running = app(FakeBackend("甲案"))
    async with running.run_test(size=(100, 30)) as pilot:
        await until(pilot, "甲案")
        await pilot.press("slash", *"qq")
        screen = await until(pilot, "按 Esc 显示全部")
        assert "Del" not in screen.splitlines()[-1], "that key deletes a letter here"
        await pilot.press("escape")
        await until(pilot, "甲案")


async def test_a_deleted_case_is_found_again_in_a_later_session() -> None:
    backend = FakeBackend("甲案")
    backend.delete_case("甲案")
    async with app(backend).run_test(size=(140, 42)) as pilot:
        await until(pilot, "还没有案件")
        await pilot.press("v", "v")
        await until(pilot, "甲案")
        await pilot.press("a")
        await until_true(pilot, lambda: "甲案" in backend.cases)


async def test_the_list_is_read_again_only_when_something_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workbench.tui.screens.home.REFRESH_SECONDS", 0.1)
    backend = FakeBackend("甲案")
    reads = 0
    read = backend.list_cases

    def counted(*, shelf: str) -> tuple[CaseSummary, ...]:
        nonlocal reads
        reads += 1
        return read(shelf=shelf)

    monkeypatch.setattr(backend, "list_cases", counted)
    running = app(backend)
    async with running.run_test(size=(120, 40)) as pilot:
        await until(pilot, "甲案")
        polls = backend.polls
        await until_true(pilot, lambda: backend.polls > polls + 3)
        assert reads == 1
        backend.create_case("乙案", CaseKind.OFF_EXCHANGE)
        await until(pilot, "乙案")
        assert "甲案" in shown(running)
