"""The table that `make bench` writes into docs/performance.md."""

from __future__ import annotations

from benchmarks import replies

P50 = "update → reply, one person, p50, ms"


def test_a_row_has_figures_ratio_and_target() -> None:
    table = replies.table({P50: 12.0, "search, ms": 4.25}, {P50: 24.0})
    assert f"| {P50} | 12 | 24 | 0.50 | ≤ 12 |" in table
    assert "| search, ms | 4.25 |  |  | ≤ 300 |" in table
    assert "training" not in table, "what was not measured has no row"


def test_a_new_table_takes_the_place_of_the_old_one() -> None:
    document = f"before\n{replies.BEGIN}old\n{replies.END}after\n"
    assert replies.written(document, "new\n") == f"before\n{replies.BEGIN}new\n{replies.END}after\n"


def test_the_document_has_its_place() -> None:
    assert "new\n" in replies.written(replies.DOCUMENT.read_text(encoding="utf-8"), "new\n")


def test_only_different_sentences_are_asked() -> None:
    asked = replies.texts()[: replies.LATE]
    assert len(set(asked)) == len(asked) > 1000
