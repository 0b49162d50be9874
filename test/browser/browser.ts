import { type Browser, chromium } from "playwright-core";

// The browser is made for a function in a cloud, as one process without protections; here it runs as everywhere.
const unwanted = /single-process|no-zygote|web-security|insecure|site-isolation|isolate-origins/i;

/**
 * A real Chromium: the one from npm where it runs (Linux on x64), else the system's Chrome. Null, said aloud, where there
 * is none; tests of the page are then skipped.
 */
export async function startBrowser(): Promise<Browser | null> {
  try {
    return await bundledChromium();
  } catch (first) {
    try {
      return await chromium.launch({ channel: "chrome" });
    } catch {
      process.stderr.write(`SKIPPED: no browser starts here, so the page is not tried (${String(first)})\n`);
      return null;
    }
  }
}

async function bundledChromium(): Promise<Browser> {
  if (process.platform !== "linux" || process.arch !== "x64")
    throw new Error("no bundled browser for this system");
  const { default: bundled } = await import("@sparticuz/chromium");
  const args = bundled.args.filter((arg) => !unwanted.test(arg));
  return await chromium.launch({ executablePath: await bundled.executablePath(), args });
}
