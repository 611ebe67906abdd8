"""The check of domain, rules and stories finds each kind of fault, and none in the product's data."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dialogues import check
from dialogues.labels import all_labels


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of `dialogues/` that a test may break."""
    copied = tmp_path / "dialogues"
    for part in ("domain", "rules", "stories", "actions"):
        shutil.copytree(check.FOLDER / part, copied / part, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "nlu").mkdir()
    shutil.copy(check.FOLDER.parent / "nlu" / "config.yml", tmp_path / "nlu")
    monkeypatch.setattr(check, "FOLDER", copied)
    return copied


def replace(path: Path, old: str, new: str) -> None:
    """Change one place of a file; it must be there exactly once."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{path.name} holds {old!r} {text.count(old)} times"
    path.write_text(text.replace(old, new), encoding="utf-8")


def append(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def test_the_products_dialogues_are_clean() -> None:
    assert check.problems() == []


def test_the_copy_is_clean_before_it_is_broken(folder: Path) -> None:
    assert check.problems() == []


# Intents ---------------------------------------------------------------------------------------


def test_an_intent_that_no_rule_answers_is_found(folder: Path) -> None:
    replace(folder / "rules" / "questions.yml", "  - intent: ask_tip\n", "  - intent: ask_closing\n")
    assert check.problems() == [
        "dialogues/domain/questions.yml: intent ask_tip: no rule or story answers it; write one or remove it"
    ]


def test_an_intent_that_is_not_registered_is_found(folder: Path) -> None:
    replace(folder / "domain" / "questions.yml", "- ask_tip: {use_entities: []}", "- ask_tipp: {use_entities: []}")
    found = check.problems()
    assert any("intent ask_tipp: is not in nlu/intents.yml" in problem for problem in found)
    assert any(
        "nlu/intents.yml: ask_tip: is in no file of dialogues/domain; add it to questions.yml" in p for p in found
    )


def test_an_intent_in_the_wrong_file_is_found(folder: Path) -> None:
    replace(folder / "domain" / "questions.yml", "- ask_tip: {use_entities: []}\n", "")
    replace(folder / "domain" / "practice.yml", "intents:\n", "intents:\n- ask_tip: {use_entities: []}\n")
    [problem] = check.problems()
    assert problem == "nlu/intents.yml: ask_tip: skill is questions, but dialogues/domain/practice.yml holds it"


# Actions and replies ---------------------------------------------------------------------------


def test_an_action_that_nothing_runs_is_found(folder: Path) -> None:
    for file in ("questions.yml", "follow_up.yml"):
        replace(folder / "rules" / file, "  - action: action_give_tip\n", "  - action: action_show_source\n")
    [problem] = check.problems()
    assert problem.startswith("dialogues/domain/questions.yml: action action_give_tip: no rule or story runs it")


def test_an_action_without_code_is_found(folder: Path) -> None:
    (folder / "actions" / "give_tip.py").unlink()
    found = check.problems()
    assert any("action action_give_tip: no file of dialogues/actions has it" in problem for problem in found)


def test_code_that_the_domain_does_not_know_is_found(folder: Path) -> None:
    code = 'class New:\n    def name(self):\n        return "action_new"\n'
    (folder / "actions" / "new.py").write_text(code, encoding="utf-8")
    [problem] = check.problems()
    assert problem.startswith("dialogues/actions/new.py: action action_new: is in no domain file")


def test_a_reply_that_nothing_says_is_found(folder: Path) -> None:
    append(folder / "domain" / "fallback.yml", "  utter_forgotten:\n  - text: 没人说的话。\n")
    assert check.problems() == [
        "dialogues/domain/fallback.yml: reply utter_forgotten: nothing says it; use it or remove it"
    ]


def test_a_reply_that_a_rule_says_but_no_file_holds_is_found(folder: Path) -> None:
    replace(folder / "rules" / "smalltalk.yml", "utter_greet", "utter_gret")
    found = check.problems()
    assert any("reply utter_gret: is used, but no file holds it" in problem for problem in found)
    assert any("reply utter_greet: nothing says it" in problem for problem in found)


def test_a_reply_that_an_action_says_but_no_file_holds_is_found(folder: Path) -> None:
    replace(folder / "actions" / "_tips.py", '"utter_tip"', '"utter_tipp"')
    assert any("reply utter_tipp: is used, but no file holds it" in problem for problem in check.problems())


def test_the_question_of_a_form_counts_as_said(folder: Path) -> None:
    replace(
        folder / "domain" / "practice.yml", "- action_ask_practice_form_practice_answer", "- action_ask_other_form_x"
    )
    assert any("action action_ask_other_form_x: no rule or story runs it" in problem for problem in check.problems())


# Titles and texts ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "entry"),
    [
        ("rules/smalltalk.yml", "- rule: help\n  steps:\n  - intent: help\n  - action: utter_help\n"),
        ("rules/fallback.yml", "- rule: greet\n  steps:\n  - intent: greet\n  - action: utter_greet\n"),
        ("stories/fallback.yml", "- story: 'yes'\n  steps:\n  - intent: affirm\n  - action: utter_affirm\n"),
    ],
    ids=["in one file", "across files", "of a story"],
)
def test_a_repeated_title_is_found(folder: Path, file: str, entry: str) -> None:
    if "story: 'yes'" in entry:
        replace(folder / file, "- story: yes\n", "- story: 'yes'\n")
    append(folder / file, entry)
    [problem] = check.problems()
    assert "is a title in" in problem
    assert problem.endswith("give each its own")


@pytest.mark.parametrize("sign", [",", ";", ":", "!", "?"])
def test_half_width_punctuation_between_chinese_is_found(folder: Path, sign: str) -> None:
    sentence = "不客气，祝你顺利签单。有新情况随时发我。"
    replace(folder / "domain" / "smalltalk.yml", sentence, f"'不客气{sign}祝你顺利签单。'")
    [problem] = check.problems()
    assert problem.startswith("dialogues/domain/smalltalk.yml: reply utter_thanks: half-width punctuation")


def test_an_empty_line_in_a_reply_is_found(folder: Path) -> None:
    replace(
        folder / "domain" / "smalltalk.yml",
        "      你打的原话加密存着，答完就删；练习记录最多留一年。\n",
        "\n      你打的原话加密存着，答完就删；练习记录最多留一年。\n",
    )
    [problem] = check.problems()
    assert "reply utter_privacy: has an empty line, at which Rasa splits a message" in problem


def test_a_button_to_an_unknown_intent_is_found(folder: Path) -> None:
    replace(
        folder / "domain" / "practice.yml", "{title: 再练一题, payload: /start_drill}", "{title: 再练, payload: /drill}"
    )
    [problem] = check.problems()
    assert problem.startswith(
        "dialogues/domain/practice.yml: reply utter_practice_stopped: button /drill names no intent"
    )


def test_several_faults_stand_in_one_report(folder: Path) -> None:
    append(folder / "domain" / "fallback.yml", "  utter_forgotten:\n  - text: 没人说的话,真的。\n")
    append(folder / "rules" / "smalltalk.yml", "- rule: help\n  steps:\n  - intent: help\n  - action: utter_help\n")
    assert len(check.problems()) == 3


def test_a_label_that_nobody_uses_or_nobody_wrote(monkeypatch: pytest.MonkeyPatch) -> None:
    known = dict(all_labels())
    del known["skip"]
    monkeypatch.setattr(check, "all_labels", lambda: {**known, "hurrah": "好"})
    assert check.problems() == [
        "dialogues/labels.yml: skip: show_settings.py uses it, but it is not there; add it",
        "dialogues/labels.yml: hurrah: no action uses it; remove it",
    ]
