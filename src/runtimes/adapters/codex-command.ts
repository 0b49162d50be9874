import { regularMode } from "../../domain/files.ts";
import type { ArtifactAdapter, FileContents } from "./adapter.ts";
import { markdownFieldsAdapter } from "./markdown-fields.ts";

const skills = markdownFieldsAdapter({
  title: "Codex",
  carried: ["name", "description"],
  required: ["name", "description"],
  initial: {},
  reasons: {
    "argument-hint": "a skill of Codex has no such key",
    "allowed-tools": "Codex bounds a skill by its sandbox, not by a list of tools",
    model: "a skill of Codex runs the model of the session",
  },
  refused: [],
  text: {
    toTarget: (text) => text,
    toCanonical: (text) => text,
    lost: (text) =>
      /\$(?:ARGUMENTS|\d)/.test(text)
        ? [
            {
              field: "$ARGUMENTS",
              why: "a skill of Codex is not given arguments: it reads them in the message",
            },
          ]
        : [],
  },
});

const sidecarName = "agents/openai.yaml";
const sidecar = new TextEncoder().encode("policy:\n  allow_implicit_invocation: false\n");

/**
 * A command as a skill of Codex, which is run when it is asked for and not when the model finds it fitting.
 * Source: developers.openai.com/codex, skills (`agents/openai.yaml`, `policy.allow_implicit_invocation`).
 */
export const codexCommandAdapter: ArtifactAdapter = {
  ...skills,
  render(input) {
    const rendering = skills.render({ ...input, present: withoutSidecar(input.present) });
    if (rendering.outcome === "blocked") return rendering;
    const [path = ""] = rendering.files.keys();
    const beside = path.replace(/SKILL\.md$/, () => sidecarName);
    // What the user made of it stays.
    const there = input.present.get(beside) ?? { bytes: sidecar, mode: regularMode };
    return {
      ...rendering,
      files: new Map([...rendering.files, [beside, there]]),
      fresh: new Map([...rendering.fresh, [beside, { bytes: sidecar, mode: regularMode }]]),
    };
  },
  parse: (input) => skills.parse({ ...input, files: withoutSidecar(input.files) }),
  meaning: (path, bytes, fresh) => (path.endsWith(sidecarName) ? null : skills.meaning(path, bytes, fresh)),
};

function withoutSidecar(files: FileContents): FileContents {
  return new Map([...files].filter(([path]) => !path.endsWith(sidecarName)));
}
