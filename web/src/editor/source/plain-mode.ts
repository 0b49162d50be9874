const storageKey = "stet.plain";
const changed = "stet:plain";

/** Whether the text is edited in the browser's own field; held for this browser. */
export function isPlainMode(): boolean {
  return localStorage.getItem(storageKey) === "yes";
}

export function setPlainMode(plain: boolean): void {
  localStorage.setItem(storageKey, plain ? "yes" : "no");
  dispatchEvent(new Event(changed));
}

export function listenPlainMode(listener: () => void): () => void {
  addEventListener(changed, listener);
  return () => removeEventListener(changed, listener);
}
