// Message text with its entities as page elements. Offsets count UTF-16 units, as JavaScript does.
import { el, link } from "./dom.js";

const TAGS = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre", blockquote: "blockquote",
};

/** Nodes for `text`; `onCommand` is called with a tapped command. */
export function formatted(text, entities, onCommand) {
  return build(text, 0, text.length, [...(entities || [])], onCommand);
}

function build(text, start, end, entities, onCommand) {
  const nodes = [];
  let position = start;
  while (entities.length) {
    const entity = entities.shift();
    const from = entity.offset;
    const to = entity.offset + entity.length;
    if (from < position || to > end) continue; // Overlaps what is already shown.
    if (from > position) nodes.push(text.slice(position, from));
    const inner = [];
    while (entities.length && entities[0].offset < to) inner.push(entities.shift());
    nodes.push(wrap(entity, text.slice(from, to), build(text, from, to, inner, onCommand), onCommand));
    position = to;
  }
  if (position < end) nodes.push(text.slice(position, end));
  return nodes;
}

function wrap(entity, plain, children, onCommand) {
  if (entity.type === "url") return link(plain, children);
  if (entity.type === "text_link") return link(entity.url, children);
  if (entity.type === "bot_command") {
    return el("button", { type: "button", class: "command", onclick: () => onCommand(plain) }, plain);
  }
  if (entity.type === "spoiler") return el("span", { class: "spoiler", tabindex: "0" }, children);
  return el(TAGS[entity.type] || "span", {}, children);
}
