import type { IFlattenedRuleSet, IForbiddenRuleType } from "dependency-cruiser";
import { faces, pageRooms, pureNodeModules, pureRooms, rooms, testingRoom } from "./rooms.ts";

type Rule = IForbiddenRuleType;

const testFile = "\\.test\\.tsx?$";

/**
 * The page talks to the server and takes nothing from it but types of its schemas; what it computes itself, it computes
 * with the very code of the rooms without effects. That none of it needs Node is found by its build.
 */
const page: readonly Rule[] = [
  {
    name: "page-imports-pure-rooms",
    severity: "error",
    from: { path: "^web/src/" },
    to: { path: "^src/", pathNot: [anyOf(pageRooms), "^src/http/schemas/"] },
  },
  {
    name: "page-imports-types-of-schemas",
    severity: "error",
    from: { path: "^web/src/" },
    to: { path: "^src/http/schemas/", dependencyTypesNot: ["type-only"] },
  },
  {
    name: "page-has-no-node",
    severity: "error",
    from: { path: "^web/src/", pathNot: testFile },
    to: { dependencyTypes: ["core"] },
  },
  {
    name: "nothing-imports-the-page",
    severity: "error",
    from: { path: "^src/" },
    to: { path: "^web/" },
  },
];

/** The order of the rooms (ARCHITECTURE.md) as rules for dependency-cruiser. */
export const ruleSet: IFlattenedRuleSet = {
  forbidden: [
    ...rooms.map(upward),
    ...faces.map(aroundApp),
    ...pureRooms.map(effects),
    {
      name: "domain-imports-nothing",
      severity: "error",
      from: { path: inside("domain"), pathNot: testFile },
      to: { pathNot: inside("domain") },
    },
    {
      name: "testing-without-faces",
      severity: "error",
      from: { path: inside(testingRoom) },
      to: { path: anyOf(faces) },
    },
    {
      name: "only-tests-import-testing",
      severity: "error",
      from: { path: "^src/[^/]+/", pathNot: [inside(testingRoom), testFile] },
      to: { path: inside(testingRoom) },
    },
    {
      name: "nothing-imports-a-test",
      severity: "error",
      from: { path: "^src/" },
      to: { path: testFile },
    },
    // Cases that several test files share may live in test/.
    {
      name: "only-tests-import-from-test",
      severity: "error",
      from: { path: "^src/", pathNot: testFile },
      to: { path: ["^test/", "^scripts/"] },
    },
    // A file directly in src/ is an entry that puts rooms together.
    {
      name: "no-room-imports-an-entry",
      severity: "error",
      from: { path: "^src/[^/]+/" },
      to: { path: "^src/[^/]+$" },
    },
    ...page,
    { name: "no-cycles", severity: "error", from: { path: "^(web/)?src/" }, to: { circular: true } },
    { name: "resolvable", severity: "error", from: { path: "^(web/)?src/" }, to: { couldNotResolve: true } },
  ],
};

function upward(room: (typeof rooms)[number], index: number): Rule {
  const above = [...rooms.slice(index + 1), ...faces];
  return {
    name: `${room}-imports-no-later-room`,
    severity: "error",
    from: { path: inside(room) },
    to: { path: anyOf(above) },
  };
}

function aroundApp(face: (typeof faces)[number]): Rule {
  const allowed = ["domain", "app", face, testingRoom];
  return {
    name: `${face}-reaches-the-rest-through-app`,
    severity: "error",
    from: { path: inside(face) },
    to: { path: "^src/", pathNot: allowed.map(inside) },
  };
}

function effects(room: string): Rule {
  return {
    name: `${room}-has-no-effects`,
    severity: "error",
    from: { path: inside(room), pathNot: testFile },
    to: { dependencyTypes: ["core"], pathNot: `^(node:)?(${pureNodeModules.join("|")})(/|$)` },
  };
}

function inside(room: string): string {
  return `^src/${room}/`;
}

function anyOf(names: readonly string[]): string {
  return `^src/(${names.join("|")})/`;
}
