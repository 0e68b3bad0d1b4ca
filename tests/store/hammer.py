"""Run as a process of its own: write cases and notes into one database as fast as it goes."""

from __future__ import annotations

import sys

from tests.store.facts import NOW, arrival, statement
from workbench.domain.case import CaseKind
from workbench.store.store import Store


def main(url: str, name: str, rounds: int) -> None:
    store = Store(url)
    with store.write() as unit:
        unit.cases.create(name, CaseKind.OFF_EXCHANGE, NOW)
        unit.documents.add(unit.cases.key(name), arrival(statement()), NOW)
        unit.commit()
    for round_number in range(rounds):
        with store.write() as unit:
            shared = unit.cases.key("共有")
            unit.custody.record(shared, NOW, "note", detail=f"{name} {round_number}")
            unit.cases.touch(shared, NOW, facts=False)
            unit.commit()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
