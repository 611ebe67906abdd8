"""The graded answers that readers learn from, validated: `knowledge/graded/`.

`answers/<author>_<objection>.jsonl` holds whole answers, one JSON object a line; `phrases.yml` single moves.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator

from knowledge.loader import FOLDER, Reader, product
from knowledge.problems import KnowledgeError, Problem
from knowledge.scoring.values import Answer

GRADED = FOLDER / "graded"
# Raters give 0 (no), 1 (partly) or 2 (yes) to a check.
_FULL_MARK = 2
BEST_GRADE = 4


@dataclass(frozen=True)
class GradedAnswer:
    """An answer with the raters' verdict.

    `grade` is 0 to 4, the mean of the raters; `checks` 0 to 1; `techniques` (ids) and `faults` hold the share of
    raters who saw them.
    """

    situation: str
    answer: Answer
    grade: float
    checks: dict[str, float]
    techniques: dict[str, float]
    faults: dict[str, float]


@dataclass(frozen=True)
class Phrase:
    """A single move; `technique` or `fault` is the id of what it is, both are empty for plain talk."""

    text: str
    technique: str = ""
    fault: str = ""


@lru_cache(maxsize=1)
def graded_answers() -> tuple[GradedAnswer, ...]:
    """All graded answers; raises `KnowledgeError` with every line that cannot be used."""
    problems: list[Problem] = []
    schema = json.loads((FOLDER / "schemas" / "graded_answer.json").read_text(encoding="utf-8"))
    validator = Draft7Validator(schema)
    answers = []
    for path in sorted((GRADED / "answers").glob("*.jsonl")):
        for item, row in _rows(path, problems):
            errors = [error.message[:120] for error in validator.iter_errors(row)] or list(_unknown(row))
            name = f"knowledge/graded/answers/{path.name}"
            problems += [Problem(name, item, error, "mend the line as docs/data-formats.md says") for error in errors]
            if not errors:
                answers.append(_graded(row))
    if problems:
        raise KnowledgeError(problems)
    return tuple(answers)


def _rows(path: Path, problems: list[Problem]) -> Iterator[tuple[str, dict[str, Any]]]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            yield f"line {number}", json.loads(line)
        except ValueError as error:
            name = f"knowledge/graded/answers/{path.name}"
            problems.append(Problem(name, f"line {number}", str(error), "write one JSON object a line"))


def _unknown(row: dict[str, Any]) -> Iterator[str]:
    names = technique_ids()
    if row["objection"] not in product().objections:
        yield f"objection '{row['objection']}' is unknown"
    for name in (*row["techniques"], *row.get("techniques_2", ())):
        if name not in names:
            yield f"technique '{name}' is unknown"


@lru_cache(maxsize=1)
def technique_ids() -> dict[str, str]:
    """Ids of techniques by their Chinese name."""
    return {technique.name: technique.id for technique in product().techniques.values()}


def _graded(row: dict[str, Any]) -> GradedAnswer:
    names = technique_ids()
    return GradedAnswer(
        situation=row["situation"],
        answer=Answer(row["objection"], row["style"], row["domain"], row["customer_line"], row["answer"]),
        grade=row.get("grade", row["grade_1"]),
        checks={name: mark / _FULL_MARK for name, mark in row["checks"].items()},
        techniques={names[name]: share for name, share in _shares(row, "techniques").items()},
        faults=_shares(row, "faults"),
    )


def _shares(row: dict[str, Any], key: str) -> dict[str, float]:
    """By name, the share of raters who named it."""
    raters = [row[key], row[f"{key}_2"]] if f"{key}_2" in row else [row[key]]
    return {name: sum(name in found for found in raters) / len(raters) for found in raters for name in found}


@lru_cache(maxsize=1)
def phrases() -> tuple[Phrase, ...]:
    """Single moves: `graded/phrases.yml`, and the words that the coach itself teaches for each technique.

    Raises:
        KnowledgeError: with every problem of the file.
    """
    known = product()
    read = Reader(FOLDER)
    data = read.one("graded/phrases")
    read.finish(
        Problem("knowledge/graded/phrases.yml", f"techniques.{name}", "is unknown", "use the id of a technique's file")
        for name in data.get("techniques", {}).keys() - known.techniques.keys()
    )
    taught = [(use.id, use.say) for objection in known.objections.values() for use in objection.techniques]
    taught += [(use.technique, use.say) for styles in known.style_words.values() for use in styles.values()]
    return (
        *(Phrase(text, technique=name) for name, texts in data["techniques"].items() for text in texts),
        *(Phrase(text, technique=name) for name, text in taught if name in data["techniques"]),
        *(Phrase(text, fault=name) for name, texts in data["faults"].items() for text in texts),
        *(Phrase(text) for text in data["plain"]),
    )
