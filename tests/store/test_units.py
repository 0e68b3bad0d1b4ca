"""One transaction a use case: all or nothing, and nothing shows before commit."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.store.facts import NOW, arrival, statement
from workbench.domain.case import CaseKind
from workbench.errors import ConflictError, NotFoundError, StoreError
from workbench.store.store import Store


def test_leaving_without_commit_saves_nothing(store: Store) -> None:
    with store.write() as unit:
        unit.cases.create("案", CaseKind.OFF_EXCHANGE, NOW)
    with store.read() as unit:
        assert unit.cases.living(archived=False) == []


def test_an_error_inside_saves_nothing(store: Store) -> None:
    def fail_halfway() -> None:
        with store.write() as unit:
            unit.cases.create("案", CaseKind.OFF_EXCHANGE, NOW)
            unit.documents.add(unit.cases.key("案"), arrival(statement()), NOW)
            raise RuntimeError("power cut")

    with pytest.raises(RuntimeError):
        fail_halfway()
    with store.read() as unit:
        assert unit.cases.living(archived=False) == []
        assert unit.documents.every_hash() == set()


def test_a_reader_sees_one_state_while_a_writer_works(store: Store) -> None:
    with store.write() as unit:
        unit.cases.create("甲", CaseKind.OFF_EXCHANGE, NOW)
        unit.commit()
    with store.read() as reader:
        assert len(reader.cases.living(archived=False)) == 1
        with store.write() as writer:
            writer.cases.create("乙", CaseKind.OFF_EXCHANGE, NOW)
            writer.commit()
        assert len(reader.cases.living(archived=False)) == 1
    with store.read() as reader:
        assert len(reader.cases.living(archived=False)) == 2


def test_names_are_unique_among_living_cases(store: Store) -> None:
    with store.write() as unit:
        unit.cases.create("案", CaseKind.OFF_EXCHANGE, NOW)
        with pytest.raises(ConflictError):
            unit.cases.create("案", CaseKind.BROKER_MARGIN, NOW)
        unit.cases.delete(unit.cases.key("案"), NOW)
        unit.cases.create("案", CaseKind.BROKER_MARGIN, NOW)
        with pytest.raises(ConflictError):
            unit.cases.restore(unit.cases.deleted_key("案"))
        with pytest.raises(NotFoundError):
            unit.cases.key("无")


def test_a_second_writer_waits_and_then_gives_up_plainly(store: Store) -> None:
    with store.write():
        impatient = Store(store.url, busy_seconds=0.1)
        with pytest.raises(StoreError, match="busy"), impatient.write():
            pass
        impatient.close()


def test_the_home_is_private(store: Store, tmp_path: Path) -> None:
    with store.read():
        assert (tmp_path / "home").stat().st_mode & 0o077 == 0
