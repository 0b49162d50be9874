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

/** A visit of its own for each flow, and nothing in the console at its end. */
async function visiting(flow: (visit: Visit) => Promise<void>): Promise<void> {
  await using visit = await Visit.begin(started(browser), served);
  await flow(visit);
  expect(visit.complaints).toEqual([]);
}

function started(one: Browser | null): Browser {
  if (one === null) throw new Error("no browser");
  return one;
}

/** Both change one sentence, and the save is refused. */
async function refused(visit: Visit, name: string): Promise<void> {
  await visit.edit(name);
  await visit.retype("Run lamps", "Run lamps twice, at dusk and at dawn.");
  await writeElsewhere(served, name, (text) => text.replace(/Run lamps.*/, "Run lamps once, at noon."));
  await visit.page.getByRole("button", { name: "Look", exact: true }).waitFor();
  await visit.page.keyboard.press("Control+s");
  await visit.page.getByText(/Not saved yet: 1 overlap with codex/).waitFor();
}

describe.skipIf(browser === null)("the editor in a browser", () => {
  test("edits of different places merge on save, and Undo brings both back", async () => {
    await visiting(async (visit) => {
      const { page } = visit;
      await visit.edit("lamp-check");
      await visit.typeAfter("Dust the glass", " Gently.");
      await writeElsewhere(served, "lamp-check", (text) => text.replace("at dusk", "at sunset"));
      await page.getByText(/codex changed this too; it merges with yours/).waitFor();
      await page.getByRole("button", { name: "Save", exact: true }).click();
      await page.getByText("Saved, merged with what came in between").waitFor();
      expect(await present(served, "lamp-check")).toMatch(/at sunset[\s\S]*Gently\./);
      await page.getByRole("button", { name: "Undo" }).click();
      await page.getByText("The draft is in the editor").waitFor();
      expect(await visit.text()).toContain("Gently.");
      expect(await visit.text()).not.toContain("at sunset");
      const now = await present(served, "lamp-check");
      expect(now).toContain("at sunset");
      expect(now).not.toContain("Gently.");
    });
  });

  test("taking it in while typing merges in place", async () => {
    await visiting(async (visit) => {
      const { page } = visit;
      await visit.edit("harbour-log");
      await visit.typeAfter("Dust the glass", " Softly.");
      await writeElsewhere(served, "harbour-log", (text) => text.replace("at dusk", "at nightfall"));
      await page.getByRole("button", { name: "Take it in" }).click();
      await page.getByText("The changes of codex are in your text").waitFor();
      expect(await visit.text()).toMatch(/at nightfall[\s\S]*Softly\./);
      await page.locator(".cm-content").press("ControlOrMeta+z");
      await expect.poll(() => visit.text()).not.toContain("Softly.");
      expect(await visit.text(), "what codex wrote is not taken back by an undo here").toContain(
        "at nightfall",
      );
    });
  });

  test("a clean text moves on in place, and identical edits show nothing", async () => {
    await visiting(async (visit) => {
      const { page } = visit;
      await visit.edit("fog-signal");
      await page.locator(".cm-line", { hasText: "Ask the harbour" }).click();
      await writeElsewhere(served, "fog-signal", (text) => text.replace("at dusk", "in the evening"));
      await page.getByText(/codex changed this; you see the new version/).waitFor();
      expect(await visit.text()).toContain("in the evening");
      await page.keyboard.press("End");
      await page.keyboard.type(" Always.");
      expect(await visit.text()).toContain("Ask the harbour master first. Always.");
      const typed = await visit.text();
      await writeElsewhere(served, "fog-signal", () => typed);
      await page.getByText("Everything is saved").waitFor();
      expect(await page.getByRole("button", { name: "Look", exact: true }).count()).toBe(0);
    });
  });

  test("a true overlap is settled spot by spot, by the keyboard alone", async () => {
    await visiting(async (visit) => {
      const { page } = visit;
      await refused(visit, "tide-table");
      expect(await page.getByRole("radio", { checked: true }).count()).toBe(0);
      expect(await page.locator(":focus").textContent()).toMatch(/Overlap 1 of 1/);
      await page.keyboard.press("Escape");
      await page.keyboard.press("Control+s");
      await page.getByText("1 overlap is still open").waitFor();
      await page.keyboard.press("F7");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Space");
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("ArrowDown");
      await page.getByText("1 of 1 settled").waitFor();
      expect(await page.getByRole("radio", { name: "Both" }).isChecked()).toBe(true);
      await page.keyboard.press("Control+s");
      await page.getByText(/^Saved as/).waitFor();
      const now = await present(served, "tide-table");
      expect(now).toContain("once, at noon");
      expect(now).toContain("twice, at dusk");
    });
  });

  test("what is typed after the refusal is what is saved next (BUGS S6)", async () => {
    await visiting(async (visit) => {
      const { page } = visit;
      await refused(visit, "buoy-paint");
      await page.getByRole("tab", { name: "Your text" }).click();
      await visit.typeAfter("Ask the harbour", " And his cat.");
      await page.getByRole("tab", { name: /Overlaps/ }).click();
      await page.getByRole("radio", { name: "Yours" }).click();
      await page.getByText("1 of 1 settled").waitFor();
      await page.keyboard.press("Control+s");
      await page.getByText(/^Saved as/).waitFor();
      expect(await present(served, "buoy-paint")).toMatch(/twice, at dusk[\s\S]*And his cat\./);
    });
  });

  test("overwriting names the writer, cancels by reflex, and is refused when a third one wrote", async () => {
    await visiting(async (visit) => {
      const { page } = visit;
      await refused(visit, "rope-splice");
      const overwrite = async () => {
        await page.getByRole("button", { name: "More" }).click();
        await page.getByRole("menuitem", { name: /Overwrite theirs/ }).click();
        await page.getByRole("alertdialog", { name: "Replace the version of codex?" }).waitFor();
      };
      await overwrite();
      await page.keyboard.press("Enter");
      await page.getByRole("alertdialog").waitFor({ state: "hidden" });
      expect(await present(served, "rope-splice")).toContain("once, at noon");
      await overwrite();
      // The third writer comes between the question and the answer, before the page has heard of it.
      let isThird = false;
      await page.route("**/api/context/skills/rope-splice", async (route) => {
        if (route.request().method() === "PUT" && !isThird) {
          isThird = true;
          await writeElsewhere(served, "rope-splice", (text) => text.replace("at noon", "at midnight"));
        }
        await route.continue();
      });
      await page.getByRole("button", { name: "Replace it" }).click();
      await page.getByText(/codex saved again meanwhile/).waitFor();
      expect(await present(served, "rope-splice")).toContain("at midnight");
      await overwrite();
      await page.getByRole("button", { name: "Replace it" }).click();
      await page.getByText(/Replaced; both versions are in history/).waitFor();
      expect(await present(served, "rope-splice")).toContain("twice, at dusk");
    });
  });
});
