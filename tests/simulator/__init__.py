"""An exam generator: whole cases with planted mistakes and their truth, computed without the engine.

Nothing here imports ``workbench.engine`` or ``workbench.intake``: truth is derived a second time from the domain
specification.
"""
