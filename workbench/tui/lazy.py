"""Bring the services in at the first call, in a worker, so that the first frame does not wait for them."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from workbench.services.desk import Desk
    from workbench.tui.ports import Backend


class _Lazy:
    """Stands in for the real backend and becomes it."""

    def __init__(self, open_desk: Callable[[], Desk]) -> None:
        self._open_desk = open_desk
        self._lock = Lock()
        self._real: Backend | None = None

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # any verb of the backend
        def call(*args: object, **kwargs: object) -> object:
            return getattr(self._get(), name)(*args, **kwargs)

        return call

    def _get(self) -> Backend:
        with self._lock:
            if self._real is None:
                from workbench.tui.backend import ServiceBackend  # noqa: PLC0415  # the point of this file

                self._real = ServiceBackend(self._open_desk)
            return self._real


def LazyBackend(open_desk: Callable[[], Desk]) -> Backend:  # noqa: N802  # reads as the class it stands for
    """Return a backend that imports and opens everything at its first call."""
    return cast("Backend", _Lazy(open_desk))
