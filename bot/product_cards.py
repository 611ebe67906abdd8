"""`coach product`: product cards on the command line; whoever runs it manages the machine."""

from __future__ import annotations

import argparse
from pathlib import Path

from knowledge.products.reading import UnusableFile, read, template
from store import products
from store.clock import utc_now
from store.database import database

# Who adds on the command line is no person of the coach.
ADDED_BY = "command line"


class ProductError(Exception):
    """The file is of no use; the message says why, row by row."""


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `product` with its own commands."""
    product = commands.add_parser("product", help="the company's product cards: import, list, template")
    actions = product.add_subparsers(required=True, metavar="ACTION")
    take = actions.add_parser("import", help="take all products of a CSV or YAML file, or none if one is wrong")
    take.add_argument("file", type=Path, metavar="FILE")
    take.set_defaults(command=_import)
    actions.add_parser("list", help="all product cards").set_defaults(command=_list)
    empty = actions.add_parser("template", help="write a CSV file with all columns and an example")
    empty.add_argument("file", type=Path, metavar="FILE")
    empty.set_defaults(command=_template)


def _import(options: argparse.Namespace) -> None:
    now = utc_now()
    try:
        found = read(options.file.name, options.file.read_bytes(), now.astimezone().date())
    except OSError as error:
        raise ProductError(f"{options.file}: {error.strerror}") from None
    except UnusableFile as error:
        raise ProductError(f"{options.file}: {error}") from None
    if found.faults:
        raise ProductError(f"{options.file}: {found.report()}")
    products.save_all(database(), ADDED_BY, found.products, now)
    _list(options)


def _list(options: argparse.Namespace) -> None:
    for product in products.every(database()):
        print(f"{product.id:4}  {product.values['name']}  {product.values.get('price', '')}")


def _template(options: argparse.Namespace) -> None:
    try:
        options.file.write_bytes(template())
    except OSError as error:
        raise ProductError(f"{options.file}: {error.strerror}") from None
