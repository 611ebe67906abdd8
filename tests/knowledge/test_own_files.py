"""A company's files: what comes out of each kind, and what is refused with a reason."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import docx
import openpyxl
import pptx
import pypdf
import pytest
import yaml

from knowledge.own import files
from knowledge.own.files import UnreadableFile, plain_name
from knowledge.own.isolated import ROOT, read_file
from knowledge.own.passages import PASSAGE_CHARACTERS, passages


def by_text(value: str | bytes) -> str:
    """The name of a case: an archive differs from run to run, and every process must give the same name."""
    return value if isinstance(value, str) else "content"


HEADING, LINE = "保修政策", "整机保修三年，压缩机保修十年。"


def saved(save: Callable[[io.BytesIO], object]) -> bytes:
    buffer = io.BytesIO()
    save(buffer)
    return buffer.getvalue()


def word_file() -> bytes:
    document = docx.Document()
    document.add_heading(HEADING, level=1)
    document.add_paragraph(LINE)
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "滤芯", "半年一换"
    return saved(document.save)


def slides() -> bytes:
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = HEADING
    slide.placeholders[1].text = LINE
    return saved(deck.save)


def workbook(value: str = LINE) -> bytes:
    book = openpyxl.Workbook()
    book.active.title = HEADING
    book.active.append(["项目", value])
    return saved(book.save)


def pdf_without_text(password: str = "") -> bytes:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    if password:
        writer.encrypt(password)
    return saved(writer.write)


def archive(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in parts.items():
            zipped.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("政策.docx", word_file()),
        ("政策.pptx", slides()),
        ("政策.xlsx", workbook()),
        ("政策.md", f"# {HEADING}\n{LINE}".encode()),
        ("政策.txt", f"一、{HEADING}\n{LINE}".encode("gb18030")),
        ("政策.TXT", f"第一章 {HEADING}\n{LINE}".encode("utf-8-sig")),
    ],
    ids=by_text,
)
def test_text_and_heading_come_out(name: str, content: bytes) -> None:
    found = read_file(name, content)
    assert any(LINE in passage.text and HEADING in passage.heading for passage in found), found


def test_tables_are_read_row_by_row() -> None:
    assert any("滤芯 ｜ 半年一换" in passage.text for passage in read_file("a.docx", word_file()))


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("空.txt", b"  \n ", "empty"),
        ("空.docx", saved(docx.Document().save), "empty"),
        ("a.exe", b"MZ", "unknown_kind"),
        ("没有后缀", b"text", "unknown_kind"),
        ("a.docm", word_file(), "macros"),
        ("a.docx", archive({"word/document.xml": b"<a/>", "word/vbaProject.bin": b"x"}), "macros"),
        ("a.docx", b"\xd0\xcf\x11\xe0" + b"0" * 600, "encrypted"),
        ("a.docx", b"no archive at all", "broken"),
        ("a.docx", archive({"something.xml": b"<a/>"}), "broken"),
        ("a.xlsx", word_file(), "broken"),
        ("a.pdf", b"no pdf at all", "broken"),
        ("a.pdf", b"%PDF-1.7 and then nothing that belongs there", "broken"),
        ("a.pdf", pdf_without_text(), "scanned"),
        ("a.pdf", pdf_without_text(password="secret"), "encrypted"),
        ("a.docx", archive({"word/document.xml": b"0" * 8_000_000}), "bomb"),
        ("a.docx", archive({f"part{number}": b"" for number in range(files.MAX_PARTS + 1)}), "bomb"),
        ("a.txt", b"a" * (files.MAX_BYTES + 1), "too_big"),
    ],
    ids=by_text,
)
def test_bad_files_are_refused_with_a_reason(name: str, content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_file(name, content)
    assert caught.value.reason == reason


def test_every_reason_has_a_sentence_for_people() -> None:
    sentences = yaml.safe_load((ROOT / "knowledge" / "own" / "reasons.yml").read_text(encoding="utf-8"))
    assert set(sentences) == {
        "too_big", "empty", "unknown_kind", "macros", "encrypted", "bomb", "broken", "scanned", "too_slow",
        "too_many_rows", "not_a_table", "bad_yaml", "tricky_yaml",
    }  # fmt: skip
    assert all(sentence.endswith("。") for sentence in sentences.values())


def test_a_formula_stays_text_and_is_not_evaluated() -> None:
    found = read_file("a.xlsx", workbook('=HYPERLINK("http://example.com","点我")'))
    assert all("HYPERLINK" not in passage.text and "点我" not in passage.text for passage in found)


@pytest.mark.parametrize(
    ("given", "plain"),
    [
        ("../../etc/报价.docx", "报价.docx"),
        ("C:\\temp\\报价.docx", "报价.docx"),
        ("报\x00价\u202e.docx", "报价.docx"),
        ("..", "file"),
        ("长" * 100 + ".docx", "长" * 75 + ".docx"),
    ],
)
def test_names_hold_no_path_and_no_trick(given: str, plain: str) -> None:
    assert plain_name(given) == plain


def test_passages_fit_a_screen_and_lose_nothing() -> None:
    text = "".join(f"第{number}句话说的是售后。" for number in range(200))
    found = passages([("售后", text), ("售后", "短的一行"), ("价格", "另一段")])
    assert all(len(passage.text) <= PASSAGE_CHARACTERS for passage in found)
    assert "".join(p.text.replace("\n", "") for p in found if p.heading == "售后") == text + "短的一行"
    assert found[-1].heading == "价格"
