// Small helpers to build the page. Text always goes in as text, never as HTML.

/** Make an element: `el("p", {class: "x", onclick: f}, "text", child)`; null children are left out. */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

/** One of the icons drawn in index.html. */
export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  const use = document.createElementNS(space, "use");
  use.setAttribute("href", `#i-${name}`);
  svg.setAttribute("aria-hidden", "true");
  svg.append(use);
  return svg;
}

export const byId = (id) => document.getElementById(id);

/** The round picture of a person: the first character on a colour of its own. */
export function avatar(name, tone, extra = "") {
  const kind = tone ? `tone-${tone}` : "bot";
  return el("span", { class: `avatar ${kind} ${extra}`, "aria-hidden": "true" }, [...(name || "?")][0]);
}

/** Only addresses that open a web page become links. */
export function safeUrl(address) {
  try {
    const url = new URL(address);
    return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;
  } catch {
    return null;
  }
}

export function link(address, content, className) {
  const href = safeUrl(address);
  if (!href) return el("span", {}, content);
  return el("a", { href, class: className, target: "_blank", rel: "noopener noreferrer" }, content);
}

export const timeOf = (unix) =>
  new Date(unix * 1000).toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false });

export function dayOf(unix) {
  const date = new Date(unix * 1000);
  const today = new Date().toDateString() === date.toDateString();
  return today ? "今天" : date.toLocaleDateString("zh-CN", { month: "long", day: "numeric" });
}

let toastTimer = 0;

/** A short note that goes away by itself. */
export function toast(text) {
  const node = byId("toast");
  node.textContent = text;
  node.classList.add("show");
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => node.classList.remove("show"), 3200);
}
