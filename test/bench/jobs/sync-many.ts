/**
 * `stet sync` of 1,000 agents to eight runtimes that each have files of their own: the first time against writing the
 * same files with fsync, the second time, with nothing changed, against a Node that does nothing.
 */
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { benchFolder } from "../bench-folder.ts";
import { node, run, settleDisk, stet } from "../command.ts";
import { ratioRow, report, shownNumber } from "../report.ts";
import { compare } from "../rounds.ts";

const agents = Number(process.env.STET_BENCH_AGENTS ?? 1000);
const folders = [
  ".claude",
  ".codex",
  ".cursor",
  ".gemini",
  ".opencode",
  ".devin",
  ".goose",
  ".github/agents",
];
using folder = benchFolder();
let made = 0;

/** A project with agents in the root and eight runtimes that have none of them yet. */
function unsyncedProject(): { readonly home: string; readonly project: string } {
  made += 1;
  const project = join(folder.path, `project-${made}`);
  const home = join(folder.path, `home-${made}`);
  for (const name of folders) mkdirSync(join(project, name), { recursive: true });
  mkdirSync(home, { recursive: true });
  for (let at = 0; at < agents; at++) {
    const text = `---\nname: agent-${at}\ndescription: Looks at part ${at}.\n---\n\nLook at part ${at}, and say what breaks.\n`;
    put(join(project, `.agents/agents/agent-${at}.md`), Buffer.from(text));
  }
  run([stet(home, project, "init", "--yes", "--root", ".agents")]);
  settleDisk();
  return { home, project };
}

function put(path: string, bytes: Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  const descriptor = openSync(path, "w");
  try {
    writeSync(descriptor, bytes);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Every file of the targets, by path below the project. */
function targetFiles(project: string): readonly string[] {
  return folders.flatMap((name) =>
    readdirSync(join(project, name), { recursive: true })
      .map((path) => join(name, String(path)))
      .filter((path) => statSync(join(project, path)).isFile()),
  );
}

let last = unsyncedProject();
const first = await compare(
  () => {
    last = unsyncedProject();
    return run([stet(last.home, last.project, "sync", "--yes")]).seconds;
  },
  () => {
    const files = targetFiles(last.project);
    if (files.length !== agents * folders.length) throw new Error(`${files.length} files were written`);
    const copies = files.map((path) => ({ path, bytes: readFileSync(join(last.project, path)) }));
    settleDisk();
    const begin = performance.now();
    for (const { path, bytes } of copies) put(join(folder.path, `copy-${made}`, path), bytes);
    return (performance.now() - begin) / 1000;
  },
  3,
);
const second = await compare(
  () => run([stet(last.home, last.project, "sync", "--yes")]).seconds,
  () => run([node("-e", "")]).seconds,
  9,
);
const shown = ({ ours, peer }: typeof first) =>
  `stet ${shownNumber(ours.median * 1000)} ms, peer ${shownNumber(peer.median * 1000)} ms`;
report([
  ratioRow(
    `stet sync, ${agents} agents to 8 runtimes, first time, by writing the files with fsync`,
    first.ratio,
    1.5,
    shown(first),
  ),
  ratioRow(
    `stet sync, ${agents} agents to 8 runtimes, nothing changed, by node -e ''`,
    second.ratio,
    4,
    shown(second),
  ),
]);
