// A poll or quiz card: before the vote a list to tap, after it shares, verdict and explanation.
import { el, icon } from "./dom.js";
import { formatted } from "./text.js";

/** `picks` are the indexes this person chose; `onVote` gets the chosen ones. */
export function pollCard(poll, picks, onVote, onCommand) {
  const done = picks.length > 0 || poll.is_closed;
  const options = poll.options.map((option, index) => (done ? result(poll, option, index, picks) : choice(poll, option, index, onVote)));
  const card = el(
    "div",
    { class: "poll", role: "group", "aria-label": poll.question },
    el("div", { class: "poll-kind" }, kindOf(poll)),
    el("div", { class: "poll-question" }, poll.question),
    options,
  );
  if (poll.allows_multiple_answers && !done) card.append(multipleSend(card, onVote));
  if (done && poll.type === "quiz") card.append(...verdict(poll, picks, onCommand));
  card.append(el("div", { class: "poll-foot" }, footOf(poll)));
  return card;
}

function kindOf(poll) {
  const name = poll.type === "quiz" ? "小测验" : "投票";
  return poll.is_closed ? `${name} · 已结束` : name;
}

function footOf(poll) {
  return poll.total_voter_count ? `${poll.total_voter_count} 人参与` : "还没有人参与";
}

function choice(poll, option, index, onVote) {
  const several = poll.allows_multiple_answers;
  const mark = el("span", { class: "mark", "aria-hidden": "true" });
  const button = el(
    "button",
    { type: "button", class: "option", "data-index": index, "aria-pressed": several ? "false" : null },
    mark,
    el("span", {}, option.text),
  );
  button.addEventListener("click", () => {
    if (!several) {
      button.parentElement.querySelectorAll(".option").forEach((other) => (other.disabled = true));
      button.classList.add("picked");
      onVote([index]);
      return;
    }
    const on = button.classList.toggle("picked");
    button.setAttribute("aria-pressed", String(on));
    mark.replaceChildren(...(on ? [icon("check")] : []));
  });
  return button;
}

function multipleSend(card, onVote) {
  const chosen = () => [...card.querySelectorAll(".option.picked")].map((node) => Number(node.dataset.index));
  return el("button", { type: "button", class: "key", onclick: () => chosen().length && onVote(chosen()) }, "提交");
}

function result(poll, option, index, picks) {
  const share = poll.total_voter_count ? Math.round((100 * option.voter_count) / poll.total_voter_count) : 0;
  const quiz = poll.type === "quiz";
  const right = quiz && (poll.correct_option_ids || []).includes(index);
  const picked = picks.includes(index);
  const wrong = quiz && picked && !right;
  const bar = el("span", { class: "bar", "aria-hidden": "true" });
  requestAnimationFrame(() => bar.style.setProperty("width", `${share}%`));
  const state = right ? "（正确答案）" : wrong ? "（您的选择，不对）" : picked ? "（您的选择）" : "";
  return el(
    "div",
    { class: `option ${right ? "right" : ""} ${wrong ? "wrong" : ""} ${picked ? "picked" : ""}`, "aria-label": option.text + state },
    bar,
    el("span", { class: "mark", "aria-hidden": "true" }, right || (picked && !wrong) ? icon("check") : wrong ? icon("close") : null),
    el("span", {}, option.text),
    el("span", { class: "share" }, `${share}%`),
  );
}

function verdict(poll, picks, onCommand) {
  const right = picks.length && picks.every((pick) => (poll.correct_option_ids || []).includes(pick));
  const nodes = [];
  if (picks.length) nodes.push(el("div", { class: `verdict ${right ? "" : "bad"}` }, right ? "答对了" : "没有答对"));
  if (poll.explanation) {
    nodes.push(el("div", { class: "explanation" }, formatted(poll.explanation, poll.explanation_entities, onCommand)));
  }
  return nodes;
}
