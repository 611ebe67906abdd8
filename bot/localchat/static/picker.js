// The small bar above a message: reactions and "reply".
import { el, icon } from "./dom.js";

// Telegram's own form of the heart has no variation selector; it is added for the eye only.
const EMOJI = ["👍", "❤", "🔥", "👎"];
const NAMES = { "👍": "赞", "❤": "喜欢", "🔥": "很棒", "👎": "不赞成" };

let bar = null;

function close(button) {
  bar?.remove();
  bar = null;
  button?.setAttribute("aria-expanded", "false");
}

/** Open it beside `button`; a chosen emoji goes to `onReact(message, emoji or null)`. */
export function openPicker(button, message, me, onReact, onReply) {
  const again = bar?.dataset.id === String(message.message_id);
  close(button);
  if (again) return;
  const mine = (message.local.reactions[me] || [])[0];
  const reactions = EMOJI.map((emoji) => choice(emoji, mine === emoji, () => {
    close(button);
    onReact(message, mine === emoji ? null : emoji);
  }));
  const reply = el("button", { type: "button", "aria-label": "回复", onclick: () => { close(button); onReply(); } }, icon("reply"));
  bar = el("div", { class: "picker", role: "group", "aria-label": "回应这条消息", "data-id": message.message_id }, reactions, reply);
  document.body.append(bar);
  place(button);
  button.setAttribute("aria-expanded", "true");
  bar.querySelector("button").focus({ preventScroll: true });
  bar.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      close(button);
      button.focus();
    }
  });
  setTimeout(() => document.addEventListener("click", function outside(event) {
    if (event.target.closest(".picker")) return;
    document.removeEventListener("click", outside);
    if (!event.target.closest(".more")) close(button);
  }));
}

function choice(emoji, pressed, onclick) {
  const shown = emoji === "❤" ? "❤\ufe0f" : emoji;
  return el("button", { type: "button", "aria-label": NAMES[emoji], "aria-pressed": String(pressed), onclick }, shown);
}

function place(button) {
  const box = button.getBoundingClientRect();
  const left = Math.min(Math.max(8, box.left - bar.offsetWidth / 2), innerWidth - bar.offsetWidth - 8);
  bar.style.left = `${left}px`;
  bar.style.top = `${Math.max(8, box.top - bar.offsetHeight - 6)}px`;
}
