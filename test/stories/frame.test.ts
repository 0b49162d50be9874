import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { errorOf, jsonOf, Story } from "./story.ts";

describe("the command line around the commands", () => {
  test("stet alone shows what can be done, and ends with 0", async () => {
    await using story = await Story.begin({});
    const told = await story.stet();
    expect(told.exit).toBe(0);
    expect(told.stdout).toContain("stet undo");
    expect(told.stderr).toBe("");
  });

  test("the version is that of the package", async () => {
    await using story = await Story.begin({});
    const manifest = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
    expect((await story.stet("--version")).stdout).toBe(`${manifest.version}\n`);
  });

  test("a mistyped command is a usage error that names the one that was meant", async () => {
    await using story = await Story.begin({});
    expect(story.show(await story.stet("exlpain"))).toMatchInlineSnapshot(`
      "$ stet exlpain
      --- on standard error
      ✗ There is no command "exlpain".  E-USAGE
        where  the command line
        why    It is not one of those that stet has.
        kept   Nothing was read or changed.
        fix    stet explain  perhaps this was meant
               stet --help   see all commands
      --- exit 2"
    `);
    const told = await story.stet("exlpain", "--json");
    expect(jsonOf(told)).toMatchObject({ schema: "stet/error@1", ok: false });
    expect(errorOf(told)).toMatchObject({ code: "E-USAGE", fixes: [{ cmd: "stet explain" }, {}] });
    expect(told.exit).toBe(2);
    expect(told.stderr).toBe("");
  });

  test("an option that does not exist is refused, not ignored (BUGS F9)", async () => {
    await using story = await Story.begin({});
    expect(story.show(await story.stet("explain", "--fast"))).toMatchInlineSnapshot(`
      "$ stet explain --fast
      --- on standard error
      ✗ "stet explain" could not be understood.  E-USAGE
        where  the command line
        why    Unknown option '--fast'.
        kept   Nothing was read or changed.
        fix    stet explain --help  see what it takes
      --- exit 2"
    `);
  });

  test("outside a collection a command says how to begin, and writes nothing", async () => {
    await using story = await Story.begin({ "notes.md": "hello\n" });
    expect(story.show(await story.stet("log"))).toMatchInlineSnapshot(`
      "$ stet log
      --- on standard error
      ✗ There is no collection here yet.  E-NO-COLLECTION
        where  <project>
        why    Neither this folder nor one above it has a collection file.
        kept   Nothing was written.
        fix    stet init  show a plan; nothing is written until you confirm
      --- exit 1"
    `);
    expect(await story.disk()).toBe("notes.md");
  });

  test("-C works as if called there; a folder that is not there is a usage error", async () => {
    await using story = await Story.begin({ "sub/notes.md": "hello\n" });
    const told = await story.stet("-C", "sub", "log", "--json");
    expect(errorOf(told)).toMatchObject({ code: "E-NO-COLLECTION", where: `${story.project}/sub` });
    expect((await story.stet("log", "-C", "nowhere")).exit).toBe(2);
  });

  test("a reader that closes the pipe early ends the command without a complaint", async () => {
    await using story = await Story.begin({});
    const { spawn } = await import("node:child_process");
    const program = new URL("../../bin/stet.mjs", import.meta.url).pathname;
    const line = `"${process.execPath}" "${program}" explain | head -1`;
    const child = spawn("/bin/sh", ["-c", line], { cwd: story.project, env: story.variables() });
    let complaints = "";
    child.stderr.on("data", (chunk: Buffer) => (complaints += chunk.toString()));
    child.stdout.resume();
    await new Promise((resolve) => child.on("close", resolve));
    expect(complaints).toBe("");
  });
});
