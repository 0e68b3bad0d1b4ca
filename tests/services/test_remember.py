"""What an interface remembers is a convenience: whole or not there, and never a reason to fail."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workbench.errors import WorkbenchError
from workbench.services.desk import Desk
from workbench.services.remember import FOLDER, recall, remember

VALUES = st.dictionaries(st.text(), st.none() | st.booleans() | st.integers() | st.text(), max_size=5)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(values=VALUES)
def test_it_comes_back_equal(desk: Desk, values: dict[str, object]) -> None:
    remember(desk.home, "place", values)
    assert recall(desk.home) == {"place": values}


def test_nothing_is_remembered_in_a_new_home_and_forgetting_twice_is_fine(desk: Desk) -> None:
    assert recall(desk.home) == {}
    remember(desk.home, "draft-1", None)
    remember(desk.home, "draft-1", {"typed": "字"})
    remember(desk.home, "draft-1", None)
    remember(desk.home, "draft-1", None)
    assert recall(desk.home) == {}


@pytest.mark.parametrize("damage", [b"", b"{", b"[1]", b"\xff\xfe", b'"x"'])
def test_a_damaged_file_is_as_good_as_none(desk: Desk, damage: bytes) -> None:
    remember(desk.home, "place", {"case": "甲"})
    remember(desk.home, "cases", {"sort": "owed"})
    (desk.home / FOLDER / "place.json").write_bytes(damage)
    assert recall(desk.home) == {"cases": {"sort": "owed"}}


def test_a_home_that_cannot_be_written_is_told_apart(desk: Desk) -> None:
    desk.home.mkdir(parents=True)
    (desk.home / FOLDER).write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(WorkbenchError):
        remember(desk.home, "place", {})
