"""`coach`: the same understanding, knowledge and replies on the command line; JSON lines in and out.

    coach parse --jsonl FILE    {"text"}  → label, confidence, labels, style, signal
    coach ask --jsonl FILE [--data DATABASE]
                                {"q"}     → the reply that the bot would send, its sources, whether it answers; with
                                a database the company's own files and table in it answer too
    coach score --jsonl FILE    {"objection", "style", "domain", "customer_line", "answer"}
                                → score, techniques, faults, feedback, model_answer
    coach chat                  talk in the terminal
    coach train [--force]       train the model when its data changed
    coach check                 validate every data file
    coach backup FILE           copy the database, also while the bot runs
    coach restore FILE          put such a copy in the database's place, also while the bot runs
    coach product import FILE   take the product cards of a CSV or YAML file
    coach key                   seal personal texts with a new key

Exit code 2 and one line on standard error for bad input.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from bot import material, product_cards, table
from bot.log_filter import configure_logging
from bot.material import MaterialError
from bot.product_cards import ProductError
from store.backup import BackupError
from store.company import copy_company
from store.database import DEFAULT_PATH, OWN_MODELS, PATH_VARIABLE
from store.secrets import SecretsError

BAD_INPUT = 2


class InputError(Exception):
    """The input cannot be used; the message says where and how to mend it."""


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    options = _parser().parse_args(arguments)
    configure_logging("WARNING")
    try:
        return int(options.command(options) or 0)
    except (InputError, BackupError, MaterialError, ProductError, SecretsError) as error:
        print(f"coach: {error}", file=sys.stderr)
        return BAD_INPUT


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="coach", description="The sales coach on the command line.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, function, text in (
        ("parse", _parse, "what the coach understands of each text"),
        ("ask", _ask, "the reply that the bot would send to each question"),
        ("score", _score, "how good an answer to a customer is, and why"),
    ):
        command = commands.add_parser(name, help=text)
        command.add_argument(
            "--jsonl", type=Path, required=True, metavar="FILE", help="JSON lines; - for standard input"
        )
        command.set_defaults(command=function)
        if name == "ask":
            command.add_argument(
                "--data",
                type=Path,
                metavar="DATABASE",
                help="answer from the company's own material in this database, too (it is only read)",
            )
    commands.add_parser("chat", help="talk to the coach here").set_defaults(command=_chat)
    train = commands.add_parser("train", help="train the model when its data changed")
    train.add_argument("--force", action="store_true", help="train even if nothing changed")
    train.set_defaults(command=_train)
    commands.add_parser("check", help="validate every data file").set_defaults(command=_check)
    for name, function, text in (
        ("backup", _backup, "copy the database, also while the bot runs"),
        ("restore", _restore, "put such a copy in the database's place, also while the bot runs"),
    ):
        command = commands.add_parser(name, help=text)
        command.add_argument("file", type=Path, metavar="FILE")
        command.set_defaults(command=function)
    material.add_parser(commands)
    product_cards.add_parser(commands)
    table.add_parser(commands)
    commands.add_parser("key", help="seal personal texts with a new key").set_defaults(command=_key)
    return parser


def _rows(path: Path, key: str) -> Iterator[str]:
    """The texts under `key`, one a line."""
    return (text for [text] in _objects(path, (key,)))


def _objects(path: Path, keys: Sequence[str]) -> Iterator[list[str]]:
    """The texts under `keys`, one object a line."""
    for number, line in _lines(path):
        try:
            row = json.loads(line)
            values = [row[key] for key in keys]
        except (ValueError, KeyError, TypeError, RecursionError):
            expected = ", ".join(f'"{key}"' for key in keys)
            raise InputError(f"{path}, line {number}: expected a JSON object with {expected}") from None
        for key, value in zip(keys, values, strict=True):
            if not isinstance(value, str):
                raise InputError(f'{path}, line {number}: "{key}" must be a text')
        yield values


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """Number and content of every line that is not blank."""
    if str(path) != "-" and not path.is_file():
        raise InputError(f"{path}: no such file")
    try:
        content = (sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: is not UTF-8 (byte {error.start}); save it as UTF-8") from None
    return ((number, line) for number, line in enumerate(content.splitlines(), start=1) if line.strip())


def _write(row: dict[str, Any]) -> None:
    print(json.dumps(row, ensure_ascii=False), flush=True)


def _parse(options: argparse.Namespace) -> None:
    texts = list(_rows(options.jsonl, "text"))
    from bot.batch import parse_all

    asyncio.run(parse_all(texts, _write))


def _ask(options: argparse.Namespace) -> None:
    questions = list(_rows(options.jsonl, "q"))
    if options.data and not options.data.is_file():
        raise InputError(f"{options.data}: no such file")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ask.db"  # questions asked here are nobody's
        os.environ[PATH_VARIABLE] = str(path)
        if options.data:
            copy_company(options.data, path)
            # A model with the company's own lessons lies beside its database.
            (Path(folder) / OWN_MODELS).symlink_to(options.data.resolve().parent / OWN_MODELS)
        from bot.batch import ask_all

        asyncio.run(ask_all(questions, _write))


def _score(options: argparse.Namespace) -> None:
    from bot.score import KEYS, answer_of, score_all

    answers = []
    for values in _objects(options.jsonl, KEYS):
        try:
            answers.append(answer_of(*values))
        except ValueError as error:
            raise InputError(f"{options.jsonl}: {error}") from None
    score_all(answers, _write)


def _chat(options: argparse.Namespace) -> None:
    os.environ.setdefault(PATH_VARIABLE, DEFAULT_PATH)
    from bot.terminal import chat

    asyncio.run(chat())


def _train(options: argparse.Namespace) -> None:
    from dialogues.training import train_all

    print(train_all(force=options.force))


def _check(options: argparse.Namespace) -> int:
    from bot.check import problems

    found = problems()
    for problem in found:
        print(problem)
    print(f"{len(found)} problems" if found else "every data file is fine")
    return 1 if found else 0


def _backup(options: argparse.Namespace) -> None:
    from bot.upkeep import write_backup

    write_backup(options.file)


def _restore(options: argparse.Namespace) -> None:
    from bot.upkeep import restore_backup

    restore_backup(options.file)


def _key(options: argparse.Namespace) -> None:
    from bot.upkeep import change_key

    change_key()


if __name__ == "__main__":
    sys.exit(main())
