"""Reference tables as compact JSON and back, so that an old run can be recomputed with the tables of its day.

Only frozen dataclasses of dates, decimals, texts, flags, tuples and one level of mapping occur; anything else is a
programming error and raises ``TypeError``.
"""

from __future__ import annotations

import json
import types
import zlib
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Union, get_args, get_origin, get_type_hints

from workbench.domain.reference import ReferenceTables


def packed(tables: ReferenceTables) -> bytes:
    """Return the tables as compressed JSON."""
    return zlib.compress(json.dumps(_plain(tables), ensure_ascii=False, separators=(",", ":")).encode())


def unpacked(data: bytes) -> ReferenceTables:
    """Return the tables that :func:`packed` wrote."""
    found = _typed(ReferenceTables, json.loads(zlib.decompress(data)))
    if not isinstance(found, ReferenceTables):
        raise TypeError("not reference tables")
    return found


def _plain(value: object) -> Any:  # noqa: ANN401  JSON has no narrower type
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return [_plain(getattr(value, field.name)) for field in fields(value)]
    raise TypeError(f"cannot keep {type(value).__name__}")


def _typed(kind: Any, value: Any) -> Any:  # noqa: ANN401  JSON has no narrower type
    if value is None:
        return None
    if isinstance(kind, type) and is_dataclass(kind):
        hints = get_type_hints(kind)
        names = [field.name for field in fields(kind)]
        return kind(**{name: _typed(hints[name], item) for name, item in zip(names, value, strict=True)})
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _typed(next(part for part in get_args(kind) if part is not type(None)), value)
    if origin is tuple:
        return tuple(_typed(get_args(kind)[0], item) for item in value)
    if origin is dict:
        return {key: _typed(get_args(kind)[1], item) for key, item in value.items()}
    return date.fromisoformat(value) if kind is date else kind(value)
