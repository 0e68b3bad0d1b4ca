#!/usr/bin/env bash
# Builds the wheel, installs it into an empty environment outside the checkout, and runs the demo there:
# proves that templates, sample cases, fonts, migrations, styles and words travel with the package.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
python=$(command -v "${PYTHON:-python3}" || true)
case "${python:-${PYTHON}}" in /*) ;; *) python=$root/${PYTHON} ;; esac
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$python" -m pip wheel --quiet --no-deps --wheel-dir "$work/wheel" "$root"
"$python" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet "$work"/wheel/*.whl
cd "$work"
unset PYTHONPATH
"$work/venv/bin/python" - <<'CHECK'
from importlib.resources import files

package = files("workbench")
wanted = {
    "letters": "_data/templates",
    "sample cases": "_data/sample_cases",
    "fonts": "documents/fonts/WorkbenchSong-Regular.otf",
    "migrations": "store/migrations/versions",
    "words": "locales/cli.zh.toml",
    "dated tables": "reference/data",
    "screen styles": "tui/styles",
}
missing = [f"{name} ({path})" for name, path in wanted.items() if not (package / path).exists()]
raise SystemExit(f"the wheel lacks {', '.join(missing)}" if missing else 0)
CHECK
"$work/venv/bin/workbench" --home "$work/home" demo --out "$work/demo"
"$work/venv/bin/workbench" --home "$work/home" demo --out "$work/demo" >/dev/null
ls "$work"/demo/*.pdf "$work"/demo/*.xlsx >/dev/null
ls -l "$work/wheel" | tail -n 1
echo "the wheel works outside the checkout"
