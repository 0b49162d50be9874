import { describe, expect, test } from "vitest";
import type { UnitChoice } from "../../domain/conflicts.ts";
import { type DataMergeOptions, mergeData } from "./merge-data.ts";
import type { DataFormat } from "./value-text.ts";

function merge(
  format: DataFormat,
  base: string,
  yours: string,
  theirs: string,
  options: Partial<DataMergeOptions> = {},
) {
  const merged = mergeData(base, yours, theirs, { format, wherePrefix: "", ...options });
  if (merged === null) throw new Error("not parsed");
  return merged;
}

/** `X1 a.b (base -> yours | theirs)` */
function shown(merged: ReturnType<typeof merge>): readonly string[] {
  return merged.units.map(
    ({ rule, where, base, yours, theirs, mark }) =>
      `${rule} ${where} (${base} -> ${yours} | ${theirs})${mark === undefined ? "" : ` ${mark}`}`,
  );
}

/** Merges again with one answer to every unit. */
function settled(format: DataFormat, sides: readonly [string, string, string], choice: UnitChoice): string {
  const open = merge(format, ...sides);
  expect(open.units).not.toEqual([]);
  const again = merge(format, ...sides, {
    choices: new Map(open.units.map(({ key }) => [key, choice])),
  });
  expect(again.units).toEqual([]);
  return again.text;
}

const settings = `{
  // how it looks
  "theme": "dark",
  "model": "opus", // the strong one
  "permissions": {
    "allow": ["Read", "Grep"],
    "deny": []
  },
  "hooks": {
    "PreToolUse": [
      { "matcher": "Bash", "hooks": [{ "type": "command", "command": "./check.sh" }] }
    ]
  }
}
`;

const agent = `name: reviewer
# when it is called
description: Reviews code
tools: Read, Grep, Bash
model: sonnet
`;

const config = `model = "o5"
approval_policy = "on-request" # ask me

[mcp_servers.docs]
command = "npx"
args = ["-y", "docs-mcp"]

# the database
[mcp_servers.db]
command = "db-mcp"
since = 2026-01-02
timeout = 1.0
`;

describe("keys", () => {
  test("next to each other, changed by one side each, never stop and keep their comments", () => {
    const yours = settings.replace('"dark"', '"light"');
    const theirs = settings.replace('"opus"', '"sonnet"');
    const merged = merge("jsonc", settings, yours, theirs);
    expect(merged.units).toEqual([]);
    expect(merged.text).toBe(settings.replace('"dark"', '"light"').replace('"opus"', '"sonnet"'));
  });

  test("the same key, changed differently, is asked; theirs stands there", () => {
    const sides = [agent, agent.replace("sonnet", "opus"), agent.replace("sonnet", "haiku")] as const;
    const merged = merge("yaml", ...sides);
    expect(shown(merged)).toEqual(["X1 model (sonnet -> opus | haiku)"]);
    expect(merged.text).toBe(sides[2]);
    expect(settled("yaml", [...sides], "yours")).toBe(sides[1]);
    expect(settled("yaml", [...sides], "theirs")).toBe(sides[2]);
    expect(settled("yaml", [...sides], { text: "inherit" })).toBe(agent.replace("sonnet", "inherit"));
  });

  test("removed here and changed there is asked", () => {
    const merged = merge(
      "yaml",
      agent,
      agent.replace("model: sonnet\n", ""),
      agent.replace("sonnet", "opus"),
    );
    expect(shown(merged)).toEqual(["X2 model (sonnet -> null | opus)"]);
    expect(merged.text).toContain("model: opus");
  });

  test("a new map on both sides is merged inside, its equal keys that differ are asked", () => {
    const merged = merge(
      "toml",
      "a = 1\n",
      'a = 1\n[env]\nX = "1"\nY = "2"\n',
      'a = 1\n[env]\nX = "9"\nZ = "3"\n',
    );
    expect(shown(merged)).toEqual(['X3 env.X (null -> "1" | "9") security']);
    expect(merged.text).toBe('a = 1\n[env]\nX = "9"\nZ = "3"\nY = "2"\n');
  });

  test("identical edits are done, whoever made them", () => {
    const both = agent.replace("sonnet", "opus");
    const merged = merge("yaml", agent, both, `${both}color: red\n`);
    expect(merged.units).toEqual([]);
    expect(merged.text).toBe(`${both}color: red\n`);
  });
});

describe("lists", () => {
  test("of tools are sets, also as one text", () => {
    const merged = merge(
      "yaml",
      agent,
      agent.replace("Read, Grep, Bash", "Read, Grep, Bash(git:*), Write"),
      agent.replace("Read, Grep, Bash", "Read, Bash, Edit"),
    );
    expect(merged.units).toEqual([]);
    expect(merged.text).toContain("tools: Read, Edit, Bash(git:*), Write\n");
    expect(merged.decisions).toContainEqual({ rule: "R2", where: "tools", mark: "security" });
  });

  test("a set that only becomes smaller grants nothing", () => {
    const merged = merge(
      "yaml",
      agent,
      agent.replace("Read, Grep, Bash", "Read, Grep"),
      agent.replace("Read, Grep, Bash", "Read, Bash"),
    );
    expect(merged.text).toContain("tools: Read\n");
    expect(merged.decisions).toEqual([{ rule: "R2", where: "tools" }]);
  });

  test("a glob with a comma in braces is one glob", () => {
    const rule = "globs: src/**/*.{ts,tsx}, docs/**\n";
    const merged = merge("yaml", rule, `${rule.trimEnd()}, a/*\n`, rule.replace("docs", "doc"));
    expect(merged.text).toBe("globs: src/**/*.{ts,tsx}, doc/**, a/*\n");
  });

  test("of hooks merge by their matcher and by what is inside", () => {
    const yours = settings.replace("./check.sh", "./check.sh --strict");
    const theirs = settings.replace(
      '{ "matcher": "Bash"',
      '{ "matcher": "Edit", "hooks": [] },\n      { "matcher": "Bash"',
    );
    const merged = merge("jsonc", settings, yours, theirs);
    expect(merged.units).toEqual([]);
    expect(merged.text).toBe(theirs.replace("./check.sh", "./check.sh --strict"));
    expect(merged.decisions.filter(({ mark }) => mark === "security").length).toBeGreaterThan(0);
  });

  test("the same hook's command, changed differently, is asked by its path", () => {
    const merged = merge(
      "jsonc",
      settings,
      settings.replace("./check.sh", "./mine.sh"),
      settings.replace("./check.sh", "./theirs.sh"),
    );
    expect(shown(merged)).toEqual([
      'X1 hooks.PreToolUse[Bash].hooks[0].command ("./check.sh" -> "./mine.sh" | "./theirs.sh") security',
    ]);
  });

  test("of arguments keep their order: additions at one place are both kept, theirs first", () => {
    const merged = merge(
      "toml",
      config,
      config.replace('"docs-mcp"', '"docs-mcp", "--mine"'),
      config.replace('"docs-mcp"', '"docs-mcp", "--theirs"'),
    );
    expect(merged.units).toEqual([]);
    expect(merged.text).toContain('args = ["-y", "docs-mcp", "--theirs", "--mine"]');
    expect(merged.decisions).toContainEqual({
      rule: "R6",
      where: "mcp_servers.docs.args[2]",
      mark: "security",
    });
  });

  test("an item that both renamed is asked, not doubled", () => {
    const steps = "steps:\n  - name: build\n    run: make\n  - name: test\n    run: make test\n";
    const merged = merge("yaml", steps, steps.replace("build", "compile"), steps.replace("build", "make"));
    expect(merged.units.map(({ rule, where }) => `${rule} ${where}`)).toEqual(["X1 steps"]);
  });

  test("named items that both moved are asked by their order alone", () => {
    const list = (names: string) => `jobs:\n${[...names].map((name) => `  - name: ${name}\n`).join("")}`;
    const merged = merge("yaml", list("abc"), list("cab"), list("bac"));
    expect(merged.units.map(({ rule, where }) => `${rule} ${where}`)).toEqual(["X1 jobs (order)"]);
    expect(merge("yaml", list("abc"), list("cab"), list("abcd")).text).toBe(list("cdab"));
  });
});

describe("texts", () => {
  const prompt = 'prompt = """\nFirst.\n\nSecond.\n\nThird.\n"""\n';

  test("of several lines merge by them", () => {
    const merged = merge("toml", prompt, prompt.replace("First", "1st"), prompt.replace("Third", "3rd"));
    expect(merged.units).toEqual([]);
    expect(merged.text).toBe('prompt = """\n1st.\n\nSecond.\n\n3rd.\n"""\n');
  });

  test("changed in the same line ask, and can be settled as both", () => {
    const sides = [prompt, prompt.replace("First", "1st"), prompt.replace("First", "One")] as const;
    expect(merge("toml", ...sides).units).toHaveLength(1);
    expect(settled("toml", [...sides], "both")).toContain("One.\n1st.\n\nSecond.\n\nThird.");
  });
});

describe("comments", () => {
  test("that only yours wrote are never lost, also where lines overlap", () => {
    const yours = settings
      .replace("// how it looks", "// how it looks at night")
      .replace("  }\n}\n", '  },\n  // mine\n  "mine": 1 // one\n}\n');
    const theirs = settings.replace('"dark"', '"light"').replace("  }\n}\n", '  },\n  "theirs": 2\n}\n');
    const merged = merge("jsonc", settings, yours, theirs);
    expect(merged.units).toEqual([]);
    expect(merged.text).toContain('  // how it looks at night\n  "theme": "light",\n');
    expect(merged.text).toContain('  "theirs": 2,\n  // mine\n  "mine": 1 // one\n}\n');
  });

  test("changed by both are asked", () => {
    const merged = merge(
      "yaml",
      agent,
      agent.replace("when it is called", "when mine"),
      agent.replace("when it is called", "when theirs").replace("sonnet", "opus"),
    );
    expect(shown(merged)).toEqual([
      "X1 comment of description (# when it is called -> # when mine | # when theirs)",
    ]);
  });

  test("of a key that the other side removed are asked with the key", () => {
    const merged = merge(
      "toml",
      config,
      config.replace("# the database", "# the database, do not touch"),
      config.slice(0, config.indexOf("\n# the database")),
    );
    expect(merged.units.map(({ rule, where }) => `${rule} ${where}`)).toEqual(["X2 mcp_servers.db"]);
    expect(merged.units[0]?.yours).not.toBeNull();
  });
});

describe("what a format has of its own", () => {
  test("TOML's dates and floats keep their spelling where only yours has them", () => {
    const yours = config.replace("2026-01-02", "2026-03-04").replace("1.0", "2.0");
    const theirs = config
      .replace('command = "db-mcp"', 'command = "db-mcp2"')
      .replace("\n[mcp_servers.db]", "\n\n[mcp_servers.db]");
    const merged = merge("toml", config, yours, theirs);
    expect(merged.units).toEqual([]);
    expect(merged.text).toContain('command = "db-mcp2"\nsince = 2026-03-04\ntimeout = 2.0\n');
  });

  test("TOML's lists of tables take items of both sides", () => {
    const hooks = '[[hooks]]\nname = "a"\ncommand = "x"\n';
    const more = (name: string) => `${hooks}\n[[hooks]]\nname = "${name}"\ncommand = "y"\n`;
    const merged = merge("toml", hooks, more("mine"), more("theirs"));
    expect(merged.units).toEqual([]);
    expect(merged.text).toBe(`${more("theirs")}\n[[hooks]]\nname = "mine"\ncommand = "y"\n`);
  });

  test("JSON with a key twice, and what does not parse, is not merged by keys", () => {
    const options = { format: "json", wherePrefix: "" } as const;
    expect(mergeData('{"a":1}', '{"a":1,"a":2}', '{"a":3}', options)).toBeNull();
    expect(mergeData('{"a":1}', '{"a":', '{"a":3}', options)).toBeNull();
  });

  test("YAML's anchors and merge keys: right, or asked, never lost", () => {
    const base = "base: &x\n  a: 1\n  b: 2\none: *x\ntwo:\n  c: 3\n";
    const merged = merge("yaml", base, base.replace("a: 1", "a: 9"), base.replace("c: 3", "c: 4"));
    expect(merged.text).toBe(base.replace("a: 1", "a: 9").replace("c: 3", "c: 4"));
    const near = merge(
      "yaml",
      base,
      base.replace("b: 2", "b: 9"),
      base.replace("one: *x", "one: *x\nnew: *x"),
    );
    expect(
      near.units.length > 0 ||
        near.text === base.replace("b: 2", "b: 9").replace("one: *x", "one: *x\nnew: *x"),
    ).toBe(true);
  });

  test("CRLF and a BOM on one side change no value", () => {
    const windows = `\uFEFF${agent.replaceAll("\n", "\r\n")}`;
    const merged = merge("yaml", agent, agent.replace("sonnet", "opus"), windows.replace("Reviews", "Reads"));
    expect(merged.units).toEqual([]);
    expect(merged.text).toBe(windows.replace("Reviews", "Reads").replace("sonnet", "opus"));
  });

  test("an empty frontmatter takes what both add", () => {
    const merged = merge("yaml", "", "a: 1\n", "b: 2\n");
    expect(merged.units).toEqual([]);
    expect(merged.text).toBe("b: 2\na: 1\n");
  });
});

describe("policies", () => {
  const sides = [agent, agent.replace("sonnet", "opus"), agent.replace("sonnet", "haiku")] as const;

  test("answer by key path, and stand on record", () => {
    const merged = merge("yaml", ...sides, {
      wherePrefix: "frontmatter: ",
      policy: ({ keyPath }) => (keyPath?.join(".") === "model" ? "yours" : "ask"),
    });
    expect(merged.text).toBe(sides[1]);
    expect(merged.decisions).toEqual([
      { rule: "X1", where: "frontmatter: model", settled: { by: "policy", took: "yours" } },
    ]);
  });

  test("that cannot be followed ask: both of two models, or a key that grants power", () => {
    expect(merge("yaml", ...sides, { policy: () => "union" }).units).toHaveLength(1);
    const server = (command: string) => `{"mcpServers": {"db": {"command": "${command}"}}}`;
    const merged = merge("json", server("a"), server("b"), server("c"), { policy: () => "yours" });
    expect(shown(merged)).toEqual(['X1 mcpServers.db.command ("a" -> "b" | "c") security']);
  });
});
