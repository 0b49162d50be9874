import { expect, test } from "vitest";
import { artifactKinds, formatArtifact, parseArtifact } from "./artifact-kinds.ts";

test("an artifact's text comes back, nested names included", () => {
  for (const kind of artifactKinds) {
    for (const name of ["pdf", "git/commit", "한글"]) {
      expect(parseArtifact(formatArtifact({ kind, name }))).toEqual({ kind, name });
    }
  }
});

test.each(["", "skill", "skill/", "/pdf", "skills/pdf", "Skill/pdf", "constructor/x"])(
  "%j names no artifact",
  (text) => {
    expect(parseArtifact(text)).toBeUndefined();
  },
);
