import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

// Colours come from the page's own properties, so that one style serves light, dark and forced colours.
const style = HighlightStyle.define([
  { tag: tags.heading, fontWeight: "650", color: "var(--accent)" },
  { tag: tags.strong, fontWeight: "650" },
  { tag: tags.emphasis, fontStyle: "italic" },
  { tag: tags.strikethrough, textDecoration: "line-through" },
  { tag: [tags.link, tags.url], color: "var(--accent)", textDecoration: "underline" },
  { tag: [tags.monospace, tags.string], color: "var(--good)" },
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: "var(--theirs)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--notice)" },
  { tag: [tags.comment, tags.quote], color: "var(--ink-soft)", fontStyle: "italic" },
  { tag: [tags.processingInstruction, tags.meta, tags.punctuation], color: "var(--ink-soft)" },
]);

const look = EditorView.theme({
  "&": { height: "100%", fontSize: "0.8438rem", backgroundColor: "var(--ground)" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--code)", lineHeight: "1.6", overflow: "auto" },
  ".cm-content": { padding: "0.75rem 0", caretColor: "var(--ink)" },
  ".cm-line": { padding: "0 1.25rem 0 0.75rem" },
  ".cm-gutters": {
    backgroundColor: "var(--ground)",
    border: "none",
    color: "var(--ink-soft)",
    fontSize: "0.75rem",
  },
  ".cm-lineNumbers .cm-gutterElement": { minWidth: "2.75rem", padding: "0 0.25rem 0 0.5rem" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "var(--ground-low)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)", borderLeftWidth: "2px" },
  ".cm-panels": { backgroundColor: "var(--ground-low)", color: "var(--ink)" },
  ".cm-problem": { boxShadow: "inset 3px 0 0 var(--notice)" },
  ".cm-problem-error": { boxShadow: "inset 3px 0 0 var(--bad)" },
  ".cm-collapsedLines": {
    background: "var(--ground-low)",
    color: "var(--ink-soft)",
    fontFamily: "var(--text)",
    fontSize: "0.75rem",
  },
  ".cm-collapsedLines::before, .cm-collapsedLines::after": { content: '"⋯"', margin: "0 0.5em" },
  ".cm-changedLine": { backgroundColor: "var(--ground-low)" },
  "&.cm-merge-a .cm-changedText": {
    background: "var(--theirs-ground)",
    borderBlockEnd: "2px solid var(--theirs)",
  },
  "&.cm-merge-b .cm-changedText": {
    background: "var(--yours-ground)",
    borderBlockEnd: "2px solid var(--yours)",
  },
  "&.cm-merge-a .cm-changedLineGutter": { background: "var(--theirs)" },
  "&.cm-merge-b .cm-changedLineGutter": { background: "var(--yours)" },
  ".cm-arrived": { boxShadow: "inset 3px 0 0 var(--theirs)" },
});

export const highlighting = [syntaxHighlighting(style), look];
