import { spawn } from "node:child_process";

/**
 * Runs a program that a person set, on their terminal. The setting may hold arguments (`code --wait`), so the shell
 * reads it; paths reach it as variables and, with `words`, as words of their own. Null where it ended well, else how.
 */
export function runProgram(
  command: string,
  options: { readonly words?: readonly string[]; readonly variables?: Readonly<Record<string, string>> } = {},
): Promise<string | null> {
  const { words = [], variables = {} } = options;
  const env = { ...process.env, ...variables };
  const child =
    process.platform === "win32"
      ? spawn([command, ...words.map((word) => `"${word}"`)].join(" "), {
          stdio: "inherit",
          shell: true,
          env,
        })
      : spawn("/bin/sh", ["-c", words.length > 0 ? `${command} "$@"` : command, "stet", ...words], {
          stdio: "inherit",
          env,
        });
  return new Promise((resolve) => {
    child.on("error", (error) => resolve(error.message));
    child.on("close", (code) => resolve(code === 0 ? null : `It ended with ${code ?? "a signal"}.`));
  });
}
