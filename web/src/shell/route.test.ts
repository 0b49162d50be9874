import { expect, test } from "vitest";
import { editorPath } from "../api/artifact-address.ts";
import { routeOf } from "./route.ts";

test("an artifact's address leads back to it, whatever its name", () => {
  for (const name of ["lamps", "git/commit", "a b", "100%", "램프"]) {
    const route = routeOf(editorPath({ kind: "commands", name }));
    expect(route).toEqual({ screen: "editor", kind: "commands", name });
  }
});

test.each([
  ["/", "artifacts"],
  ["/a/skills", "unknown"],
  ["/a/lamps/x", "unknown"],
  ["/a/skills/%E0%A4%A", "unknown"],
  ["/nowhere", "unknown"],
])("%s", (path, screen) => {
  expect(routeOf(path).screen).toBe(screen);
});
