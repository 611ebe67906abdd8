// The lower part of the page: input, menus, attachments, quick replies, who speaks in a group.
import { fileAsBase64 } from "./api.js";
import { avatar, byId, el, icon, toast } from "./dom.js";

// The server takes 52 MB a request; base64 makes a third more of a file.
const MAX_FILE_BYTES = 20 * 1024 * 1024;
const ATTACHMENTS = [
  { kind: "photo", name: "图片", icon: "photo", accept: "image/png,image/jpeg,image/gif,image/webp" },
  { kind: "document", name: "文件", icon: "file", accept: "" },
  { kind: "voice", name: "语音（示例）", icon: "voice" },
  { kind: "sticker", name: "贴纸 👍", icon: "smile" },
  { kind: "location", name: "位置（示例）", icon: "place" },
];

export class Composer {
  /** `on`: {text(text), media(details), speaker(id), cancelReply()}. */
  constructor(on) {
    this.on = on;
    this.input = byId("input");
    this.sendButton = byId("send");
    this.commandMenu = byId("command-menu");
    this.attachMenu = byId("attach-menu");
    this.commandList = [];
    this.listenToInput();
    this.listenToMenus();
    this.fillAttachments();
  }

  listenToInput() {
    byId("composer").addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    this.input.addEventListener("input", () => this.grow());
    this.input.addEventListener("keydown", (event) => {
      // While an input method composes, Enter picks a word and must not send.
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229) {
        event.preventDefault();
        this.submit();
      }
      if (event.key === "Escape") this.closeMenus();
      if (event.key === "ArrowUp" && !this.commandMenu.hidden) this.commandMenu.querySelector("button:last-child")?.focus();
    });
  }

  listenToMenus() {
    byId("commands").addEventListener("click", () => this.toggle(this.commandMenu, byId("commands")));
    byId("attach").addEventListener("click", () => this.toggle(this.attachMenu, byId("attach")));
    byId("mention").addEventListener("click", () => {
      this.input.value = `@${this.botUsername} ${this.input.value}`;
      this.input.focus();
      this.grow();
    });
    for (const menu of [this.commandMenu, this.attachMenu]) menu.addEventListener("keydown", (event) => this.walk(event, menu));
    document.addEventListener("click", (event) => {
      if (!event.target.closest(".composer")) this.closeMenus();
    });
    byId("file").addEventListener("change", () => this.sendFile());
  }

  /** Arrow keys move through a menu, Escape leaves it. */
  walk(event, menu) {
    const items = [...menu.querySelectorAll("button")];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") {
      this.closeMenus();
      this.input.focus();
    } else if (step) {
      event.preventDefault();
      items[(items.indexOf(document.activeElement) + step + items.length) % items.length]?.focus();
    }
  }

  submit() {
    const text = this.input.value.trim();
    if (!text) return;
    this.clear();
    this.on.text(text);
  }

  clear() {
    this.input.value = "";
    this.grow();
    this.closeMenus();
  }

  /** Height by content; typing "/" alone offers the commands. */
  grow() {
    this.input.style.height = "auto";
    this.input.style.height = `${this.input.scrollHeight}px`;
    this.sendButton.disabled = !this.input.value.trim();
    const typed = this.input.value;
    if (/^\/\w*$/.test(typed) && this.commandList.length) this.showCommands(typed.slice(1));
    else if (!this.commandMenu.hidden) this.closeMenus();
  }

  toggle(menu, button) {
    const opening = menu.hidden;
    this.closeMenus();
    if (!opening) return;
    if (menu === this.commandMenu) this.fillCommands(this.commandList);
    menu.hidden = false;
    button.setAttribute("aria-expanded", "true");
    menu.querySelector("button")?.focus();
  }

  closeMenus() {
    for (const [menu, button] of [[this.commandMenu, "commands"], [this.attachMenu, "attach"]]) {
      menu.hidden = true;
      byId(button).setAttribute("aria-expanded", "false");
    }
  }

  showCommands(start) {
    const fitting = this.commandList.filter((item) => item.command.startsWith(start));
    this.fillCommands(fitting);
    this.commandMenu.hidden = !fitting.length;
  }

  fillCommands(commands) {
    this.commandMenu.replaceChildren(
      ...commands.map((item) =>
        el(
          "button",
          { type: "button", role: "menuitem", onclick: () => this.sendCommand(item.command) },
          el("code", {}, `/${item.command}`),
          el("span", { class: "about" }, item.description),
        ),
      ),
    );
  }

  sendCommand(command) {
    this.clear();
    this.on.text(this.group ? `/${command}@${this.botUsername}` : `/${command}`);
  }

  fillAttachments() {
    this.attachMenu.replaceChildren(
      ...ATTACHMENTS.map((item) =>
        el("button", { type: "button", role: "menuitem", onclick: () => this.choose(item) }, icon(item.icon), item.name),
      ),
    );
  }

  choose(item) {
    this.closeMenus();
    if (item.accept === undefined) {
      this.on.media({ kind: item.kind });
      return;
    }
    const file = byId("file");
    file.accept = item.accept;
    file.dataset.kind = item.kind;
    file.value = "";
    file.click();
  }

  async sendFile() {
    const field = byId("file");
    const chosen = field.files[0];
    if (!chosen) return;
    if (chosen.size > MAX_FILE_BYTES) return toast("文件超过 20 MB，发不了");
    const caption = this.input.value.trim();
    this.clear();
    this.on.media({ kind: field.dataset.kind, name: chosen.name, base64: await fileAsBase64(chosen), caption });
  }

  /** Fit the composer to a conversation; `people` are the members of a group, else empty. */
  show(chat, people, speaker, botUsername) {
    this.botUsername = botUsername;
    this.group = people.length > 0;
    this.commandList = chat.commands;
    byId("commands").hidden = !chat.commands.length;
    byId("mention").hidden = !this.group;
    this.input.placeholder = this.group ? "点 @ 请它回答" : "输入消息";
    this.showSpeakers(people, speaker);
    this.showKeyboard(chat.keyboard);
  }

  showSpeakers(people, speaker) {
    const row = byId("speaker");
    row.hidden = !people.length;
    row.replaceChildren(
      "发言人",
      ...people.map((person) =>
        el(
          "button",
          { type: "button", role: "radio", "aria-checked": String(person.id === speaker), onclick: () => this.on.speaker(person.id) },
          avatar(person.name, person.tone, "tiny"),
          person.name,
        ),
      ),
    );
  }

  showKeyboard(markup) {
    const box = byId("reply-keyboard");
    box.hidden = !markup;
    const textOf = (button) => (typeof button === "string" ? button : button.text);
    const keyFor = (button) => el("button", { type: "button", onclick: () => this.on.text(textOf(button)) }, textOf(button));
    box.replaceChildren(...(markup ? markup.keyboard : []).map((row) => el("div", { class: "row" }, row.map(keyFor))));
    if (markup?.input_field_placeholder) this.input.placeholder = markup.input_field_placeholder;
  }

  showReply(text) {
    const bar = byId("reply-bar");
    bar.hidden = !text;
    if (!text) return bar.replaceChildren();
    const cancel = el("button", { type: "button", class: "icon-button small", "aria-label": "取消回复", onclick: () => this.on.cancelReply() }, icon("close"));
    bar.replaceChildren(icon("reply"), el("span", {}, text), cancel);
    this.input.focus();
  }
}
