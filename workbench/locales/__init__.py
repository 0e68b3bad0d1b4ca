"""Words for people in Chinese and English: data files, one loader, no logic of their own.

``common.<lang>.toml`` names the things every way out shows (kinds, codes, states, legal bases); ``cli.<lang>.toml`` and
``tui.<lang>.toml`` hold what only one of them says. Codes and JSON keys are never translated.
"""
