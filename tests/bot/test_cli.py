"""`coach`: JSON lines in and out in their order, and one clear line for every bad input."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bot import batch, check, cli
from bot.cli import BAD_INPUT, main
from bot.engine import Button, EngineUnavailable, Reply
from dialogues.training import ROOT, model_path

if TYPE_CHECKING:
    from dialogues.embedded import EmbeddedRasa

Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def own_logging(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command line sets up logging for its process; the tests' own process keeps its setup."""
    monkeypatch.setattr(cli, "configure_logging", lambda level: None)


def write(folder: Path, *rows: object, text: str | None = None) -> str:
    """A file of JSON lines; returns its path."""
    path = folder / "in.jsonl"
    lines = text if text is not None else "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    path.write_text(lines, encoding="utf-8")
    return str(path)


def rows_of(output: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.splitlines()]


# Bad input -------------------------------------------------------------------------------------


def complaint(capsys: Capture, *arguments: str) -> str:
    """The one line on standard error; nothing on standard output, exit code 2."""
    assert main(list(arguments)) == BAD_INPUT
    captured = capsys.readouterr()
    assert captured.out == ""
    [line] = captured.err.splitlines()
    assert line.startswith("coach: ")
    return line


@pytest.mark.parametrize("command", ["parse", "ask"])
def test_a_missing_file(command: str, tmp_path: Path, capsys: Capture) -> None:
    assert "no such file" in complaint(capsys, command, "--jsonl", str(tmp_path / "nowhere.jsonl"))
    assert "no such file" in complaint(capsys, command, "--jsonl", str(tmp_path))


@pytest.mark.parametrize("command", ["parse", "ask"])
@pytest.mark.parametrize("bad", ["no json", "{", '"text"', "5", "null", "[]", '{"other": "x"}'])
def test_a_line_that_is_no_object_with_the_key(command: str, bad: str, tmp_path: Path, capsys: Capture) -> None:
    key = {"parse": "text", "ask": "q"}[command]
    path = write(tmp_path, text=json.dumps({key: "太贵了"}) + f"\n\n{bad}\n")
    line = complaint(capsys, command, "--jsonl", path)
    assert f'line 3: expected a JSON object with "{key}"' in line


@pytest.mark.parametrize("value", [5, None, ["太贵了"], {"a": "b"}])
def test_a_value_that_is_no_text(value: object, tmp_path: Path, capsys: Capture) -> None:
    line = complaint(capsys, "parse", "--jsonl", write(tmp_path, {"text": value}))
    assert 'line 1: "text" must be a text' in line


def test_a_file_in_another_encoding(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "in.jsonl"
    path.write_bytes('{"text": "太贵了"}'.encode("gb18030"))
    assert str(path) in complaint(capsys, "parse", "--jsonl", str(path))


@pytest.mark.parametrize("arguments", [[], ["unknown"], ["parse"], ["parse", "--jsonl"], ["train", "--jsonl", "x"]])
def test_wrong_arguments(arguments: list[str], capsys: Capture) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == BAD_INPUT
    assert "usage: coach" in capsys.readouterr().err


def test_help_names_every_command(capsys: Capture) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["--help"])
    assert caught.value.code == 0
    shown = capsys.readouterr().out
    assert all(command in shown for command in ("parse", "ask", "chat", "train", "check"))


# check and train -------------------------------------------------------------------------------


def test_check_reports_every_problem_and_fails(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    monkeypatch.setattr(check, "problems", lambda: ["a.yml: one: bad; mend it", "b.yml: two: bad; mend it"])
    assert main(["check"]) != 0
    captured = capsys.readouterr()
    assert "a.yml: one: bad; mend it" in captured.out + captured.err
    assert "b.yml: two: bad; mend it" in captured.out + captured.err


def test_check_passes_where_nothing_is_wrong(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    monkeypatch.setattr(check, "problems", lambda: [])
    assert main(["check"]) == 0


def test_the_check_looks_at_all_three_kinds_of_data(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "language_problems", lambda: ["language"])
    monkeypatch.setattr(check, "dialogue_problems", lambda: ["dialogues"])
    assert check.problems() == ["language", "dialogues"]


@pytest.mark.model
def test_train_tells_the_model(rasa: EmbeddedRasa, capsys: Capture) -> None:
    before = model_path().stat().st_mtime
    assert main(["train"]) == 0
    assert capsys.readouterr().out.strip() == str(model_path())
    assert model_path().stat().st_mtime == before, "a current model was trained again"


# parse and ask ---------------------------------------------------------------------------------


@pytest.fixture
def loaded(rasa: EmbeddedRasa, monkeypatch: pytest.MonkeyPatch) -> None:
    """The model that the other tests have loaded; loading it takes ten seconds."""
    monkeypatch.setattr("dialogues.embedded.EmbeddedRasa", lambda model: rasa)


@pytest.mark.model
def test_parse_writes_one_row_a_text_in_order(loaded: None, tmp_path: Path, capsys: Capture) -> None:
    texts = [
        "太贵了",
        "老虎型客户怎么谈",
        "他凡事要凭据，每个数字都要核对两遍",
        "他突然坐直盯着合同看",
        "今天天气怎么样",
        "",
        "😀",
    ]
    assert main(["parse", "--jsonl", write(tmp_path, *({"text": text} for text in texts))]) == 0
    rows = rows_of(capsys.readouterr().out)
    assert [row["text"] for row in rows] == texts
    assert all(list(row) == ["text", "label", "confidence", "labels", "style", "signal"] for row in rows)
    assert all(0 <= row["confidence"] <= 1 and row["label"] in row["labels"] for row in rows)
    price, tiger, quiet, upright, weather = rows[:5]
    assert (price["label"], price["labels"]) == ("too_expensive", ["too_expensive"])
    assert (tiger["label"], tiger["style"]) == ("ask_customer_type", "driver")
    assert (quiet["label"], quiet["style"]) == ("describe_customer", "analytical")
    assert (upright["label"], upright["signal"]) == ("report_signal", True)
    assert (weather["label"], weather["style"], weather["signal"]) == ("out_of_scope", None, None)


@pytest.mark.model
def test_parse_hears_both_objections(loaded: None, tmp_path: Path, capsys: Capture) -> None:
    assert main(["parse", "--jsonl", write(tmp_path, {"text": "太贵了，我得回去跟老婆商量商量"})]) == 0
    [row] = rows_of(capsys.readouterr().out)
    assert set(row["labels"]) == {"too_expensive", "need_authority"}


@pytest.mark.model
def test_ask_writes_the_whole_reply_with_its_sources(loaded: None, tmp_path: Path, capsys: Capture) -> None:
    questions = ["太贵了", "拆散法怎么用", "今天天气怎么样", "成交信号12条一览"]
    assert main(["ask", "--jsonl", write(tmp_path, *({"q": question} for question in questions))]) == 0
    rows = rows_of(capsys.readouterr().out)
    assert [row["q"] for row in rows] == questions
    assert all(list(row) == ["q", "reply", "sources", "answered"] for row in rows)
    price, technique, weather, signals = rows
    assert "「太贵了」" in price["reply"]
    assert price["sources"]
    assert technique["answered"]
    assert "拆散法" in technique["reply"]
    assert (weather["answered"], weather["sources"]) == (False, [])
    assert "（2/2）" in signals["reply"], "the further page is missing"


@pytest.mark.model
def test_ask_leaves_the_products_database_alone(loaded: None, tmp_path: Path, capsys: Capture) -> None:
    before = (tmp_path / "coach.db").read_bytes()
    assert main(["ask", "--jsonl", write(tmp_path, {"q": "太贵了"})]) == 0
    assert (tmp_path / "coach.db").read_bytes() == before


@pytest.mark.model
def test_the_real_command_reads_standard_input(rasa: EmbeddedRasa) -> None:
    given = '{"text": "太贵了"}\n\n{"text": "我再想想", "label": "ignored"}\n'
    command = [sys.executable, "-W", "ignore", "-c", "import sys; from bot.cli import main; sys.exit(main())"]
    done = subprocess.run(
        [*command, "parse", "--jsonl", "-"], input=given.encode(), capture_output=True, cwd=ROOT, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    assert [row["label"] for row in rows_of(done.stdout.decode())] == ["too_expensive", "think_it_over"]


# Pages, without a model ------------------------------------------------------------------------


class Pages:
    """An engine whose answer has three pages; remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    async def answer(self, sender_id: str, text: str) -> list[Reply]:
        self.asked.append((sender_id, text))
        page = sum(sender == sender_id for sender, _ in self.asked)
        if page > 3:
            raise EngineUnavailable("there is no page 4")
        more = (Button("细说", f'/show_page{{"page":"{page}"}}'),) if page < 3 else ()
        return [Reply(f"第 {page} 页", (Button("别的", "/help"), *more), (f"S0-0{page}",))]

    async def close(self) -> None:
        return None


async def test_a_whole_answer_has_all_pages() -> None:
    engine = Pages()
    replies = await batch.whole_answer(engine, "1", "每天必做的事")
    assert [reply.text for reply in replies] == ["第 1 页", "第 2 页", "第 3 页"]
    assert [text for _, text in engine.asked] == ["每天必做的事", '/show_page{"page":"1"}', '/show_page{"page":"2"}']


@pytest.mark.parametrize(("typed", "sent"), [(" 太贵了 ", "太贵了"), ("/start", "start"), ("", " "), ("//", " ")])
async def test_a_question_is_never_a_command(typed: str, sent: str) -> None:
    engine = Pages()
    await batch.whole_answer(engine, "1", typed)
    assert engine.asked[0] == ("1", sent)


def test_standard_input_is_read_for_a_dash(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"no json\n")))
    assert "-, line 1: expected" in complaint(capsys, "parse", "--jsonl", "-")
