#!/usr/bin/env bash
# Makes .venv with the pinned packages. Called by the Makefile; safe to call again.
set -euo pipefail
cd "$(dirname "$0")/.."

# The first interpreter that really is Python 3.10: on PATH, behind a version manager's shim, or through uv.
find_python() {
    local candidate
    for candidate in python3.10 python3 python; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 10))' 2>/dev/null; then
            "$candidate" -c 'import sys; print(sys.executable)'
            return
        fi
    done
    if command -v uv >/dev/null 2>&1; then
        uv python find 3.10 2>/dev/null || { uv python install -q 3.10 && uv python find 3.10; }
        return
    fi
    return 1
}

if [ ! -x .venv/bin/python ]; then
    python=$(find_python) || {
        echo "Python 3.10 is missing (Rasa 3.6 runs on no newer one): install python3.10 or uv (https://docs.astral.sh/uv/), then run make again." >&2
        exit 1
    }
    echo "[1/3] virtual environment with $("$python" --version)"
    "$python" -m venv .venv
fi
echo "[2/3] installing $(grep -c '==' requirements.lock) pinned packages (about 3 GB, nearly all of it TensorFlow)"
.venv/bin/python -m pip install --quiet --disable-pip-version-check uv
# The lock is complete, so nothing is resolved here; see requirements.overrides for why.
.venv/bin/uv pip install --quiet --python .venv/bin/python --no-deps -r requirements.lock
echo "[3/3] installing the coach command"
.venv/bin/uv pip install --quiet --python .venv/bin/python --no-deps -e .
touch .venv/.ready
