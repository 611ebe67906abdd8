// The page's state and what happens in it: who is chosen, what is shown, what the server reports.
import { act, listen, loadState } from "./api.js";
import { Composer } from "./composer.js";
import { byId, dayOf, el, icon, toast } from "./dom.js";
import { messageItem, summary } from "./message.js";
import { openPicker } from "./picker.js";
import { chatItem, Unread } from "./sidebar.js";

const TYPING_MS = 5000; // How long Telegram's apps show a chat action.
const PRESS_MS = 8000;
const NEAR_END_PX = 120;
const GROUP_TONE = 5;

let state = null;
let chatId = null; // The conversation shown.
let speaker = null; // The person who acts in it.
let replyTo = null;
let typingTimer = 0;
let refreshing = 0; // Loads of the state under way.
const waiting = []; // Events that came meanwhile.
const unread = new Unread();
const scroll = byId("scroll");
const list = byId("messages");

const composer = new Composer({
  text: (text) => send(text),
  media: (details) => act("media", { person_id: speaker, chat_id: chatId, ...details }),
  speaker: (id) => open(chatId, id),
  cancelReply: () => setReply(null),
});

const chatOf = (id) => state.chats.find((chat) => chat.id === id);
const personOf = (id) => state.people.find((person) => person.id === id);
const toneOf = (id) => {
  const index = state.people.findIndex((person) => person.id === id);
  return index < 0 ? 0 : (index % 5) + 1;
};

const view = () => ({
  me: speaker,
  group: chatId < 0,
  toneOf,
  on: {
    command: (command) => send(command),
    press,
    vote: (message, options) => act("vote", { person_id: speaker, message_id: message.message_id, options }),
    react: (message, emoji) => act("react", { person_id: speaker, message_id: message.message_id, emoji }),
    more: (message, button) => openPicker(button, message, speaker, view().on.react, () => setReply(message)),
  },
});

async function send(text) {
  const reply = replyTo?.message_id;
  setReply(null);
  const sent = await act("send", { person_id: speaker, chat_id: chatId, text, reply_to: reply });
  // What was typed must not be lost when the server is away.
  if (!sent && !composer.input.value) {
    composer.input.value = text;
    composer.grow();
  }
}

async function press(message, button, node) {
  if (!button.callback_data) return toast("这种按钮在本地聊天里不能用");
  node.classList.add("pending");
  setTimeout(() => node.classList.remove("pending"), PRESS_MS);
  await act("press", { person_id: speaker, message_id: message.message_id, data: button.callback_data });
}

function setReply(message) {
  replyTo = message;
  composer.showReply(message ? `回复 ${message.from.first_name}：${summary(message)}` : "");
}

// Showing ---------------------------------------------------------------------------------------

function open(id, who) {
  chatId = id;
  const chat = chatOf(id);
  speaker = who ?? (id > 0 ? id : chat.members[0]);
  sessionStorage.setItem("place", JSON.stringify({ id, speaker }));
  setReply(null);
  hideTyping();
  composer.show(chat, chat.members.map((member) => ({ ...personOf(member), tone: toneOf(member) })), speaker, state.bot.username);
  showHead();
  showMessages();
  markRead();
  setSidebar(false);
}

function showHead() {
  const chat = chatOf(chatId);
  const title = chatId < 0 ? chat.title : state.bot.name;
  byId("head-title").textContent = title;
  byId("head-avatar").textContent = [...title][0];
  byId("head-avatar").className = chatId < 0 ? `avatar tone-${GROUP_TONE}` : "avatar bot";
  byId("brand").textContent = state.bot.name;
  const busy = !byId("typing").hidden;
  byId("head-sub").textContent = busy ? "正在输入…" : subtitle(chat);
  byId("head-sub").classList.toggle("busy", busy);
  const pinned = chat.messages.find((message) => message.message_id === chat.pinned);
  byId("pinned").hidden = !pinned;
  if (pinned) byId("pinned").replaceChildren(icon("pin"), el("span", {}, summary(pinned)));
}

function subtitle(chat) {
  if (chatId < 0) return `${chat.members.map((id) => personOf(id).name).join("、")}和${state.bot.name}`;
  const person = personOf(chatId);
  return `您现在是${person.name}${person.role ? `（${person.role}）` : ""}`;
}

function showMessages() {
  list.replaceChildren();
  chatOf(chatId).messages.forEach((message) => append(message));
  showWelcome();
  toEnd();
}

function showWelcome() {
  const empty = !chatOf(chatId).messages.length;
  byId("welcome").hidden = !empty;
  if (!empty) return;
  const group = chatId < 0;
  byId("welcome-avatar").textContent = [...state.bot.name][0];
  byId("welcome-title").textContent = state.bot.name;
  byId("welcome-hint").textContent = group ? `在群里提到 @${state.bot.username}，或者回复它的消息，它就会回答。` : state.bot.description || state.hint;
  const texts = state.examples.map((text) => (group ? `@${state.bot.username} ${text}` : text));
  byId("chips").replaceChildren(
    ...texts.map((text, i) => el("button", { type: "button", class: "chip", onclick: () => send(text) }, state.examples[i])),
  );
}

/** Add a message at the end; it joins the one before when sender and time are close. */
function append(message) {
  const previous = list.lastElementChild;
  const messages = chatOf(chatId).messages;
  const before = messages[messages.findIndex((m) => m.message_id === message.message_id) - 1];
  const newDay = !before || dayOf(before.date) !== dayOf(message.date);
  if (newDay) list.append(el("li", { class: "day" }, dayOf(message.date)));
  const joined = !newDay && before.from.id === message.from.id && message.date - before.date < 300;
  if (joined) previous?.classList.add("joined-next");
  list.append(messageItem(message, view(), joined, false));
}

function itemOf(messageId) {
  return list.querySelector(`[data-id="${Number(messageId)}"]`);
}

const nearEnd = () => scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < NEAR_END_PX;

/** At once, unless a person asked: a smooth scroll under way would hide that we are at the end. */
function toEnd(behavior = "instant") {
  scroll.scrollTo({ top: scroll.scrollHeight, behavior });
  byId("jump").hidden = true;
}

function showSidebar() {
  const items = state.chats.map((chat) => {
    const person = personOf(chat.id);
    const last = chat.messages[chat.messages.length - 1];
    const shown = { title: chat.title, role: person?.role ?? "群聊", tone: toneOf(chat.id) || GROUP_TONE, last: last ? summary(last) : "还没有消息" };
    return chatItem(shown, chat.id === chatId, unread.count(chat), () => open(chat.id));
  });
  byId("chat-list").replaceChildren(...items);
  const total = state.chats.reduce((sum, chat) => sum + unread.count(chat), 0);
  byId("total-unread").hidden = !total;
  document.title = total ? `(${total}) ${state.bot.name}` : state.bot.name;
}

function markRead() {
  if (!document.hidden) unread.read(chatOf(chatId));
  showSidebar();
}

function setSidebar(on) {
  byId("app").classList.toggle("sidebar-open", on);
  byId("open-sidebar").setAttribute("aria-expanded", String(on));
  if (on) byId("chat-list").querySelector("button")?.focus();
}

function showTyping() {
  const atEnd = nearEnd();
  byId("typing").hidden = false;
  showHead();
  if (atEnd) toEnd();
  clearTimeout(typingTimer);
  typingTimer = setTimeout(hideTyping, TYPING_MS);
}

function hideTyping() {
  clearTimeout(typingTimer);
  byId("typing").hidden = true;
  if (chatId !== null) showHead();
}

// What the server reports -------------------------------------------------------------------------

const handlers = {
  message({ chat_id: id, message }) {
    const chat = chatOf(id);
    if (!chat) return refresh();
    if (chat.messages.some((known) => known.message_id === message.message_id)) return undefined;
    chat.messages.push(message);
    if (id === chatId) arrived(message);
    return markRead();
  },
  edit({ chat_id: id, message }) {
    const messages = chatOf(id)?.messages ?? [];
    const index = messages.findIndex((known) => known.message_id === message.message_id);
    if (index < 0) return;
    messages[index] = message;
    const old = id === chatId && itemOf(message.message_id);
    const atEnd = nearEnd();
    if (old) old.replaceWith(messageItem(message, view(), old.classList.contains("joined"), old.classList.contains("joined-next")));
    if (old && atEnd) toEnd();
    showSidebar();
  },
  delete({ chat_id: id, message_id: messageId }) {
    const chat = chatOf(id);
    if (!chat) return;
    chat.messages = chat.messages.filter((known) => known.message_id !== messageId);
    const item = id === chatId && itemOf(messageId);
    if (item) {
      item.classList.add("gone");
      setTimeout(() => item.remove(), 200);
      showWelcome();
    }
    showSidebar();
  },
  typing({ chat_id: id }) {
    if (id === chatId) showTyping();
  },
  callback({ chat_id: id, message_id: messageId, person_id: who, text, show_alert: alert }) {
    if (id === chatId) itemOf(messageId)?.querySelectorAll(".pending").forEach((node) => node.classList.remove("pending"));
    if (id !== chatId || who !== speaker || !text) return;
    if (!alert) return toast(text);
    byId("alert-text").textContent = text;
    if (!byId("alert").open) byId("alert").showModal();
  },
  chat: () => refresh(),
};

function arrived(message) {
  const stay = !nearEnd() && message.from.id !== speaker;
  if (message.from.id === state.bot.id) hideTyping();
  byId("welcome").hidden = true;
  append(message);
  if (stay) byId("jump").hidden = false;
  else toEnd();
}

/** Load everything anew and show the same conversation again. */
async function refresh() {
  refreshing += 1;
  try {
    state = await loadState();
  } finally {
    refreshing -= 1;
  }
  unread.start(state.session, state.bot.id);
  const place = chatId ? { id: chatId, speaker } : JSON.parse(sessionStorage.getItem("place") || "null");
  const known = place && chatOf(place.id);
  open(known ? place.id : state.chats[0].id, known ? place.speaker : undefined);
  if (!refreshing) waiting.splice(0).forEach(handle);
}

/** Events that arrive while the state is on its way are kept, for it may not hold them yet. */
function handle(event) {
  if (refreshing) waiting.push(event);
  else if (state) handlers[event.kind]?.(event);
}

byId("open-sidebar").addEventListener("click", () => setSidebar(true));
byId("close-sidebar").addEventListener("click", () => setSidebar(false));
byId("scrim").addEventListener("click", () => setSidebar(false));
byId("jump").addEventListener("click", () => toEnd("smooth"));
byId("pinned").addEventListener("click", () => itemOf(chatOf(chatId).pinned)?.scrollIntoView({ block: "center" }));
scroll.addEventListener("scroll", () => nearEnd() && (byId("jump").hidden = true));
document.addEventListener("keydown", (event) => event.key === "Escape" && setSidebar(false));
document.addEventListener("visibilitychange", () => state && markRead());

listen({
  onEvent: handle,
  onOpen: async () => {
    await refresh();
    byId("offline").hidden = true;
    document.body.dataset.ready = "yes";
  },
  onLost: () => (byId("offline").hidden = false),
});
