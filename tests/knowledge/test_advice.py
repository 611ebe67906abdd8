"""Which technique and words an objection gets: in order, for every style, round and round."""

from __future__ import annotations

import pytest

from knowledge.advice import Advice, advise
from knowledge.models import Knowledge, Style, StyleUse, TechniqueUse
from knowledge.wording import fill

STYLES = [style.value for style in Style]
# docs/data-formats.md
LONGEST = {"why": 50, "say": 110, "avoid": 45, "next": 45}


def all_ranks(known: Knowledge, objection: str, style: str | None) -> list[Advice]:
    """Every advice for an objection, in the order in which “换一招” shows it."""
    count = advise(known, objection, style).count
    return [advise(known, objection, style, rank) for rank in range(count)]


def test_the_trainers_order_holds_where_no_style_is_known(known: Knowledge) -> None:
    for objection in known.objections.values():
        advices = all_ranks(known, objection.id, None)
        assert [advice.technique.id for advice in advices] == [use.id for use in objection.techniques]
        assert all(isinstance(advice.words, TechniqueUse) for advice in advices)


@pytest.mark.parametrize("style", [None, *STYLES])
def test_ranks_wrap_around(known: Knowledge, style: str | None) -> None:
    for objection in known.objections:
        first = advise(known, objection, style)
        assert first.rank == 0
        assert advise(known, objection, style, first.count) == first
        assert advise(known, objection, style, 5 * first.count + 1) == advise(known, objection, style, 1)
        assert advise(known, objection, style, -1).rank == first.count - 1


@pytest.mark.parametrize("style", STYLES)
def test_words_fitted_to_the_style_come_first(known: Knowledge, style: str) -> None:
    for objection in known.objections:
        advice = advise(known, objection, style)
        assert advice.words == known.style_words[objection][style]
        assert isinstance(advice.words, StyleUse)
        assert advice.technique.id == advice.words.technique


@pytest.mark.parametrize("style", STYLES)
def test_what_suits_the_style_comes_before_what_does_not(known: Knowledge, style: str) -> None:
    for objection in known.objections:
        techniques = [advice.technique for advice in all_ranks(known, objection, style)[1:]]
        fit = [0 if style in t.suits else 2 if style in t.unsuited else 1 for t in techniques]
        assert fit == sorted(fit), objection


@pytest.mark.parametrize("style", STYLES)
def test_a_style_hides_no_technique_and_repeats_none(known: Knowledge, style: str) -> None:
    for objection in known.objections.values():
        ids = [advice.technique.id for advice in all_ranks(known, objection.id, style)]
        assert len(ids) == len(set(ids))
        assert set(ids) == {use.id for use in objection.techniques} | {known.style_words[objection.id][style].technique}


@pytest.mark.parametrize("style", [None, *STYLES])
def test_every_objection_has_advice_within_the_lengths(known: Knowledge, style: str | None) -> None:
    assert len(known.objections) == 18
    for objection in known.objections:
        for advice in all_ranks(known, objection, style):
            for part, longest in LONGEST.items():
                text = getattr(advice.words, part)
                assert text.strip(), f"{objection}, {style}, {advice.technique.id}: {part} is empty"
                assert len(text) <= longest, f"{objection}, {style}, {advice.technique.id}: {part} is too long"
            assert "{" not in fill(advice.words.say, known)


def test_an_unknown_objection_or_style_is_an_error(known: Knowledge) -> None:
    with pytest.raises(KeyError):
        advise(known, "too_cheap")
    with pytest.raises(KeyError):
        advise(known, "too_expensive", "dragon")


def test_no_name_belongs_to_two_techniques(known: Knowledge) -> None:
    owners: dict[str, str] = {}
    for technique in known.techniques.values():
        for name in {technique.id, technique.name, *technique.aliases}:
            assert owners.setdefault(name, technique.id) == technique.id, name
