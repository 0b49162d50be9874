import type { Browser, BrowserContextOptions } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ServedProject } from "../http/served-project.ts";
import { hindrances } from "./accessible.ts";
import { startBrowser } from "./browser.ts";
import { busyQuay } from "./busy-quay.ts";
import { present, Visit } from "./open-page.ts";

const browser = await startBrowser();
let served: ServedProject;

beforeAll(async () => {
  if (browser !== null) served = await busyQuay();
});

afterAll(async () => {
  await browser?.close();
  await served?.[Symbol.asyncDispose]();
});

function started(one: Browser | null): Browser {
  if (one === null) throw new Error("no browser");
  return one;
}

const looks: readonly { readonly name: string; readonly options: BrowserContextOptions }[] = [
  { name: "light, English", options: { colorScheme: "light", locale: "en-GB" } },
  {
    name: "dark, Korean, 320 pixels",
    options: { colorScheme: "dark", locale: "ko-KR", viewport: { width: 320, height: 640 } },
  },
  { name: "forced colours, English", options: { forcedColors: "active", locale: "en-GB" } },
];

describe.skipIf(browser === null)("history, targets, plan, conflicts and commands", () => {
  test.each(looks)("nothing hinders anybody: $name", { timeout: 180_000 }, async ({ options }) => {
    await using visit = await Visit.begin(started(browser), served, options);
    const { page } = visit;
    const found: string[] = [];
    const look = async (state: string) => {
      found.push(...(await hindrances(page)).map((one) => `${state}: ${one}`));
      const spill: number = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
      if (spill > 0) found.push(`${state}: ${spill} pixels wider than the window`);
    };
    await visit.open("/history");
    await page.locator(".log-line[aria-expanded]").first().click();
    await look("the log");
    await page.locator(".log-line[data-inner]").first().click();
    await page.locator(".hunk").first().waitFor();
    await look("a change");
    await visit.open("/history?q=actor:nobody");
    await page.locator(".state .button").waitFor();
    await look("no change fits");
    const [point] = await operationIds(served);
    await visit.open(`/?at=${point}`);
    await page.locator(".list-row").first().waitFor();
    await look("the list as it was");
    await visit.open(`/a/skills/lamp-check?at=${point}`);
    for (const tab of await page.locator(".past .tab").all()) {
      await tab.click();
      await look(`an artifact as it was: ${await tab.textContent()}`);
    }
    await visit.open("/history/skills/lamp-check");
    await page.locator(".log-line").first().waitFor();
    await look("the history of an artifact");
    await visit.open("/targets");
    await page.locator(".matrix-cell [data-state=ahead]").first().click();
    await page.locator(".hunk").first().waitFor();
    await look("a copy");
    await visit.open("/plan");
    await page.locator(".plan-row").first().waitFor();
    await look("the plan");
    await visit.open("/conflicts");
    await page.locator(".conflict-line").first().click();
    await page.locator(".unit").first().waitFor();
    await look("a conflict");
    await page.keyboard.press("Control+k");
    await page.locator(".palette-item").nth(20).waitFor();
    await look("the commands");
    await page.keyboard.press("Escape");
    await page.locator(".palette").waitFor({ state: "hidden" });
    await page.keyboard.press("?");
    await page.locator(".sheet").waitFor();
    await look("the shortcuts");
    expect(found).toEqual([]);
    expect(visit.complaints).toEqual([]);
  });

  test("an agent's change is undone by name, and the undo is told by what it undid", async () => {
    await using visit = await Visit.begin(started(browser), served);
    const { page } = visit;
    await visit.open("/history?q=actor:codex");
    await page.locator(".log-line[aria-expanded]").last().click();
    await page.locator(".log-line[data-inner]").last().click();
    await page.getByRole("button", { name: "Undo codex's change" }).click();
    await page.getByText(/Undone: codex's/).waitFor();
    expect(await present(served, "lamp-check")).toContain("Dust the glass once a week");
    expect(await present(served, "lamp-check")).toContain("harbour master before dusk");
    await visit.open("/history");
    await page.getByText(/Undid: codex's/).waitFor();
    expect(visit.complaints).toEqual([]);
  });

  test("the slider goes back in time by keys, says where it is, and the way back is there", async () => {
    await using visit = await Visit.begin(started(browser), served);
    const { page } = visit;
    await visit.open("/history");
    const slider = page.getByRole("slider");
    await slider.focus();
    await page.keyboard.press("Home");
    await page.getByText(/Nothing can be changed here/).waitFor();
    expect(await slider.getAttribute("aria-valuetext")).toMatch(/ana/);
    await page.getByRole("link", { name: "Artifacts then" }).click();
    await page.getByRole("link", { name: /lamp-check/ }).click();
    await page.getByText("Dust the glass once a week").waitFor();
    await page.getByRole("link", { name: "Back to now" }).click();
    await page.locator(".cm-content").waitFor();
    expect(visit.complaints).toEqual([]);
  });

  test("a plan is applied as it is ticked, and a row whose file moved says so", async () => {
    await using visit = await Visit.begin(started(browser), served);
    const { page } = visit;
    await visit.open("/plan");
    await page.locator(".plan-row").first().waitFor();
    served.project.write(
      ".claude/agents/pilot.md",
      "---\nname: pilot\ndescription: Brings ships in.\n---\n\nHurry.\n",
    );
    await page.getByRole("button", { name: /^Apply/ }).click();
    await page.locator(".plan-moved").waitFor();
    expect(await page.locator(".plan-moved").textContent()).toContain("pilot");
    expect(served.project.read(".agents/commands/moor.md")).toContain("Tie the stern first.");
    expect(visit.complaints).toEqual([]);
  });
});

async function operationIds(of: ServedProject): Promise<readonly string[]> {
  const { items } = (await of.get("/api/operations")).body;
  return (Array.isArray(items) ? items : []).map((item: unknown) =>
    typeof item === "object" && item !== null ? String(Reflect.get(item, "id")) : "",
  );
}
