import { describe, expect, test } from "vitest";
import { search } from "../../src/app/search.ts";
import { refusalOf, TestProject } from "./test-project.ts";

const path = ".agents/agents/reviewer.md";
const head = "---\nname: reviewer\ndescription: Reviews.\n---\n\n";

describe("search", () => {
  test("finds a line in what stands now, whatever its case, with its artifact, path and number", async () => {
    using project = await TestProject.imported({ [path]: `${head}Meet the Deadline.\n` });
    const { data } = await search(project.environment, { text: "deadline" });
    expect(data.hits).toEqual([
      {
        artifact: "agent/reviewer",
        path: "agents/reviewer.md",
        line: 6,
        text: "Meet the Deadline.",
        operation: null,
        at: null,
      },
    ]);
  });

  test("finds past text by the operation that brought it, and proposes to look there", async () => {
    using project = await TestProject.imported({ [path]: head });
    const brought = await project.saved(path, `${head}Be quick.\n`);
    await project.saved(path, `${head}Be slow.\n`);
    const now = await search(project.environment, { text: "be quick" });
    expect(now.data.hits).toEqual([]);
    expect(now.next).toEqual(["stet search --past 'be quick'"]);
    const { data } = await search(project.environment, { text: "be quick", past: true });
    expect(data.hits).toMatchObject([{ text: "Be quick.", operation: brought, at: expect.any(String) }]);
  });

  test("a line that many versions hold is told once", async () => {
    using project = await TestProject.imported({ [path]: `${head}Stay.\n` });
    for (const more of ["one", "two", "three"]) await project.saved(path, `${head}Stay.\n${more}\n`);
    const { data } = await search(project.environment, { text: "stay.", past: true });
    expect(data.hits).toHaveLength(1);
    expect(data.hits[0]?.operation).toBeNull();
  });

  test("text of a removed artifact is past text", async () => {
    using project = await TestProject.imported({ [path]: `${head}Once.\n`, ".agents/rules/a.md": "Keep.\n" });
    project.remove(path);
    const { data } = await search(project.environment, { text: "once.", past: true });
    expect(data.hits).toMatchObject([{ artifact: "agent/reviewer", text: "Once." }]);
  });

  test("a secret is masked where its line is found, and is not found by its own words", async () => {
    const token = "ghp_abcdefghijklmnopqrstuvwxyz0123456789";
    using project = await TestProject.imported({ [path]: `${head}token: ${token}\n` });
    const { data } = await search(project.environment, { text: "token:" });
    expect(data.hits).toMatchObject([{ text: `token: ${"*".repeat(token.length)}` }]);
    expect((await search(project.environment, { text: token })).data.hits).toEqual([]);
  });

  test("shows at most 1,000 lines and says so", async () => {
    using project = await TestProject.imported({ [path]: head + "word\n".repeat(1_100) });
    const { data, notices } = await search(project.environment, { text: "word" });
    expect(data.hits).toHaveLength(1_000);
    expect(notices).toContainEqual({ code: "W-MORE", text: "Only the first 1000 lines are shown." });
  });

  test("an empty text is refused", async () => {
    using project = await TestProject.imported({ [path]: head });
    expect(await refusalOf(search(project.environment, { text: "" }))).toMatchObject({ code: "E-USAGE" });
  });
});
