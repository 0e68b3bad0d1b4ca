"""Sizes beyond which a file is refused rather than read: a statement is never that large, an attack may be."""

from __future__ import annotations

MAX_BYTES = 256 * 1024 * 1024
"""Largest file read."""
MAX_PAGES = 5_000
"""Most pages of one PDF."""
MAX_ROWS = 1_000_000
"""Most rows of one table."""
MAX_COLUMNS = 512
"""Most columns of one table."""
MAX_UNPACKED_BYTES = 1024 * 1024 * 1024
"""Most bytes that an Office file may unpack to."""
MAX_UNPACK_RATIO = 400
"""Largest ratio of unpacked to packed bytes of an Office file above one megabyte."""
MAX_PICTURE_PIXELS = 80_000_000
"""Most pixels of one drawn page."""
