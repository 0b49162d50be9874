import { connect } from "node:net";
import { expect, test } from "vitest";
import { cat } from "../../src/app/cat.ts";
import { ServedProject } from "./served-project.ts";

const names = Array.from({ length: 20 }, (_, index) => `note-${index}`);
const files = Object.fromEntries(
  names.map((name) => [
    `.agents/skills/${name}/SKILL.md`,
    `---\nname: ${name}\ndescription: A note.\n---\n\n# ${name}\n`,
  ]),
);

test("1,000 parallel requests: every acknowledged write is there, every refused text is kept", async () => {
  await using here = await ServedProject.begin(files);
  const told = await Promise.all(
    Array.from({ length: 1_000 }, async (_, index) => {
      const name = names[index % names.length] ?? "";
      const path = `/api/context/skills/${name}`;
      if (index % 5 !== 0) return { index, name, told: await here.get(path), content: "" };
      const { body } = await here.get(path);
      const content = `${String(body.content)}Line ${index}.\n`;
      return { index, name, content, told: await here.put(path, { content, base: body.version }) };
    }),
  );
  expect(told.filter((one) => one.told.status >= 500)).toEqual([]);
  for (const { index, name, content, told: answer } of told) {
    if (content === "") continue;
    const text = here.project.read(`.agents/skills/${name}/SKILL.md`);
    if (answer.status === 200) expect(text).toContain(`Line ${index}.`);
    else {
      const what = `skill/${name}@${String(answer.body.mineSavedAs)}`;
      const { data } = await cat(here.project.environment, { what });
      expect(new TextDecoder().decode(data.bytes)).toBe(content);
    }
  }
}, 240_000);

test("half-sent bodies, and clients that send nothing more, hold up nobody", async () => {
  await using here = await ServedProject.begin(files);
  const { port } = new URL(here.server.url);
  const sockets = Array.from({ length: 50 }, () => {
    const socket = connect(Number(port), "127.0.0.1");
    socket.on("error", () => {});
    socket.write("PUT /api/context/skills/note-1 HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n");
    socket.write('Content-Type: application/json\r\n\r\n{"content":"half');
    return socket;
  });
  const { body } = await here.get("/api/context/skills/note-1");
  const saved = await here.put("/api/context/skills/note-1", { content: "# Whole\n", base: body.version });
  expect(saved.status).toBe(200);
  for (const socket of sockets) socket.destroy();
  expect(here.project.read(".agents/skills/note-1/SKILL.md")).toBe("# Whole\n");
});

test("a client that never reads its events takes bounded memory, and nobody else waits for it", async () => {
  await using here = await ServedProject.begin(files);
  const { port } = new URL(here.server.url);
  const socket = connect(Number(port), "127.0.0.1");
  socket.pause();
  socket.on("error", () => {});
  socket.write("GET /api/events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
  for (let index = 0; index < 20; index++) {
    const told = await here.put(
      "/api/context/skills/note-2",
      { content: `# ${index}\n` },
      { "if-match": "*" },
    );
    expect(told.status).toBe(200);
  }
  socket.destroy();
});

test("a stop finishes what was begun: what was acknowledged is there, and nothing is half done", async () => {
  const here = await ServedProject.begin(files);
  const saves = names.map(async (name) => {
    const path = `/api/context/skills/${name}`;
    const told = await here
      .put(path, { content: `# ${name} again\n` }, { "if-match": "*" })
      .catch(() => null);
    return { name, isSaved: told?.status === 200 };
  });
  await here.server.close();
  for (const { name, isSaved } of await Promise.all(saves)) {
    const text = here.project.read(`.agents/skills/${name}/SKILL.md`);
    if (isSaved) expect(text).toBe(`# ${name} again\n`);
    else expect([files[`.agents/skills/${name}/SKILL.md`], `# ${name} again\n`]).toContain(text);
  }
  here.project[Symbol.dispose]();
});
