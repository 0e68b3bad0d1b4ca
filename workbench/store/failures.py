"""What a database or disk may do to a person, said in plain words.

The driver's and the system's codes end here: everything above sees ``StoreError`` with a way out.
"""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from workbench.errors import StoreError

_LOCKED = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_DENIED = frozenset({sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_AUTH})
_BROKEN = frozenset({sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_FORMAT})
_DENIED_OS = frozenset({errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EISDIR, errno.EEXIST})
_FULL_OS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def locked(where: str) -> StoreError:
    """Return the error for a database that another process holds."""
    return StoreError(
        "the database is busy: another program is writing to it",
        where=where,
        next_step="Wait a moment and repeat, or close the other window.",
        what_zh="数据库正忙：另一个程序正在写入",
        next_step_zh="请稍候重试，或关闭另一个窗口。",
    )


def full(where: str) -> StoreError:
    """Return the error for a disk without room."""
    return StoreError(
        "the disk is full; nothing was saved",
        where=where,
        next_step="Free some space and repeat.",
        what_zh="磁盘已满，未保存任何内容",
        next_step_zh="请清理空间后重试。",
    )


def denied(where: str) -> StoreError:
    """Return the error for a place without rights."""
    return StoreError(
        "the folder or database cannot be written",
        where=where,
        next_step="Check its owner and rights, or choose another folder with --home.",
        what_zh="文件夹或数据库不可写",
        next_step_zh="请检查其所有者和权限，或用 --home 选择其他文件夹。",
    )


def broken(where: str) -> StoreError:
    """Return the error for a file that is no sound database."""
    return StoreError(
        "the file is not a database of the workbench, or it is damaged",
        where=where,
        next_step="Move it away and restore a backup, or choose another home with --home.",
        what_zh="该文件不是本工具的数据库，或已损坏",
        next_step_zh="请将其移走并恢复备份，或用 --home 选择其他文件夹。",
    )


def newer(where: str, version: str) -> StoreError:
    """Return the error for a schema that this program does not know."""
    return StoreError(
        f"the database was written by a newer version (schema {version})",
        where=where,
        next_step="Update the workbench, or choose another home with --home.",
        what_zh=f"数据库由更新的版本写入（结构 {version}）",
        next_step_zh="请升级本工具，或用 --home 选择其他文件夹。",
    )


def explain_sqlite(problem: BaseException, where: str) -> StoreError:
    """Return the plain error for what the SQLite driver raised."""
    code = getattr(problem, "sqlite_errorcode", 0) & 0xFF
    if code in _LOCKED:
        return locked(where)
    if code == sqlite3.SQLITE_FULL or "No space" in str(problem):
        return full(where)
    if code in _DENIED:
        return denied(where)
    if code in _BROKEN:
        return broken(where)
    if code == sqlite3.SQLITE_IOERR:
        return StoreError(
            "the disk reported an error while the database was used",
            where=where,
            next_step="Check the disk and its free space, then repeat.",
            what_zh="读写数据库时磁盘报错",
            next_step_zh="请检查磁盘及剩余空间后重试。",
        )
    return StoreError(
        f"the database refused: {problem}",
        where=where,
        next_step="Run `workbench doctor`.",
        what_zh=f"数据库拒绝了操作：{problem}",
        next_step_zh="请运行 workbench doctor。",
    )


@contextmanager
def disk_errors(where: Path) -> Iterator[None]:
    """Turn what the file system raises into a ``StoreError``."""
    try:
        yield
    except OSError as problem:
        if problem.errno in _FULL_OS:
            raise full(str(where)) from problem
        if problem.errno in _DENIED_OS:
            raise denied(str(where)) from problem
        raise StoreError(
            f"the folder cannot be used: {problem.strerror}",
            where=str(where),
            next_step="Check the folder, or choose another with --home.",
            what_zh=f"文件夹无法使用：{problem.strerror}",
            next_step_zh="请检查该文件夹，或用 --home 另选。",
        ) from problem
