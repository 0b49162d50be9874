import { spawn } from "node:child_process";

const openers: Readonly<Record<string, readonly [string, ...string[]]>> = {
  darwin: ["open"],
  win32: ["cmd", "/c", "start", ""],
};

/** Opens a link in the person's browser, and does not wait for it. Null where that worked, else why not. */
export function openInBrowser(link: string): Promise<string | null> {
  const [command, ...words] = openers[process.platform] ?? ["xdg-open"];
  return new Promise((resolve) => {
    const child = spawn(command, [...words, link], { stdio: "ignore", detached: true });
    child.on("error", (error) => resolve(error.message));
    child.on("spawn", () => {
      child.unref();
      resolve(null);
    });
  });
}
