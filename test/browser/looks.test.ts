import type { Browser, BrowserContextOptions } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ServedProject } from "../http/served-project.ts";
import { hindrances } from "./accessible.ts";
import { startBrowser } from "./browser.ts";
import { servedQuay, Visit, writeElsewhere } from "./open-page.ts";

const browser = await startBrowser();
let served: ServedProject;

beforeAll(async () => {
  if (browser !== null) served = await servedQuay();
});

afterAll(async () => {
  await browser?.close();
  await served?.[Symbol.asyncDispose]();
});

const looks: readonly { readonly name: string; readonly options: BrowserContextOptions }[] = [
  { name: "light, English", options: { colorScheme: "light", locale: "en-GB" } },
  {
    name: "dark, Korean, 320 pixels",
    options: { colorScheme: "dark", locale: "ko-KR", viewport: { width: 320, height: 640 } },
  },
  { name: "forced colours, English", options: { forcedColors: "active", locale: "en-GB" } },
];

function started(one: Browser | null): Browser {
  if (one === null) throw new Error("no browser");
  return one;
}

describe.skipIf(browser === null)("nothing hinders anybody, and nothing spills", () => {
  test.each(looks)("$name", { timeout: 180_000 }, async ({ options }) => {
    await using visit = await Visit.begin(started(browser), served, options);
    const { page } = visit;
    const found: string[] = [];
    const look = async (state: string) => {
      found.push(...(await hindrances(page)).map((one) => `${state}: ${one}`));
      const spill: number = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
      if (spill > 0) found.push(`${state}: ${spill} pixels wider than the window`);
    };
    await page.locator(".list-row").first().waitFor();
    await look("the list");
    await page.locator(".list-filter").fill("nothing is called so");
    await page.locator(".state").waitFor();
    await look("the list, nothing fits");
    await page.locator(".appearance-button").click();
    await look("how the page looks");
    await visit.open("/nowhere");
    await page.locator(".state").waitFor();
    await look("no such page");
    await visit.open("/a/skills/none");
    await page.locator(".error").waitFor();
    await look("an error");

    await visit.edit("lamp-check");
    await look("the editor");
    for (const tab of await page.locator(".rail .tab").all()) {
      await tab.click();
      await look("the rail");
    }
    const mark = Math.random().toString(36).slice(2);
    await visit.retype("Run", `Run lamps for ${mark}.`);
    await writeElsewhere(served, "lamp-check", (text) => text.replace(/Run .*/, `Run lamps before ${mark}.`));
    await page.locator(".strip-line[data-tone=notice] .button").waitFor();
    await look("an overlap is announced");
    await page.keyboard.press("Control+s");
    await page.locator(".card").waitFor();
    await look("cards");
    await page.locator(".card-option input").last().click();
    await page.locator(".folded summary").first().click();
    await look("cards, written by hand");
    for (const tab of await page.locator(".editor-main .tab").all()) {
      await tab.click();
      await page.locator(".editor-main .tab-panel > *").first().waitFor();
      await look(`settling: ${await tab.textContent()}`);
    }
    await page.locator(".strip-actions .button").last().click();
    await page.locator(".menu-item[data-tone=bad]").waitFor();
    await look("the menu");
    await page.locator(".menu-item[data-tone=bad]").click();
    await page.getByRole("alertdialog").waitFor();
    await look("the dialog");
    await page.keyboard.press("Escape");
    await page.locator(".strip-actions .button").last().click();
    await page.locator(".menu-item").first().click();
    await page.locator(".offer").waitFor();
    await page.locator(".offer .button").first().click();
    await look("a draft is offered");
    await page.locator(".editor-head .button").click();
    await page.locator(".plain").waitFor();
    await look("the plain field");
    expect(found).toEqual([]);
    expect(visit.complaints).toEqual([]);
  });
});
