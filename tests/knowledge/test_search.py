"""Search finds the right piece of knowledge for questions in other words, with typos, in traditional script."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from dialogues.actions._find import OPENED_BY_CARD, OTHER
from knowledge.documents import OUTSIDE
from knowledge.language import normalise
from knowledge.loader import load
from knowledge.models import Knowledge
from knowledge.search import Hit, Search, terms
from tests.knowledge.conftest import SmallKnowledge

HERE = Path(__file__).parent
# Card → at least three questions as reps put them: short, in the wrong words, some in traditional script or mistyped.
FRESH: dict[str, list[str]] = {
    card: questions
    for path in sorted((HERE / "questions").glob("*.yml"))
    for card, questions in yaml.safe_load(path.read_text(encoding="utf-8")).items()
}
UNANSWERABLE: list[str] = yaml.safe_load((HERE / "unanswerable.yml").read_text(encoding="utf-8"))
# Some points below what was measured when they were written: 0.92 and 0.99 of the 666 fresh questions; 0.99 of the
# titles and names; 0.93 of the unanswerable declined by search alone; 1 of the 13 lines off topic.
LEAST_FIRST = 0.90
LEAST_AMONG_THREE = 0.97
LEAST_BY_NAME = 0.97
LEAST_DECLINED = 0.88
MOST_OFF_TOPIC = 2
OFF_TOPIC = (
    "今天天气怎么样", "帮我写一首诗", "股票明天涨吗", "中午吃什么好", "世界杯谁赢了", "讲个笑话", "附近哪有加油站",
    "python怎么装", "帮我订张机票", "孩子发烧怎么办", "红烧肉怎么做", "光速是多少", "asdfgh",
)  # fmt: skip


def is_card(hit: Hit) -> bool:
    return hit.kind == "card"


# Right answers ---------------------------------------------------------------------------------


def test_every_card_has_three_fresh_questions(known: Knowledge) -> None:
    assert FRESH.keys() == known.cards.keys()
    assert {card for card, questions in FRESH.items() if len(set(questions)) < 3} == set()


def test_the_fresh_questions_are_fresh(known: Knowledge) -> None:
    given = {normalise(ask) for card in known.cards.values() for ask in (card.title, *card.asks, *card.also)}
    given |= {normalise(line) for lines in known.outside.values() for line in lines}
    assert not given & {normalise(question) for questions in FRESH.values() for question in questions}
    assert not given & set(map(normalise, UNANSWERABLE))


def test_every_row_of_the_material_is_served(known: Knowledge) -> None:
    items = (known.cards, known.objections, known.techniques, known.signals, known.styles)
    served = {row for group in items for item in group.values() for row in item.sources}
    assert known.sources.keys() - served == set()


def test_fresh_questions_find_their_card(index: Search) -> None:
    asked = [(card, text) for card, questions in FRESH.items() for text in questions]
    found = {text: [hit.id for hit in index.find(text, limit=3, only=is_card)] for _, text in asked}
    first = sum(found[text][0] == card for card, text in asked) / len(asked)
    among_three = sum(card in found[text] for card, text in asked) / len(asked)
    report = "\n".join(f"{text} → {found[text]}, not {card}" for card, text in asked if found[text][0] != card)
    assert first >= LEAST_FIRST, f"{first:.2f} come first:\n{report}"
    assert among_three >= LEAST_AMONG_THREE, f"{among_three:.2f} are among three:\n{report}"


def test_what_the_material_does_not_hold_is_declined(index: Search, known: Knowledge) -> None:
    answered = []
    for text in UNANSWERABLE:
        [hit] = index.find(text, limit=1, only=lambda hit: hit.kind in ("card", "technique", OUTSIDE))
        lost = hit.kind == "card" and known.cards[hit.id].lost
        answered += [] if hit.kind == OUTSIDE or lost or hit.score < OTHER else [f"{text} → {hit.id}"]
    assert 1 - len(answered) / len(UNANSWERABLE) >= LEAST_DECLINED, "\n".join(answered)


def test_a_card_is_found_by_its_title(index: Search, known: Knowledge) -> None:
    wrong = [card.title for card in known.cards.values() if index.find(card.title, 1, only=is_card)[0].id != card.id]
    assert 1 - len(wrong) / len(known.cards) >= LEAST_BY_NAME, wrong


def test_a_technique_is_found_by_its_names(index: Search, known: Knowledge) -> None:
    names = {name: t.id for t in known.techniques.values() for name in (t.name, *t.aliases)}
    wrong = []
    for name, technique in names.items():
        [hit] = index.find(f"{name}怎么用", 1, only=lambda hit: hit.kind == "technique")
        wrong += [name] if hit.id != technique else []
    assert 1 - len(wrong) / len(names) >= LEAST_BY_NAME, wrong


def test_a_signal_is_found_by_what_it_looks_like(index: Search, known: Knowledge) -> None:
    for signal in known.signals.values():
        assert index.find(signal.looks_like[0] + "！", 1, only=lambda hit: hit.kind == "signal")[0].id == signal.id


@pytest.mark.parametrize(
    ("question", "item"),
    [
        ("拆散法怎麼用", "breakdown"),
        ("什麼是比較法", "comparison"),
        ("每日必做的二十七項", "checklist_daily"),
        ("投訴處理的八個原則", "complaint_principles_8"),
        ("ｖｉｐ接待有哪些注意", "hotel_vip_grades_notes"),
        ("VIP房间怎么布制", "hotel_vip_room"),
        ("权利先生是谁", "mister_power"),
        ("每日必做的二十七项😀😀", "checklist_daily"),
        ("拆散法  怎么用？？？？", "breakdown"),
    ],
)
def test_script_typos_and_ornaments_do_not_matter(index: Search, question: str, item: str) -> None:
    assert index.find(question, limit=1)[0].id == item


# Nothing, and the order of hits ----------------------------------------------------------------


def test_hardly_anything_answers_what_is_off_topic(index: Search) -> None:
    answered = {}
    for text in OFF_TOPIC:
        for hit in index.find(text, limit=1, only=lambda hit: hit.kind in (*OPENED_BY_CARD, OUTSIDE)):
            answered |= {text: hit.id} if hit.kind != OUTSIDE and hit.score >= OTHER else {}
    assert len(answered) <= MOST_OFF_TOPIC, answered


def test_the_cards_own_questions_answer_beyond_doubt(index: Search, known: Knowledge) -> None:
    for card in list(known.cards.values())[::10]:
        [hit] = index.find((*card.asks, *card.also)[0], limit=1)
        assert hit.id == card.id
        assert hit.score >= OTHER


@pytest.mark.parametrize("text", ["", "   ", "\n\t"])
def test_an_empty_question_finds_nothing(index: Search, text: str) -> None:
    assert index.find(text) == []


@pytest.mark.parametrize("text", ['"', "near(", "a AND b OR", "'; drop table passages --", "*", "。。。"])
def test_no_text_is_taken_for_a_search_expression(index: Search, text: str) -> None:
    assert len(index.find(text, limit=2)) <= 2


def test_hits_are_best_first_once_each_and_no_more_than_asked_for(index: Search) -> None:
    hits = index.find("客户投诉怎么处理", limit=8)
    assert len(hits) == 8
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert len({(hit.kind, hit.id) for hit in hits}) == 8
    assert all(0 <= hit.score <= 1 for hit in hits)


def test_only_keeps_what_it_is_told_to(index: Search) -> None:
    hits = index.find("老虎型客户", limit=5, only=lambda hit: hit.label == "ask_customer_type")
    assert {hit.label for hit in hits} == {"ask_customer_type"}


def test_terms_are_words_pairs_and_characters_of_the_normal_form() -> None:
    assert {"成交", "信号", "交信", "成", "号"} <= set(terms("成交 信號！"))
    assert "vip" in terms("ＶＩＰ")
    assert terms("。！？ ") == []


def test_a_changed_text_is_found_by_its_new_words(small: SmallKnowledge) -> None:
    small.edit("signals/agrees_to_trial.yml", lambda content: content.update(title="他想先领一套样机回去"))
    [hit] = Search(load(small.folder)).find("想先领一套样机回去", limit=1)
    assert (hit.kind, hit.id) == ("signal", "agrees_to_trial")
