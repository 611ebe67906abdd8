// Talks to the local server: one state, small actions, a stream of events.
import { toast } from "./dom.js";

export async function loadState() {
  const answer = await fetch("/page/state");
  if (!answer.ok) throw new Error(`state: ${answer.status}`);
  return answer.json();
}

/** Carry out an action; false (and a note to the person) when it failed. */
export async function act(name, body) {
  try {
    const answer = await fetch(`/page/${name}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    if (answer.ok) return true;
    toast(answer.status === 413 ? "文件太大了" : "这一步没有成功，请再试一次");
  } catch {
    toast("连不上本地服务，消息没有发出");
  }
  return false;
}

/** Listen for events for good; `onOpen` runs after every (re)connection. */
export function listen({ onEvent, onOpen, onLost }) {
  const stream = new EventSource("/page/events");
  stream.onopen = onOpen;
  stream.onmessage = (event) => onEvent(JSON.parse(event.data));
  stream.onerror = () => {
    onLost();
    // A browser gives up for good after some errors; then we start anew.
    if (stream.readyState === EventSource.CLOSED) {
      setTimeout(() => listen({ onEvent, onOpen, onLost }), 1500);
    }
  };
}

/** A chosen file as base64, without the data-URL head. */
export function fileAsBase64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).split(",", 2)[1] || "");
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}
