import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ServedProject } from "../http/served-project.ts";
import { startBrowser } from "./browser.ts";
import { present, servedQuay, Visit, writeElsewhere } from "./open-page.ts";

const browser = await startBrowser();
let served: ServedProject;

beforeAll(async () => {
  if (browser !== null) served = await servedQuay();
});

afterAll(async () => {
  await browser?.close();
  await served?.[Symbol.asyncDispose]();
});

function started(one: Browser | null): Browser {
  if (one === null) throw new Error("no browser");
  return one;
}

/** A visit of its own for each flow, and nothing in the console at its end. */
async function visiting(flow: (visit: Visit) => Promise<void>): Promise<void> {
  await using visit = await Visit.begin(started(browser), served);
  await flow(visit);
  expect(visit.complaints).toEqual([]);
}

describe.skipIf(browser === null)("what was typed and not saved", () => {
  test("outlives a tab that ends before the first save, and is not put over a newer version (BUGS S5)", async () => {
    await visiting(async (visit) => {
      const tab = await visit.tab();
      await tab.goto(`${served.server.url}/a/skills/lamp-check`);
      await tab.locator(".cm-content").waitFor();
      await visit.retype("Run lamps", "Run lamps before the storm.", tab);
      // As a crash: nothing in the tab runs any more. The last third of a second is not promised.
      await tab.waitForTimeout(1_000);
      await tab.close({ runBeforeUnload: false });

      await visit.edit("lamp-check");
      await visit.page.getByText(/What you typed at .* is back/).waitFor();
      expect(await visit.text()).toContain("before the storm");
      await visit.page.close();

      await writeElsewhere(served, "lamp-check", (text) =>
        text.replace(/Run lamps.*/, "Run lamps after the rain."),
      );
      const later = await visit.tab();
      await later.goto(`${served.server.url}/a/skills/lamp-check`);
      await later.getByText(/You have a draft from .*, based on an older version/).waitFor();
      expect(await visit.text(later)).toContain("after the rain");
      expect(await visit.text(later)).not.toContain("before the storm");

      // On its old base it meets what came since, and asks; it does not overwrite.
      await later.getByRole("button", { name: "Use" }).click();
      await later.getByText(/codex changed this too: 1 overlap/).waitFor();
      await later.keyboard.press("Control+s");
      await later.getByText(/Not saved yet: 1 overlap with codex/).waitFor();
      expect(await present(served, "lamp-check")).toContain("after the rain");
    });
  });

  test("in two tabs of one browser stays with each, and both see what the other saves", async () => {
    await visiting(async (visit) => {
      const other = await visit.tab();
      await visit.edit("fog-signal");
      await other.goto(`${served.server.url}/a/skills/fog-signal`);
      await other.locator(".cm-content").waitFor();
      await visit.typeAfter("Dust the glass", " With a cloth.");
      expect(await visit.text(other)).not.toContain("With a cloth");
      expect(await other.locator(".offer").count()).toBe(0);
      await visit.typeAfter("Ask the harbour", " Politely.", other);
      await visit.page.keyboard.press("Control+s");
      await visit.page.getByText(/^Saved as/).waitFor();
      await other.getByRole("button", { name: "Take it in" }).click();
      expect(await visit.text(other)).toMatch(/With a cloth\.[\s\S]*Politely\./);
    });
  });

  test("goes nowhere else: from A in a conflict to B, nothing of A is written into B (BUGS S6)", async () => {
    await visiting(async (visit) => {
      const { page } = visit;
      await visit.edit("tide-table");
      await visit.retype("Run lamps", "Run lamps at high water.");
      await writeElsewhere(served, "tide-table", (text) =>
        text.replace(/Run lamps.*/, "Run lamps at low water."),
      );
      await page.getByRole("button", { name: "Look", exact: true }).waitFor();
      await page.keyboard.press("Control+s");
      await page.locator(".card").waitFor();
      await page.getByRole("radio", { name: "Yours" }).click();
      await page.getByRole("link", { name: "Artifacts" }).click();
      await page.getByRole("link", { name: /buoy-paint/ }).click();
      await page.locator(".cm-content").waitFor();
      expect(await visit.text()).not.toContain("high water");
      await page.keyboard.press("Control+s");
      await page.getByText("There is nothing to save").waitFor();
      await visit.typeAfter("Dust the glass", " Twice.");
      await page.keyboard.press("Control+s");
      await page.getByText(/^Saved as/).waitFor();
      expect(await present(served, "buoy-paint")).not.toContain("water");
      expect(await present(served, "tide-table")).toContain("low water");
      await page.goBack();
      await page.goBack();
      await page.getByText(/You have a draft from/).waitFor();
    });
  });

  test("stays as a draft when theirs is loaded again, and when the conflict is left for later", async () => {
    await visiting(async (visit) => {
      const { page } = visit;
      await visit.edit("harbour-log");
      await visit.retype("Run lamps", "Run lamps for the pilot.");
      await writeElsewhere(served, "harbour-log", (text) =>
        text.replace(/Run lamps.*/, "Run lamps for the ferry."),
      );
      await page.getByRole("button", { name: "Look", exact: true }).waitFor();
      await page.keyboard.press("Control+s");
      await page.locator(".card").waitFor();
      const choose = async (item: RegExp) => {
        await page.getByRole("button", { name: "More" }).click();
        await page.getByRole("menuitem", { name: item }).click();
      };
      await choose(/Reload theirs/);
      await page.getByText(/You see their version/).waitFor();
      expect(await visit.text()).toContain("for the ferry");
      await page.getByRole("button", { name: "Bring it back" }).click();
      expect(await visit.text()).toContain("for the pilot");
      await page.keyboard.press("Control+s");
      await page.locator(".card").waitFor();
      await choose(/Leave for later/);
      await page.getByText(/Left for later/).waitFor();
      const { body } = await served.get("/api/conflicts");
      expect(JSON.stringify(body.items)).toContain("skill/harbour-log");
      expect(await present(served, "harbour-log")).toContain("for the ferry");
      await page.getByText(/You have a draft from/).waitFor();
    });
  });

  test("side by side, nothing can be saved before each spot was settled by hand (BUGS S3)", async () => {
    await visiting(async (visit) => {
      const { page } = visit;
      await visit.edit("rope-splice");
      await visit.retype("Run lamps", "Run lamps by hand.");
      await writeElsewhere(served, "rope-splice", (text) =>
        text.replace(/Run lamps.*/, "Run lamps by wire."),
      );
      await page.getByRole("button", { name: "Look", exact: true }).waitFor();
      await page.keyboard.press("Control+s");
      await page.locator(".card").waitFor();
      await page.getByRole("button", { name: "More" }).click();
      await page.getByRole("menuitem", { name: /Compare in the diff editor/ }).click();
      await page.locator(".cm-mergeView").waitFor();
      await page.keyboard.press("Control+s");
      await page.getByText("1 overlap is still open").waitFor();
      expect(await present(served, "rope-splice")).toContain("by wire");
      await page.locator(".cm-merge-b .cm-line", { hasText: "Run lamps" }).click();
      await page.keyboard.press("Home");
      await page.keyboard.press("Shift+End");
      await page.keyboard.type("Run lamps by hand and by wire.");
      await page.getByRole("checkbox").click();
      await page.getByText("1 of 1 settled").waitFor();
      await page.keyboard.press("Control+s");
      await page.getByText(/^Saved as/).waitFor();
      expect(await present(served, "rope-splice")).toContain("by hand and by wire");
    });
  });
});
