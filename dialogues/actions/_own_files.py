"""A company's own files on the screen: the one a button names, and what can be done with it."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions._reply import Button, button
from store import own_material
from store.database import database
from store.own_material import OwnFile

STATES = {
    own_material.DRAFT: "草稿",
    own_material.PUBLISHED: "已发布",
    own_material.REPLACED: "旧版",
    own_material.REMOVED: "已下架",
}


def named_file(dispatcher: CollectingDispatcher, tracker: Tracker) -> OwnFile | None:
    """The file that a button names; otherwise says that there is none."""
    number = context.entity(tracker, "file") or ""
    found = own_material.file_of(database(), int(number)) if number.isdecimal() else None
    if found is None:
        dispatcher.utter_message(response="utter_no_such_file")
    return found


def choices(file: OwnFile) -> list[Button]:
    """What a manager may do with a file in its state."""
    published = file.state == own_material.PUBLISHED
    change = [button("发布", "publish_own_file", file=file.id)] if not published else []
    drop = [button("下架" if published else "不要了", "remove_own_file", file=file.id)]
    return [*change, *(drop if file.state != own_material.REMOVED else []), button("公司资料", "list_own_files")]
