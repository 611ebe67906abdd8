"""Rasa as a server of its own with the model for the present data; listens where RASA_HOST says (loopback)."""

from __future__ import annotations

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from dialogues.own_content import loadable_model
from dialogues.quiet import quietly
from dialogues.training import ROOT


def main() -> None:
    """Train if the data changed, then serve the REST channel on port 5005."""
    os.environ.setdefault("ACTIONS_URL", "http://127.0.0.1:5055/webhook")
    model = loadable_model()
    with quietly():
        import rasa

        rasa.run(
            str(model),
            endpoints=str(ROOT / "dialogues" / "endpoints.yml"),
            credentials=str(ROOT / "dialogues" / "credentials.yml"),
            interface=os.environ.get("RASA_HOST", "127.0.0.1"),
            port=5005,
        )


if __name__ == "__main__":
    main()
