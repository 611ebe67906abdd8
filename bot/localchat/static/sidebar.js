// The list of conversations, and what the person in front of the page has not read yet.
import { avatar, el } from "./dom.js";

/** One entry; `chat` is {title, role, tone, last}. */
export function chatItem(chat, current, unreadCount, onOpen) {
  return el(
    "button",
    { type: "button", class: "chat-item", "aria-current": current ? "true" : null, onclick: onOpen },
    avatar(chat.title, chat.tone),
    el(
      "span",
      { class: "lines" },
      el("span", { class: "name" }, chat.title, el("span", { class: "role" }, chat.role)),
      el("div", { class: "last" }, chat.last),
    ),
    unreadCount ? el("span", { class: "badge", "aria-label": `${unreadCount} 条未读` }, String(unreadCount)) : null,
  );
}

/** Remembers the last message read in each conversation, for one run of the server. */
export class Unread {
  start(session, botId) {
    this.key = `read:${session}`;
    this.botId = botId;
    this.seen = JSON.parse(localStorage.getItem(this.key) || "{}");
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith("read:") && key !== this.key) localStorage.removeItem(key);
    }
  }

  /** Unread messages of the bot; people's own messages need no notice. */
  count(chat) {
    const last = this.seen[chat.id] || 0;
    return chat.messages.filter((message) => message.from.id === this.botId && message.message_id > last).length;
  }

  read(chat) {
    const last = chat.messages[chat.messages.length - 1];
    if (!last) return;
    this.seen[chat.id] = Math.max(this.seen[chat.id] || 0, last.message_id);
    localStorage.setItem(this.key, JSON.stringify(this.seen));
  }
}
