import { expect, test } from "vitest";
import type { ArtifactItem } from "../../../src/http/schemas/artifact.ts";
import { filterArtifacts, searchable } from "./filter-artifacts.ts";

const item = (name: string, state: ArtifactItem["targets"][number]["state"]): ArtifactItem => ({
  kind: "skills",
  name,
  version: "v",
  declaredName: null,
  description: null,
  files: 1,
  problems: [],
  targets: [{ target: "cursor:project", runtime: "cursor", state, reason: "it is so" }],
});

const rows = searchable([item("lamps", "in-sync"), item("harbour", "ahead")], () => ["Skills"]);

test.each([
  ["", ["lamps", "harbour"]],
  ["LAMP", ["lamps"]],
  ["cursor:project:ahead", ["harbour"]],
  ["skills harb", ["harbour"]],
  ["lamps harbour", []],
])("the filter %j", (filter, names) => {
  expect(filterArtifacts(rows, filter).map(({ name }) => name)).toEqual(names);
});
