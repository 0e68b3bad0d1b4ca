"""The custody log writes itself, and any change in it breaks the chain."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

from tests.store.facts import NOW, arrival, contract, statement
from workbench.domain.case import CaseKind
from workbench.store.custody_chain import GENESIS, broken_at
from workbench.store.store import Store


def test_imports_are_logged_and_the_chain_holds(store: Store) -> None:
    with store.write() as unit:
        unit.cases.create("案", CaseKind.OFF_EXCHANGE, NOW)
        key = unit.cases.key("案")
        unit.documents.add(key, arrival(statement()), NOW)
        unit.documents.add(key, arrival(contract()), NOW)
        unit.custody.record(key, NOW, "note", detail="已送律师")
        unit.commit()
    with store.read() as unit:
        log = unit.custody.all(key)
        marks = unit.custody.marks((key,), ("imported",))[key]
        assert {mark.detail for mark in marks} == {"statement", "contract"}
        assert marks[-1].at == log[1].at
    assert [event.action for event in log] == ["imported", "imported", "note"]
    assert log[0].previous == GENESIS
    assert not broken_at(log)
    assert broken_at(log[1:])
    assert broken_at((log[0], replace(log[1], file="other.pdf"), log[2]))


def test_a_change_made_behind_our_back_is_seen(store: Store) -> None:
    with store.write() as unit:
        unit.cases.create("案", CaseKind.OFF_EXCHANGE, NOW)
        unit.documents.add(unit.cases.key("案"), arrival(statement()), NOW)
        unit.commit()
    assert store.path is not None
    connection = sqlite3.connect(store.path)
    connection.execute("UPDATE custody SET file = 'nicer.pdf'")
    connection.commit()
    connection.close()
    with store.read() as unit:
        assert broken_at(unit.custody.all(unit.cases.key("案")))
