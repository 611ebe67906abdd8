"""From a file's content to lines of text with the headings above them; one reader a kind.

Runs only inside the process of `knowledge/own/__main__.py`. Formulas are never evaluated, macros never run, links never
followed: all that is taken out is text.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator

from knowledge.own.files import UnreadableFile

# (heading, text); the heading stays until the next one.
Block = tuple[str, str]
_CELL_JOINT = " ｜ "
_HEADING_STYLE = re.compile(r"heading|title|标题", re.IGNORECASE)
_MARKDOWN_HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*$")
# “第三章 …”, “二、…”: how headings look in plain text.
_NUMBERED_HEADING = re.compile(
    r"^(?:第[一二三四五六七八九十百\d]{1,4}[章节篇部]|[一二三四五六七八九十]{1,3}、).{0,30}$"
)
# Encodings of Chinese text files beside UTF-8, likeliest first.
_CHINESE_ENCODINGS = ["gb18030", "big5", "utf_16_le", "utf_16_be"]


def read(kind: str, content: bytes) -> list[Block]:
    """Text of a file in its order.

    Raises:
        UnreadableFile: encrypted, scanned, empty or broken.
    """
    return list(_READERS[kind](content))


def _docx(content: bytes) -> Iterator[Block]:
    import docx
    from docx.table import Table

    heading = ""
    for item in docx.Document(io.BytesIO(content)).iter_inner_content():
        if isinstance(item, Table):
            yield from ((heading, _joined(cell.text for cell in row.cells)) for row in item.rows)
        elif _HEADING_STYLE.search(str(item.style.name if item.style else "")):
            heading = item.text.strip() or heading
        else:
            yield heading, item.text


def _pptx(content: bytes) -> Iterator[Block]:
    import pptx

    for number, slide in enumerate(pptx.Presentation(io.BytesIO(content)).slides, start=1):
        title = slide.shapes.title
        heading = title.text_frame.text.strip() if title is not None else ""
        for shape in slide.shapes:
            if shape.has_text_frame and (title is None or shape.shape_id != title.shape_id):
                yield heading or f"#{number}", shape.text_frame.text
            if shape.has_table:
                for row in shape.table.rows:
                    yield heading or f"#{number}", _joined(cell.text for cell in row.cells)
        if slide.has_notes_slide and slide.notes_slide.notes_text_frame:
            yield heading or f"#{number}", slide.notes_slide.notes_text_frame.text


def _xlsx(content: bytes) -> Iterator[Block]:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    for sheet in book.worksheets:
        for row in sheet.iter_rows(values_only=True):
            yield sheet.title, _joined("" if value is None else str(value) for value in row)


def _pdf(content: bytes) -> Iterator[Block]:
    import pypdf

    document = pypdf.PdfReader(io.BytesIO(content))
    if document.is_encrypted:
        raise UnreadableFile("encrypted")
    pages = [page.extract_text() for page in document.pages]
    if not any(page.strip() for page in pages):
        raise UnreadableFile("scanned")
    yield from _with_headings("\n".join(pages))


def _text(content: bytes) -> Iterator[Block]:
    yield from _with_headings(decoded(content))


def decoded(content: bytes) -> str:
    """The text of a file in whichever encoding it has; `UnreadableFile` for what is none."""
    from charset_normalizer import from_bytes

    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    best = from_bytes(content, cp_isolation=_CHINESE_ENCODINGS).best()
    if best is None:
        raise UnreadableFile("broken")
    return str(best)


def _with_headings(text: str) -> Iterator[Block]:
    heading = ""
    for line in text.splitlines():
        markdown = _MARKDOWN_HEADING.match(line.strip())
        if markdown or _NUMBERED_HEADING.match(line.strip()):
            heading = markdown[1] if markdown else line.strip()
        else:
            yield heading, line


def _joined(cells: Iterator[str]) -> str:
    return _CELL_JOINT.join(cell.strip() for cell in cells if cell.strip())


_READERS: dict[str, Callable[[bytes], Iterator[Block]]] = {
    "docx": _docx,
    "pptx": _pptx,
    "xlsx": _xlsx,
    "pdf": _pdf,
    "txt": _text,
    "md": _text,
}
