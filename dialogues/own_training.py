"""`python -m dialogues.own_training`: trains the model for the published table, in a process of its own."""

from __future__ import annotations

import fcntl
import os

from dialogues import own_content
from dialogues.training import train
from knowledge import current
from store.database import OWN_MODELS, database_folder

# The coach goes on answering beside it: whatever else wants the processor comes first.
LOWEST_PRIORITY = 19


def main() -> None:
    """Train at the lowest priority; an exit code other than 0 tells that it failed.

    One at a time: after a crash of the coach the process that it had started may still be at it.
    """
    os.nice(LOWEST_PRIORITY)
    folder = database_folder() / OWN_MODELS
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        own_content.refresh()
        own = current.own()
        if own:
            train(own=own.lessons)


if __name__ == "__main__":
    main()
