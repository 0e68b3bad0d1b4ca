"""A run's result as it is kept."""

from __future__ import annotations

import json
import zlib

from workbench.store.repositories.runs import PIECES, packed_result


def test_a_result_is_kept_whole_whether_its_lines_are_a_list_or_made_one_at_a_time() -> None:
    lines = [{"id": f"S1.{number}", "remark": "买入，“茅台”"} for number in range(3 * PIECES + 1)]
    result = {"schema": 1, "case": {"name": "张三案"}, "gaps": [], "lines": lines, "text": "无", "none": None}

    found = packed_result({**result, "lines": iter(lines)})

    assert found == packed_result(result)
    assert zlib.decompress(found).decode() == json.dumps(result, ensure_ascii=False, separators=(",", ":"))
