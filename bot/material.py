"""`coach material`: a company's own files on the command line; whoever runs it manages the machine."""

from __future__ import annotations

import argparse
from pathlib import Path

from knowledge.own.draft import rows_of
from knowledge.own.files import UnreadableFile, plain_name
from knowledge.own.isolated import Content, read_content
from knowledge.own.reasons import sentence
from store import own_material
from store.clock import utc_now
from store.database import database
from store.own_material import OwnFile

# Who adds on the command line is no person of the coach.
ADDED_BY = "command line"


class MaterialError(Exception):
    """The file or its number is of no use; the message says why."""


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `material` with its own commands."""
    material = commands.add_parser("material", help="the company's own files: add, list, show, publish, remove")
    actions = material.add_subparsers(required=True, metavar="ACTION")
    add = actions.add_parser("add", help="read a file and keep it as a draft")
    add.add_argument("file", type=Path)
    add.add_argument("--publish", action="store_true", help="let it be searched at once")
    add.set_defaults(command=_add)
    actions.add_parser("list", help="all files and versions").set_defaults(command=_list)
    for name, function, text in (
        ("show", _show, "all passages of a version"),
        ("publish", _publish, "search this version in place of the published one; an older one goes back to it"),
        ("remove", _remove, "search it no longer"),
    ):
        command = actions.add_parser(name, help=text)
        command.add_argument("id", type=int)
        command.set_defaults(command=function)


def _add(options: argparse.Namespace) -> None:
    found = read(options.file)
    if found.rows:
        raise MaterialError(f"{options.file}: is a table of `coach table template`; use `coach table add`")
    rows = rows_of(found.passages)
    file = own_material.add_draft(database(), plain_name(options.file.name), rows, ADDED_BY, utc_now())
    if options.publish:
        file = own_material.publish(database(), file.id) or file
    print(_line(file))


def read(path: Path) -> Content:
    """What a file holds; raises `MaterialError` with the sentence for people."""
    try:
        return read_content(path.name, path.read_bytes())
    except OSError as error:
        raise MaterialError(f"{path}: {error.strerror}") from None
    except UnreadableFile as error:
        raise MaterialError(f"{path}: {sentence(error)}") from None


def _list(options: argparse.Namespace) -> None:
    for file in own_material.files(database()):
        print(_line(file))


def _show(options: argparse.Namespace) -> None:
    file = _found(own_material.file_of(database(), options.id), options.id)
    print(_line(file))
    for passage in own_material.passages(database(), file.id):
        print(f"\n[{passage.number}] {passage.heading}\n{passage.text}")


def _publish(options: argparse.Namespace) -> None:
    print(_line(_found(own_material.publish(database(), options.id), options.id)))


def _remove(options: argparse.Namespace) -> None:
    print(_line(_found(own_material.remove(database(), options.id), options.id)))


def _found(file: OwnFile | None, number: int) -> OwnFile:
    if file is None:
        raise MaterialError(f"there is no file {number}; `coach material list` shows them")
    return file


def _line(file: OwnFile) -> str:
    return f"{file.id:4}  {file.state:9}  version {file.version}  {file.passages:4} passages  {file.name}"
