"""The day that a text names: “周四”, “下周二”, “12月3日”, “5号”, “三天后”, “明天”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from knowledge.customer_card import DayWords

# A next step lies in the coming half year; “3 月 5 日” said in April means no reminder, not one eleven months on.
FARTHEST = timedelta(days=200)
_WEEK = 7
_DATE = re.compile(r"(?<![\d.])(\d{1,2})月(\d{1,2})(?:日|号)?")
_DAY_OF_MONTH = re.compile(r"(?<![\d.月])(\d{1,2})(?:号|日)(?![楼店院])")


def day_in(text: str, today: date, words: DayWords) -> date | None:
    """The first day after today that the text names; None where it names none, or one of the past."""
    found = (day for day in _days(text, today, words) if today < day <= today + FARTHEST)
    return next(found, None)


def _days(text: str, today: date, words: DayWords) -> Iterator[date]:
    for month, day in _DATE.findall(text):
        yield from _valid(today.year, int(month), int(day))
        yield from _valid(today.year + 1, int(month), int(day))
    yield from _later(text, today, words)
    yield from _weekdays(text, today, words)
    for word in sorted(words.words, key=len, reverse=True):
        if word in text:
            yield today + timedelta(days=words.words[word])
    for day in _DAY_OF_MONTH.findall(text):
        yield from _valid(today.year, today.month, int(day))
        later = today.replace(day=1) + timedelta(days=32)
        yield from _valid(later.year, later.month, int(day))


def _later(text: str, today: date, words: DayWords) -> Iterator[date]:
    numbers, units = "".join(words.numbers), "|".join(words.units)
    for count, unit in re.findall(rf"(\d{{1,3}}|[{numbers}])个?({units})之?后", text):
        number = int(count) if count.isdecimal() else words.numbers[count]
        yield today + timedelta(days=number * words.units[unit])


def _weekdays(text: str, today: date, words: DayWords) -> Iterator[date]:
    """“周四” is the next one; “下周四” that of the week after this one."""
    names = words.weekdays + words.sunday
    monday = today - timedelta(days=today.weekday())
    for ahead, name in re.findall(rf"(下*)个?(?:周|星期|礼拜)([{names}])", text):
        place = min(names.index(name), _WEEK - 1)
        if ahead:
            yield monday + timedelta(days=_WEEK * len(ahead) + place)
        else:
            yield today + timedelta(days=(place - today.weekday() - 1) % _WEEK + 1)


def _valid(year: int, month: int, day: int) -> Iterator[date]:
    """The day, where the calendar has it."""
    try:
        yield date(year, month, day)
    except ValueError:
        return
