// One message as a list item: bubble, keyboard, reactions.
import { avatar, el, icon, link, timeOf } from "./dom.js";
import { pollCard } from "./poll.js";
import { formatted } from "./text.js";

/**
 * `view` says who looks: {me, botId, group, toneOf, on: {command, press, vote, react, more}}.
 * `joined` and `joinedNext`: the neighbours are from the same sender.
 */
export function messageItem(message, view, joined, joinedNext) {
  const own = message.from.id === view.me;
  const item = el("li", {
    class: `message ${own ? "own" : ""} ${joined ? "joined" : ""} ${joinedNext ? "joined-next" : ""}`,
    "data-id": message.message_id,
    "data-from": message.from.id,
  });
  if (!own && view.group) item.append(avatar(message.from.first_name, view.toneOf(message.from.id)));
  item.append(column(message, view, own, joined), moreButton(message, view));
  return item;
}

function column(message, view, own, joined) {
  return el(
    "div",
    { class: "column" },
    el(
      "div",
      { class: "bubble" },
      view.group && !own && !joined ? sender(message, view) : null,
      quote(message),
      content(message, view),
      el("span", { class: "meta" }, `${message.edit_date ? "已编辑 " : ""}${timeOf(message.date)}`),
    ),
    keyboard(message, view),
    reactions(message, view),
  );
}

function sender(message, view) {
  const tone = view.toneOf(message.from.id);
  return el("span", { class: `sender ${tone ? `tone-${tone}` : ""}` }, message.from.first_name);
}

function quote(message) {
  const answered = message.reply_to_message;
  return answered ? el("span", { class: "quote" }, `${answered.from.first_name}：${summary(answered)}`) : null;
}

/** One line about a message, for quotes and the list of conversations. */
export function summary(message) {
  if (message.text) return message.text.replace(/\s+/g, " ");
  const kinds = { poll: "测验", photo: "图片", document: "文件", voice: "语音", sticker: "贴纸", location: "位置" };
  const kind = Object.keys(kinds).find((name) => message[name]);
  if (kind === "poll") return `[${message.poll.type === "quiz" ? "小测验" : "投票"}] ${message.poll.question}`;
  return [kind ? `[${kinds[kind]}]` : "[消息]", message.caption || ""].join(" ").trim();
}

function content(message, view) {
  const nodes = [];
  if (message.photo) nodes.push(picture(message));
  if (message.document) nodes.push(file(message.document.file_id, "file", message.document.file_name || "文件", sizeOf(message.document)));
  if (message.voice) nodes.push(file(message.voice.file_id, "voice", "语音消息", `${message.voice.duration} 秒`));
  if (message.sticker) nodes.push(el("div", { class: "sticker" }, message.sticker.emoji || "🙂"));
  if (message.location) nodes.push(place(message.location));
  if (message.poll) nodes.push(poll(message, view));
  const text = message.text || message.caption;
  const entities = message.text ? message.entities : message.caption_entities;
  if (text) nodes.push(el("span", { class: "text" }, formatted(text, entities, view.on.command)));
  if (!nodes.length) nodes.push(el("span", { class: "text" }, "[这里显示不了的消息]"));
  return nodes;
}

function picture(message) {
  const photo = message.photo[message.photo.length - 1];
  const src = `/page/file/${photo.file_id}`;
  const img = el("img", { src, alt: message.caption || "图片", width: photo.width, height: photo.height });
  img.style.setProperty("height", "auto");
  return el("a", { class: "picture", href: src, target: "_blank", rel: "noopener" }, img);
}

function file(fileId, iconName, name, note) {
  return el(
    "a",
    { class: "file", href: `/page/file/${fileId}`, download: name },
    el("span", { class: "tile" }, icon(iconName)),
    el("span", {}, el("strong", {}, name), el("small", {}, note)),
  );
}

function sizeOf(document) {
  const kilobytes = (document.file_size || 0) / 1024;
  return kilobytes > 1000 ? `${(kilobytes / 1024).toFixed(1)} MB` : `${Math.max(1, Math.round(kilobytes))} KB`;
}

function place(location) {
  const where = `${location.latitude.toFixed(4)}, ${location.longitude.toFixed(4)}`;
  return el("div", { class: "file" }, el("span", { class: "tile" }, icon("place")), el("span", {}, el("strong", {}, "位置"), el("small", {}, where)));
}

function poll(message, view) {
  const picks = (message.local.votes || {})[view.me] || [];
  return pollCard(message.poll, picks, (options) => view.on.vote(message, options), view.on.command);
}

function keyboard(message, view) {
  const rows = (message.reply_markup || {}).inline_keyboard;
  if (!rows) return null;
  return el(
    "div",
    { class: "keyboard", role: "group", "aria-label": "按钮" },
    rows.map((row) => el("div", { class: "row" }, row.map((button) => key(button, message, view)))),
  );
}

function key(button, message, view) {
  if (button.url) return link(button.url, `${button.text} ↗`, "key");
  const node = el("button", { type: "button", class: "key" }, button.text);
  node.addEventListener("click", () => view.on.press(message, button, node));
  return node;
}

function reactions(message, view) {
  const counts = new Map();
  for (const [who, emojis] of Object.entries(message.local.reactions)) {
    for (const emoji of emojis) counts.set(emoji, [...(counts.get(emoji) || []), Number(who)]);
  }
  if (!counts.size) return null;
  return el("div", { class: "below" }, [...counts].map(([emoji, people]) => reaction(emoji, people, message, view)));
}

function reaction(emoji, people, message, view) {
  const mine = people.includes(view.me);
  return el(
    "button",
    {
      type: "button", class: `reaction ${mine ? "mine" : ""}`, "aria-pressed": String(mine), "aria-label": `${emoji}，${people.length} 人`,
      onclick: () => view.on.react(message, mine ? null : emoji),
    },
    emoji,
    people.length > 1 ? String(people.length) : null,
  );
}

function moreButton(message, view) {
  const button = el("button", { type: "button", class: "more", "aria-label": "表情回应", "aria-haspopup": "menu" }, icon("smile"));
  button.addEventListener("click", () => view.on.more(message, button));
  return button;
}
