import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";

/** The nonce that the page's policy allows the editor's own style sheets by. */
export function styleNonce(): Extension {
  const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content;
  return nonce === undefined ? [] : EditorView.cspNonce.of(nonce);
}
