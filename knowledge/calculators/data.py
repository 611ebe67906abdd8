"""Reads and checks the rules of the calculators: `knowledge/calculators.yml`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from knowledge.loader import FOLDER, Reader, knowledge
from knowledge.models import Knowledge
from knowledge.problems import Problem, unknown_sources

FILE = "knowledge/calculators.yml"


@dataclass(frozen=True)
class MoneyRules:
    """Units in yuan, digits and tens of Chinese numbers, currencies that are not converted, the largest amount."""

    units: dict[str, Decimal]
    digits: dict[str, int]
    tens: dict[str, int]
    foreign: tuple[str, ...]
    most: Decimal


@dataclass(frozen=True)
class Stage:
    """A stage of buying; `rate` is its win rate in percent, `words` name it in what a rep types."""

    rate: Decimal
    title: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class ForecastRules:
    """Stages from the earliest on, without `done`, whose deals count in full; words of the picture."""

    stages: tuple[Stage, ...]
    done: Stage
    picture: dict[str, Any]
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Level:
    """A grade of customers from `least` yuan on; `care` says how to treat them."""

    id: str
    title: str
    least: Decimal
    care: str


@dataclass(frozen=True)
class GradeRules:
    """Levels from high to low; of the customers `vital_share` percent are looked at, of the result `result_share`."""

    levels: tuple[Level, ...]
    edge: str
    vital_share: int
    result_share: int
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Choice:
    """An answer of a questionnaire; `next` is what to do about it, empty where all is well."""

    title: str
    points: int
    next: str = ""


@dataclass(frozen=True)
class Asked:
    """A question, its name in a list, its answers from good to bad."""

    ask: str
    short: str
    answers: tuple[Choice, ...]


@dataclass(frozen=True)
class Verdict:
    """What `least` points and more mean."""

    least: int
    text: str


@dataclass(frozen=True)
class Questionnaire:
    """Questions with points; `verdicts` from high to low, the last one from 0 on."""

    id: str
    title: str
    sources: tuple[str, ...]
    questions: tuple[Asked, ...]
    verdicts: tuple[Verdict, ...]
    note: str


@dataclass(frozen=True)
class TableRules:
    """Words in the headings of a CSV file's columns, longer units first; its limits in rows and characters."""

    most_rows: int
    most_name: int
    name: tuple[str, ...]
    amount: tuple[str, ...]
    stage: tuple[str, ...]
    units: tuple[str, ...]


@dataclass(frozen=True)
class Calculators:
    """All rules; `problems` are sentences by the kind of mistake, `most_lines` of deals or customers go into one."""

    most_lines: int
    tables: TableRules
    money: MoneyRules
    forecast: ForecastRules
    grades: GradeRules
    questionnaires: dict[str, Questionnaire]
    problems: dict[str, str]


@lru_cache(maxsize=1)
def calculators() -> Calculators:
    """The product's own rules, read once a process.

    Raises:
        KnowledgeError: with every problem of the file.
    """
    return load_calculators(FOLDER, knowledge())


def load_calculators(folder: Path, known: Knowledge) -> Calculators:
    """The rules under `folder`, whose sources `known` holds; raises `KnowledgeError`."""
    read = Reader(folder)
    data = read.one("calculators")
    read.finish(_cross_checks(data, known))
    return Calculators(
        most_lines=data["most_lines"],
        tables=_tables(data["tables"]),
        money=MoneyRules(
            units={unit: Decimal(value) for unit, value in data["money"]["units"].items()},
            digits=data["numerals"]["digits"],
            tens=data["numerals"]["tens"],
            foreign=tuple(data["money"]["foreign"]),
            most=Decimal(data["money"]["most"]),
        ),
        forecast=_forecast(data["forecast"]),
        grades=_grades(data["grades"]),
        questionnaires={entry["id"]: _questionnaire(entry) for entry in data["questionnaires"]},
        problems=data["problems"],
    )


def _tables(data: dict[str, Any]) -> TableRules:
    words = {key: tuple(data[key]) for key in ("name", "amount", "stage", "units")}
    return TableRules(most_rows=data["most_rows"], most_name=data["most_name"], **words)


def _forecast(data: dict[str, Any]) -> ForecastRules:
    stages = tuple(Stage(Decimal(str(s["rate"])), s["title"], tuple(s["words"])) for s in data["stages"])
    done = Stage(Decimal(100), data["done"]["title"], tuple(data["done"]["words"]))
    return ForecastRules(stages, done, data["picture"], tuple(data["sources"]))


def _grades(data: dict[str, Any]) -> GradeRules:
    levels = tuple(Level(**{**level, "least": Decimal(level["least"])}) for level in data["levels"])
    return GradeRules(**{**data, "levels": levels, "sources": tuple(data["sources"])})


def _questionnaire(data: dict[str, Any]) -> Questionnaire:
    questions = tuple(
        Asked(q["ask"], q["short"], tuple(Choice(**answer) for answer in q["answers"])) for q in data["questions"]
    )
    verdicts = tuple(Verdict(**verdict) for verdict in data["verdicts"])
    return Questionnaire(data["id"], data["title"], tuple(data["sources"]), questions, verdicts, data["note"])


def _cross_checks(data: dict[str, Any], known: Knowledge) -> Iterator[Problem]:
    """What the schema cannot see: sources, orders from high to low, words of two stages."""
    parts = [("forecast", data["forecast"]), ("grades", data["grades"])]
    parts += [(entry["id"], entry) for entry in data["questionnaires"]]
    for item, part in parts:
        yield from unknown_sources(FILE, item, part["sources"], known)
    falling = [("grades.levels", data["grades"]["levels"])]
    falling += [(f"{entry['id']}.verdicts", entry["verdicts"]) for entry in data["questionnaires"]]
    for item, steps in falling:
        least = [step["least"] for step in steps]
        if least != sorted(set(least), reverse=True) or least[-1] != 0:
            yield Problem(FILE, item, f"least runs {least}", "order it from high to low and end with 0")
    yield from _words_of_two_stages(data["forecast"])


def _words_of_two_stages(forecast: dict[str, Any]) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for stage in (*forecast["stages"], forecast["done"]):
        for word in stage["words"]:
            if word in seen:
                fix = "leave it at one stage"
                yield Problem(FILE, f"forecast.{stage['title']}", f"'{word}' stands at {seen[word]} too", fix)
            seen[word] = stage["title"]
