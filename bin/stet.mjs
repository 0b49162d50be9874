#!/usr/bin/env node
// The installed command. Everything up to the version check must parse and run on Node 14, or a person
// with an old Node sees a syntax error in place of the advice. Hence no import statements (the `node:`
// prefix is too new), no top-level await, and nothing newer than `??`.

const nodeMajorMin = 24;
const words = process.argv.slice(2);

if (Number.parseInt(process.versions.node, 10) < nodeMajorMin) {
  refuse();
} else if (words.length === 1 && (words[0] === "--version" || words[0] === "-V")) {
  // Answered here, because loading the bundle costs more than all the rest.
  const { readFileSync } = process.getBuiltinModule("node:fs");
  const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  process.stdout.write(`${manifest.version}\n`);
} else {
  process.getBuiltinModule("node:module").enableCompileCache();
  silenceSqliteWarning();
  // A URL in a variable, so that no tool tries to read the built file.
  const main = new URL("../dist/main.js", import.meta.url);
  import(main.href);
}

function refuse() {
  const rest = words.map(quote).join(" ");
  const error = {
    code: "E-NODE",
    what: "stet could not start.",
    where: process.execPath,
    why: `It needs Node ${nodeMajorMin} or later, and this is Node ${process.versions.node}.`,
    kept: "Nothing was read or changed.",
    fixes: [
      {
        cmd: `npx -p node@${nodeMajorMin} -p stet stet${rest === "" ? "" : ` ${rest}`}`,
        summary: `run this once on Node ${nodeMajorMin}, without installing it`,
      },
      {
        cmd: `nvm install ${nodeMajorMin}`,
        summary: `install Node ${nodeMajorMin} beside the present one, with nvm`,
      },
      {
        cmd: `npm install --global node@${nodeMajorMin}`,
        summary: `install Node ${nodeMajorMin} for this machine from the npm registry (Debian's apt offers an older one)`,
      },
    ],
  };
  process.exitCode = 1;
  if (words.indexOf("--json") >= 0) {
    process.stdout.write(`${JSON.stringify({ schema: "stet/error@1", ok: false, error: error })}\n`);
    return;
  }
  const lines = [
    `error ${error.code}: ${error.what}`,
    `  where: ${error.where}`,
    `  why:   ${error.why}`,
    `  kept:  ${error.kept}`,
    "  fix:",
  ];
  for (const fix of error.fixes) lines.push(`    ${fix.cmd}`, `      ${fix.summary}`);
  process.stderr.write(`${lines.join("\n")}\n`);
}

// So that the command can be pasted into a shell as it stands.
/** @param {string} word */
function quote(word) {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replace(/'/g, "'\\''")}'`;
}

// Earlier releases of Node 24 warn that node:sqlite is experimental. Every other warning is still shown.
function silenceSqliteWarning() {
  const emitWarning = process.emitWarning;
  process.emitWarning = (warning, ...details) => {
    const kind = typeof details[0] === "object" ? details[0]?.type : details[0];
    const isAboutSqlite = kind === "ExperimentalWarning" && String(warning).startsWith("SQLite");
    if (!isAboutSqlite) Reflect.apply(emitWarning, process, [warning, ...details]);
  };
}
