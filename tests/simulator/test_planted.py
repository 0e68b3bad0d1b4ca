"""A slice of the planted experiment in every test run: files in, the truth out, term by term and line by line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.experiments.planted import Job, jobs_of, run
from tests.simulator.plan import ALL_CODES

JOBS = jobs_of(len(ALL_CODES), 8, 77, tuple(sorted(ALL_CODES)))


@pytest.mark.parametrize("job", JOBS, ids=lambda job: f"{job.seed}-{'+'.join(job.codes) or 'clean'}")
def test_a_simulated_case_is_read_and_judged_as_it_was_made(job: Job, tmp_path: Path) -> None:
    result = run(job, engine_only=False, keep=tmp_path)
    assert result.error == ""
    assert result.outcome.report() == []
