"""Health check of a service: an address answers, or a heartbeat file is fresh. Exit code 0 or 1.

python deploy/healthy.py http://127.0.0.1:5005/
python deploy/healthy.py /tmp/heartbeat
"""

from __future__ import annotations

import sys
import time
import urllib.request
from pathlib import Path

# The bot writes its heartbeat every 20 s (bot/__main__.py).
FRESH_S = 60


def healthy(target: str) -> bool:
    """Whether the address answers with success, or the file was written lately."""
    try:
        if target.startswith("http"):
            with urllib.request.urlopen(target, timeout=4) as response:
                return bool(response.status < 400)
        return time.time() - Path(target).stat().st_mtime < FRESH_S
    except OSError:
        return False


if __name__ == "__main__":
    sys.exit(0 if healthy(sys.argv[1]) else 1)
