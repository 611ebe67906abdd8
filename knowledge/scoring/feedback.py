"""The words of a score card: two or three short sentences, and an answer to learn from; all texts are data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from knowledge.models import Knowledge
from knowledge.scoring.rubric import Rubrics
from knowledge.scoring.values import CheckResult
from knowledge.wording import fill


def feedback(total: int, checks: Sequence[CheckResult], gain: CheckResult | None, rubrics: Rubrics) -> str:
    """How it went, what was good with the rep's own words, and the one thing to do better."""
    words = rubrics.feedback
    lines = [next(level["text"] for level in words["levels"] if total >= level["from"])]
    shown = [check for check in checks if check.verdict == "yes" and check.evidence and check.points > 0]
    if shown:
        best = max(shown, key=lambda check: check.points)
        lines.append(words["good"].format(title=best.title, evidence=best.evidence.strip("，。,、 ")))
    if gain:
        kind = "fault" if gain.max_points == 0 else "gain"
        lines.append(words[kind].format(title=gain.title, better=gain.better))
    return "".join(line if line.endswith("。") else line + "。" for line in lines)


def model_answer(objection: str, style: str | None, known: Knowledge, values: Mapping[str, str] | None = None) -> str:
    """Words fitted to objection and style, without a style the first technique's; open slots filled by `values`."""
    if style is None:
        return fill(known.objections[objection].techniques[0].say, known, values)
    return fill(known.style_words[objection][style].say, known, values)
