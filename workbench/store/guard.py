"""One seam around the database library: whatever it raises becomes a plain error."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError, StatementError

from workbench.errors import StoreError
from workbench.store.failures import explain_sqlite


@contextmanager
def database_errors(url: str) -> Iterator[None]:
    """Turn errors of the driver into ``StoreError``; programming errors stay what they are."""
    where = url.rsplit("@", maxsplit=1)[-1].removeprefix("sqlite:///")
    try:
        yield
    except sqlite3.Error as problem:
        raise explain_sqlite(problem, where) from problem
    except DBAPIError as problem:
        raise explain_sqlite(problem.orig or problem, where) from problem
    except StatementError as problem:
        if isinstance(problem.orig, TypeError | ValueError):
            raise StoreError(
                f"a figure cannot be stored exactly: {problem.orig}",
                where=where,
                next_step="Correct the figure in the source and repeat.",
                what_zh=f"有数字无法精确保存：{problem.orig}",
                next_step_zh="请更正来源中的数字后重试。",
            ) from problem
        raise explain_sqlite(problem.orig or problem, where) from problem
    except SQLAlchemyError as problem:
        raise explain_sqlite(problem, where) from problem
