"""The shape of the code: which way imports point, what importing does, where sentences and long files may be."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("bot", "dialogues", "knowledge", "nlu", "store")
FILES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
LONGEST_FILE = 400
# Labels on buttons and the glue between texts are short; what is longer, or ends like a sentence, is content and
# belongs into YAML.
LONGEST_LABEL = 8
CHINESE = re.compile(r"[\u4e00-\u9fff]")
SENTENCE_END = re.compile(r"[\u4e00-\u9fff][。！？]")

# Package → what none of its files may import.
FORBIDDEN = {
    "knowledge": {"rasa", "rasa_sdk", "telegram", "nlu", "dialogues", "bot", "store"},
    "store": {"rasa", "rasa_sdk", "telegram", "nlu", "dialogues", "bot", "knowledge"},
    "nlu": {"rasa_sdk", "telegram", "dialogues", "bot", "store"},
    "dialogues": {"telegram", "bot"},
    "bot": {"rasa", "rasa_sdk"},
}
# Outside of these no file may import Rasa.
RASA_ALLOWED = ("dialogues/", "nlu/components/")


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports_of(path: Path) -> set[str]:
    """Top-level names of everything a file imports, also inside functions."""
    found = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(path)}: write imports in full"
            found.add(str(node.module).partition(".")[0])
    return found


def test_the_files_are_found() -> None:
    assert len(FILES) > 50
    assert {path.relative_to(ROOT).parts[0] for path in FILES} == set(PACKAGES)


@pytest.mark.parametrize("package", PACKAGES)
def test_imports_point_one_way(package: str) -> None:
    for path in FILES:
        if path.relative_to(ROOT).parts[0] == package:
            wrong = imports_of(path) & FORBIDDEN[package]
            assert not wrong, f"{name_of(path)} imports {', '.join(sorted(wrong))}"


def test_rasa_is_imported_where_it_belongs() -> None:
    users = [name_of(path) for path in FILES if imports_of(path) & {"rasa", "rasa_sdk"}]
    assert [name for name in users if not name.startswith(RASA_ALLOWED)] == []


def test_the_product_does_not_import_its_tests() -> None:
    assert [name_of(path) for path in FILES if "tests" in imports_of(path)] == []


# Importing ------------------------------------------------------------------------------------

# Run in a process of its own: notes what is opened while each module is imported.
WATCH = """
import importlib, json, os, sys
root, names = sys.argv[1], json.loads(sys.argv[2])
seen, own = [], []
def note(event, arguments):
    if not own:
        return
    if event == "open":
        path, mode = arguments[0], arguments[1]
        if not isinstance(path, str):
            return
        path = os.path.abspath(path)
        inside = path.startswith(root + os.sep) and (os.sep + ".venv" + os.sep) not in path
        code = path.endswith((".py", ".pyc")) or "__pycache__" in path or ".egg-info" in path
        if inside and not code:
            seen.append(f"{own[-1]} opens {os.path.relpath(path, root)}")
    elif event == "socket.bind" and arguments[1] == ("::1", 0):
        return  # urllib3 asks whether this machine knows IPv6
    elif event in ("sqlite3.connect", "socket.bind", "socket.connect"):
        seen.append(f"{own[-1]}: {event} {arguments[1:]}")
sys.addaudithook(note)
for name in names:
    own.append(name)
    importlib.import_module(name)
    own.pop()
print(json.dumps(seen))
"""


def module_name(path: Path) -> str:
    return name_of(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def opened_by(modules: list[str]) -> list[str]:
    """What importing the modules opens, in a fresh process."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", WATCH, str(ROOT), json.dumps(modules)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return list(json.loads(done.stdout.splitlines()[-1]))


def needs_rasa(path: Path) -> bool:
    """Rasa itself takes ten seconds to import; `rasa_sdk` does not."""
    return "rasa" in {
        str(name).partition(".")[0]
        for node in tree_of(path).body
        for name in (
            [node.module] if isinstance(node, ast.ImportFrom) else [a.name for a in getattr(node, "names", [])]
        )
    }


def test_importing_opens_nothing() -> None:
    light = [module_name(path) for path in FILES if not needs_rasa(path)]
    assert len(light) > 40
    assert opened_by(light) == []


@pytest.mark.model
def test_importing_what_uses_rasa_opens_nothing() -> None:
    heavy = [module_name(path) for path in FILES if needs_rasa(path)]
    assert heavy
    assert opened_by(heavy) == []


# Sentences and sizes ---------------------------------------------------------------------------


def test_python_holds_no_sentences() -> None:
    """Sentences are data: a literal may be a label or glue, no more. Docstrings and comments do not count."""
    assert [f"{name_of(path)}: {text}" for path in FILES for text in literals(path) if is_content(text)] == []


def literals(path: Path) -> Iterator[str]:
    """String constants of a file without docstrings; the parts of an f-string one by one."""
    tree = tree_of(path)
    bare = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in bare:
            yield node.value


def is_content(text: str) -> bool:
    """Character classes of regular expressions are no words."""
    text = re.sub(r"\[[^\]]*\]", "", text)
    return len(CHINESE.findall(text)) > LONGEST_LABEL or bool(SENTENCE_END.search(text))


@pytest.mark.parametrize(
    ("text", "content"),
    [("客户说", False), ("都不是，查资料", False), ("先别急着降价。", True), ("先问他是拿哪一家的报价在比", True)],
)
def test_what_counts_as_a_sentence(text: str, content: bool) -> None:
    assert is_content(text) == content


def test_actions_hold_no_words_at_all() -> None:
    """What people see is in the domain, in `dialogues/labels.yml` and in the knowledge; actions hold marks at most."""
    actions = [path for path in FILES if name_of(path).startswith("dialogues/")]
    found = {name_of(path): [text for text in literals(path) if CHINESE.search(text)] for path in actions}
    assert {name: texts for name, texts in found.items() if texts} == {}


def test_no_file_is_too_long() -> None:
    tests = list((ROOT / "tests").rglob("*.py"))
    long = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in (*FILES, *tests)}
    assert {name: lines for name, lines in long.items() if lines > LONGEST_FILE} == {}


def test_every_module_says_what_it_is_for() -> None:
    tests = list((ROOT / "tests").rglob("*.py"))
    assert [name_of(path) for path in (*FILES, *tests) if not ast.get_docstring(tree_of(path))] == []


def test_every_package_folder_is_installed() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    listed = set(re.findall(r'"([\w.]+)"', re.search(r"^packages = \[(.*?)\]", text, re.M | re.S).group(1)))  # type: ignore[union-attr]
    folders = {module_name(path) for path in FILES if path.name == "__init__.py"}
    assert listed == folders


def test_tests_mirror_the_folders() -> None:
    for package in PACKAGES:
        assert list((ROOT / "tests" / package).glob("test_*.py")), f"tests/{package} is missing"
