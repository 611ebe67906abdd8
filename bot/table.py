"""`coach table`: a company's own objections, techniques, words, drills and quizzes on the command line."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from bot import own_table
from bot.material import ADDED_BY, MaterialError, read
from knowledge.own.files import plain_name
from knowledge.own.table.cells import Row
from store import own_tables
from store.clock import utc_now
from store.database import database
from store.own_tables import OwnTable


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `table` with its own commands."""
    table = commands.add_parser("table", help="the company's own objections, words, drills and quizzes in a table")
    actions = table.add_subparsers(required=True, metavar="ACTION")
    for name, function, text in (
        ("template", _template, "write the empty workbook, with notes and an example"),
        ("try", _try, "check every row and show which answers would change; keeps nothing"),
        ("add", _add, "check, try and keep as a draft"),
    ):
        command = actions.add_parser(name, help=text)
        command.add_argument("file", type=Path)
        command.set_defaults(command=function)
    actions.add_parser("list", help="all versions").set_defaults(command=_list)
    publish = actions.add_parser("publish", help="use this version; an older one goes back to it")
    publish.add_argument("id", type=int)
    publish.set_defaults(command=_publish)
    actions.add_parser("withdraw", help="use no version").set_defaults(command=_withdraw)


def _template(options: argparse.Namespace) -> None:
    from knowledge.own.table.template import workbook

    try:
        options.file.write_bytes(workbook())
    except OSError as error:
        raise MaterialError(f"{options.file}: {error.strerror}") from None
    print(options.file)


def _try(options: argparse.Namespace) -> None:
    _, summary = _tried(options.file)
    _show(summary)


def _add(options: argparse.Namespace) -> None:
    rows, summary = _tried(options.file)
    name = plain_name(options.file.name)
    print(_line(own_table.keep(name, rows, summary, ADDED_BY, utc_now())))
    _show(summary)


def _tried(file: Path) -> tuple[Sequence[Row], dict[str, object]]:
    rows = read(file).rows
    if not rows:
        raise MaterialError(f"{file}: is no table of `coach table template`; `coach material add` takes other files")
    from dialogues import own_content
    from dialogues.own_trial import trial

    own_content.refresh()
    found = trial(plain_name(file.name), rows)
    if found.faults:
        raise MaterialError("\n".join([f"{file}: {len(found.faults)} faults", *map(own_table.line, found.faults)]))
    return rows, found.summary


def _show(summary: dict[str, object]) -> None:
    print(f"{summary['changed']} answers change, {summary['lines']} sentences to learn")
    changes = summary["changes"]
    assert isinstance(changes, list)
    for asked, before, after in changes:
        print(f"\n{asked}\n  - {before}\n  + {after}")


def _list(options: argparse.Namespace) -> None:
    for table in own_tables.tables(database()):
        print(_line(table))


def _publish(options: argparse.Namespace) -> None:
    from dialogues import own_content, own_publishing

    table = own_tables.table_of(database(), options.id)
    if table is None:
        raise MaterialError(f"there is no version {options.id}; `coach table list` shows them")
    if own_content.own_of(options.id) is None:
        raise MaterialError(f"version {options.id} no longer fits the product; `coach table try` tells what to mend")
    published = own_publishing.publish(options.id, ADDED_BY, utc_now())
    if published:
        print(_line(published))
    if not own_content.model().exists():
        print("what customers say is learnt by the running bot, or at its next start")


def _withdraw(options: argparse.Namespace) -> None:
    from dialogues import own_publishing

    own_publishing.withdraw(ADDED_BY, utc_now())


def _line(table: OwnTable) -> str:
    return f"{table.id:4}  {table.state:9}  {table.added_at[:10]}  {table.name}"
