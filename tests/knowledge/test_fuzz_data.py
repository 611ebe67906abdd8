"""Whatever stands in a data file or in a file that somebody sends: it is read, or refused with a reason."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.loader import load, read_yaml
from knowledge.own.files import KINDS, UnreadableFile, kind_of
from knowledge.own.isolated import read_file
from knowledge.own.passages import passages
from knowledge.own.reading import read
from knowledge.problems import KnowledgeError
from tests.bot.test_fuzz import JSON, ODD
from tests.knowledge.conftest import SmallKnowledge
from tests.knowledge.test_own_files import slides, word_file, workbook

MANY = settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
# Each reads a whole folder, or starts a process.
SOME = settings(MANY, max_examples=30)
FEW = settings(MANY, max_examples=4)
KEYS = ODD | st.integers() | st.none() | st.booleans()
YAML = st.recursive(
    JSON | st.dates(), lambda inner: st.dictionaries(KEYS, inner, max_size=3) | st.lists(inner), max_leaves=6
)
RAW = (
    b"\xff\xfe",
    b"\x00",
    b"a: &a [*a]",
    b"- !!python/object/apply:os.system [true]",
    b"a: {",
    b"? [a]\n: b",
    b"2026-13-45",
)
BYTES = st.binary(max_size=300) | ODD.map(lambda text: text.encode("utf-8", "replace"))
FILES = [("a.docx", word_file()), ("a.pptx", slides()), ("a.xlsx", workbook()), ("a.pdf", b"%PDF-1.7\n")]


def loads_or_complains(small: SmallKnowledge) -> None:
    """A complaint says where and what to do, and is no trace."""
    try:
        load(small.folder)
    except KnowledgeError as error:
        for problem in error.problems:
            assert problem.file
            assert problem.fix
            assert "Traceback" not in str(problem)


@contextlib.contextmanager
def restored(path: Path) -> Any:
    before = path.read_bytes()
    try:
        yield
    finally:
        path.write_bytes(before)


@SOME
@given(data=st.data())
def test_any_value_in_a_data_file_is_loaded_or_complained_about(small: SmallKnowledge, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(sorted(small.folder.rglob("*.yml"))))
    with restored(path):
        content = read_yaml(path)
        place, key = content, data.draw(st.sampled_from(list(content)))
        while isinstance(place[key], (dict, list)) and place[key] and data.draw(st.booleans()):
            place = place[key]
            key = data.draw(st.sampled_from(list(place) if isinstance(place, dict) else range(len(place))))
        place[key] = data.draw(YAML)
        path.write_text(yaml.dump(content, allow_unicode=True), encoding="utf-8", errors="surrogatepass")
        loads_or_complains(small)


@pytest.mark.parametrize("raw", RAW)
@pytest.mark.parametrize("name", ["sources.yml", "objections/no_need.yml"])
def test_any_bytes_in_a_data_file_are_complained_about(small: SmallKnowledge, name: str, raw: bytes) -> None:
    (small.folder / name).write_bytes(raw)
    with pytest.raises(KnowledgeError):
        load(small.folder)


@MANY
@given(
    ODD,
    st.sampled_from((*KINDS, "docm", "exe", "")),
    BYTES,
)
def test_any_file_is_of_a_kind_or_refused(stem: str, suffix: str, content: bytes) -> None:
    with contextlib.suppress(UnreadableFile):
        assert kind_of(f"{stem}.{suffix}", content) in KINDS


@MANY
@given(BYTES)
def test_any_bytes_as_a_text_are_read_or_refused(content: bytes) -> None:
    with contextlib.suppress(UnreadableFile):
        passages(read("md", content))


@FEW
@given(st.sampled_from(FILES), st.integers(0, 2**16), st.binary(min_size=1, max_size=40))
def test_a_damaged_file_is_read_or_refused(file: tuple[str, bytes], at: int, junk: bytes) -> None:
    name, content = file
    cut = at % len(content)
    with contextlib.suppress(UnreadableFile):
        read_file(name, content[:cut] + junk + content[cut + len(junk) :])
