import { describe, expect, test } from "vitest";
import type { EditResult, FormatDocument, FormatValue, KeyEdit } from "./format-value.ts";
import { jsoncDocument } from "./jsonc-document.ts";
import { tomlDocument } from "./toml-document.ts";
import { writeToml } from "./toml-write.ts";
import { yamlDocument } from "./yaml-document.ts";
import { writeYaml } from "./yaml-write.ts";

function textOf(result: EditResult): string {
  expect(result).toMatchObject({ ok: true });
  return result.ok ? result.text : "";
}

function edited(
  document: FormatDocument,
  text: string,
  path: KeyEdit["path"],
  value: FormatValue | undefined,
): string {
  return textOf(document.edit(text, [{ path, value }]));
}

const config = `# mine
model = "gpt" # the best

[mcp_servers.a] # first
command = "a"

[mcp_servers.b]
command = "b"

# looks
[tui]
theme = 'dark'
`;

describe("a Codex config.toml", () => {
  test("a new server is a section beside the others", () => {
    expect(
      edited(tomlDocument, config, ["mcp_servers", "c"], { command: "c", args: ["-x"], env: { KEY: "v" } }),
    ).toBe(
      config.replace(
        'command = "b"\n',
        'command = "b"\n\n[mcp_servers.c]\ncommand = "c"\nargs = ["-x"]\n\n[mcp_servers.c.env]\nKEY = "v"\n',
      ),
    );
  });

  test("a changed server keeps its comments, a removed one takes its own lines only", () => {
    expect(edited(tomlDocument, config, ["mcp_servers", "a"], { command: "z" })).toBe(
      config.replace('"a"', '"z"'),
    );
    expect(edited(tomlDocument, config, ["mcp_servers", "b"], undefined)).toBe(
      config.replace('[mcp_servers.b]\ncommand = "b"\n\n', ""),
    );
    expect(edited(tomlDocument, config, ["mcp_servers"], undefined)).toBe(
      "# mine\nmodel = \"gpt\" # the best\n\n# looks\n[tui]\ntheme = 'dark'\n",
    );
  });

  test("a new key of the root goes in front of the first section", () => {
    expect(edited(tomlDocument, config, ["effort"], "high")).toBe(
      config.replace("# the best\n", '# the best\neffort = "high"\n'),
    );
    expect(edited(tomlDocument, "[a]\nx = 1\n", ["b"], 2)).toBe("b = 2\n\n[a]\nx = 1\n");
    expect(edited(tomlDocument, "#:schema x\n\n# a\n[a]\nx = 1\n", ["b"], 2)).toBe(
      "#:schema x\n\nb = 2\n\n# a\n[a]\nx = 1\n",
    );
  });

  test("hooks as a list of tables grow and shrink by whole sections", () => {
    const one = edited(tomlDocument, config, ["hooks"], [{ event: "Stop", command: "x" }]);
    expect(one).toBe(`${config}\n[[hooks]]\nevent = "Stop"\ncommand = "x"\n`);
    const two = edited(tomlDocument, one, ["hooks", 1], { event: "Start" });
    expect(two).toBe(`${one}\n[[hooks]]\nevent = "Start"\n`);
    expect(edited(tomlDocument, two, ["hooks", 1], undefined)).toBe(one);
    expect(edited(tomlDocument, two, ["hooks"], undefined)).toBe(config);
  });

  test("line breaks and quotes in a value inject no key (BUGS F2)", () => {
    const value = 'x"\n[mcp_servers.evil]\ncommand = """rm\\n\'\'\' \r\u0000\u001F\u007F""""';
    for (const text of [config, config.replaceAll("\n", "\r\n"), ""]) {
      const after = tomlDocument.parse(edited(tomlDocument, text, ["model"], value)).value;
      expect(after).toMatchObject({ model: value });
      expect(after).not.toHaveProperty("mcp_servers.evil");
    }
  });

  test("a float stays a float, and dates and large integers are left as they are", () => {
    const text = "f = 1.0\nd = 1979-05-27\nbig = 9007199254740993\n";
    expect(edited(tomlDocument, text, ["f"], 2)).toBe(text.replace("1.0", "2.0"));
    expect(tomlDocument.edit(text, [{ path: ["f"], value: null }])).toMatchObject({ ok: false });
  });
});

test("a Codex agent's instructions are written over several lines and read back exactly (BUGS F2)", () => {
  const instructions = 'You are "it".\n\n```\npath\\to """ ""\n```\n\ttab \u0007 """" end"';
  const written = textOf(writeToml({ name: "a", developer_instructions: instructions, mcp_servers: {} }));
  expect(written).toContain('developer_instructions = """\nYou are "it".\n\n```\n');
  expect(tomlDocument.parse(written).value).toEqual({
    name: "a",
    developer_instructions: instructions,
    mcp_servers: {},
  });
  expect(writeToml({ a: null })).toMatchObject({ ok: false });
  expect(writeToml({ a: "\uD800" })).toMatchObject({ ok: false });
  expect(writeToml(["no table"])).toMatchObject({ ok: false });
});

describe("a settings.json", () => {
  const settings =
    '{\n  // mine\n  "model": "opus",\n  "permissions": {\n    "allow": ["Bash(git:*)"] // git only\n  } // end\n}\n';

  test("hooks are added, and comments, other keys and their order stay (BUGS F4)", () => {
    const hooks = { Stop: [{ hooks: [{ type: "command", command: "x" }] }] };
    const after = edited(jsoncDocument, settings, ["hooks"], hooks);
    expect(after).toBe(
      settings.replace(
        "  } // end\n",
        '  }, // end\n  "hooks": {\n    "Stop": [\n      {\n        "hooks": [\n          {\n            "type": "command",\n            "command": "x"\n          }\n        ]\n      }\n    ]\n  }\n',
      ),
    );
    expect(edited(jsoncDocument, after, ["hooks"], undefined)).toBe(settings);
  });

  test("a list keeps its items, and a list stays a list (BUGS F2)", () => {
    const after = edited(jsoncDocument, settings, ["permissions", "allow"], ["Bash(git:*)", "Read"]);
    expect(after).toBe(settings.replace('"Bash(git:*)"]', '"Bash(git:*)", "Read"]'));
    expect(jsoncDocument.edit(settings, [{ path: ["permissions", "allow", "0"], value: "x" }])).toMatchObject(
      { ok: false },
    );
  });

  test("an empty or broken file is refused, never replaced (BUGS F3, F4)", () => {
    for (const text of ["", " \n", "{", '{"a": 1} x', '{"a": 1,, }']) {
      expect(jsoncDocument.edit(text, [{ path: ["env"], value: {} }])).toMatchObject({ ok: false });
    }
  });

  test("a key that is written twice is not edited by guess", () => {
    expect(jsoncDocument.edit('{"a": 1, "a": 2}', [{ path: ["a"], value: 3 }])).toMatchObject({ ok: false });
    expect(edited(jsoncDocument, '{"a": 1, "a": 2}', ["b"], 3)).toBe('{"a": 1, "a": 2, "b": 3}');
  });

  test("a key named __proto__ is a key", () => {
    const after = edited(jsoncDocument, '{"__proto__": {"x": 1}}', ["__proto__", "x"], 2);
    expect(after).toBe('{"__proto__": {"x": 2}}');
    expect(jsoncDocument.parse(after).value).not.toHaveProperty("x");
  });

  test("removing the first, middle and last item leaves no comma behind", () => {
    const list = "[\n  1, // one\n  2,\n  // three\n  3 // end\n]";
    expect(edited(jsoncDocument, list, [0], undefined)).toBe("[\n  2,\n  // three\n  3 // end\n]");
    expect(edited(jsoncDocument, list, [2], undefined)).toBe("[\n  1, // one\n  2\n  // three\n]");
    expect(edited(jsoncDocument, "[1,2,3]", [1], undefined)).toBe("[1,3]");
    expect(edited(jsoncDocument, "[1, 2]", [1], undefined)).toBe("[1]");
  });
});

describe("YAML", () => {
  const yaml = "name: x\ntools:\n- Read # files\n- Grep\nmeta: {a: 1,  b: [x]} # flow\nlast: |\n  text\n";

  test("list items are added and removed in the list's own style", () => {
    expect(edited(yamlDocument, yaml, ["tools"], ["Read", "Grep", "Bash"])).toBe(
      yaml.replace("- Grep\n", "- Grep\n- Bash\n"),
    );
    expect(edited(yamlDocument, yaml, ["tools"], ["Read"])).toBe(yaml.replace("- Grep\n", ""));
    expect(edited(yamlDocument, yaml, ["meta", "b", 1], "y, z")).toBe(yaml.replace("[x]", '[x, "y, z"]'));
    expect(edited(yamlDocument, yaml, ["meta", "c"], { d: 1 })).toBe(yaml.replace("[x]}", "[x], c: {d: 1}}"));
  });

  test("what other YAML readers take for something else is quoted", () => {
    expect(textOf(writeYaml({ a: "yes", b: "012", c: "2024-01-01", d: "x" }))).toBe(
      'a: "yes"\nb: "012"\nc: "2024-01-01"\nd: x\n',
    );
  });

  test("the parent of an alias, an anchor in use and two documents are refused", () => {
    expect(yamlDocument.edit("a: &x {k: 1}\nb: *x\n", [{ path: ["b", "k"], value: 2 }])).toMatchObject({
      ok: false,
    });
    expect(yamlDocument.edit("a: &x 1\nb: *x\n", [{ path: ["a"], value: 2 }])).toMatchObject({ ok: false });
    expect(yamlDocument.edit("a: 1\n---\nb: 2\n", [{ path: ["a"], value: 2 }])).toMatchObject({ ok: false });
  });

  test("a text of several lines becomes a block, its comment kept", () => {
    expect(edited(yamlDocument, "a: x # note\nb: 1\n", ["a"], "one\ntwo")).toBe(
      "a: |- # note\n  one\n  two\nb: 1\n",
    );
  });
});
