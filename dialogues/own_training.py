"""`python -m dialogues.own_training`: trains the model for the published table, in a process of its own."""

from __future__ import annotations

import os

from dialogues import own_content
from dialogues.training import train
from knowledge import current

# The coach goes on answering beside it: whatever else wants the processor comes first.
LOWEST_PRIORITY = 19


def main() -> None:
    """Train at the lowest priority; an exit code other than 0 tells that it failed."""
    os.nice(LOWEST_PRIORITY)
    own_content.refresh()
    own = current.own()
    if own:
        train(own=own.lessons)


if __name__ == "__main__":
    main()
