// `node scripts/pictures.ts`: a picture of every screen into docs/pictures/, of the built page on a project made for it.
// Whoever changes how the page looks runs it, and looks.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { BrowserContextOptions } from "playwright-core";
import { startBrowser } from "../test/browser/browser.ts";
import { busyQuay } from "../test/browser/busy-quay.ts";
import { Visit, writeElsewhere } from "../test/browser/open-page.ts";
import { picturedProject } from "./pictures/pictured-project.ts";

const folder = fileURLToPath(new URL("../docs/pictures", import.meta.url));
mkdirSync(folder, { recursive: true });

interface Picture {
  readonly name: string;
  readonly options?: BrowserContextOptions;
  readonly stage: (visit: Visit) => Promise<void>;
}

const overlapping =
  (name: string) =>
  async (visit: Visit): Promise<void> => {
    const { page, served } = visit;
    await visit.edit(name);
    await visit.retype(
      "Run `lamps",
      "Run `lamps --each` for every lamp, and `--deep` where the quay is long.",
    );
    await writeElsewhere(served, name, (text) =>
      text
        .replace(/Run `lamps.*/, "Run `lamps --every` once for all the lamps.")
        .replace("harbour master", "pilot on duty"),
    );
    await page.getByRole("button", { name: "Look", exact: true }).waitFor();
    await page.keyboard.press("Control+s");
    await page.locator(".card").waitFor();
  };

const narrow = { viewport: { width: 360, height: 720 } };

/** The list comes kind after kind; the rule is the last. */
const lastKind = ({ page }: Visit) => page.getByText("AGENTS", { exact: true }).waitFor();

const pictures: readonly Picture[] = [
  { name: "artifacts", stage: lastKind },
  {
    name: "artifacts-dark",
    options: { colorScheme: "dark" },
    stage: lastKind,
  },
  {
    name: "editor",
    async stage(visit) {
      await visit.edit("lamp-check");
      await visit.typeAfter("Dust the glass", " Use a dry cloth.");
      await writeElsewhere(visit.served, "lamp-check", (text) => text.replace("at dusk", "at nightfall"));
      await visit.page.getByRole("button", { name: "Take it in" }).waitFor();
      await visit.page.locator(".rail .tab").nth(1).click();
      await visit.page.locator(".rail-time").first().waitFor();
    },
  },
  { name: "conflict", stage: overlapping("harbour-log") },
  { name: "conflict-dark", options: { colorScheme: "dark" }, stage: overlapping("tide-table") },
  { name: "conflict-narrow", options: narrow, stage: overlapping("buoy-paint") },
  {
    name: "side-by-side",
    async stage(visit) {
      await overlapping("fog-signal")(visit);
      await visit.page.getByRole("tab", { name: "Side by side" }).click();
      await visit.page.locator(".cm-mergeView").waitFor();
    },
  },
  {
    name: "overwrite",
    async stage(visit) {
      await overlapping("rope-splice")(visit);
      await visit.page.getByRole("button", { name: "More" }).click();
      await visit.page.getByRole("menuitem", { name: /Overwrite/ }).click();
      await visit.page.getByRole("alertdialog").waitFor();
    },
  },
  {
    name: "draft",
    async stage(visit) {
      await overlapping("crane-grease")(visit);
      await visit.page.getByRole("button", { name: "More" }).click();
      await visit.page.getByRole("menuitem", { name: /Reload/ }).click();
      await visit.page.getByRole("button", { name: "Compare" }).click();
    },
  },
];

/** Of a project in which much has happened. */
const busyPictures: readonly Picture[] = [
  {
    name: "history",
    async stage(visit) {
      await visit.open("/history");
      await visit.page.locator(".log-line[aria-expanded]").first().click();
      await visit.page.locator(".log-line[data-inner]").first().click();
      await visit.page.locator(".hunk").first().waitFor();
    },
  },
  {
    name: "artifact-history-dark",
    options: { colorScheme: "dark" },
    async stage(visit) {
      await visit.open("/history/skills/lamp-check");
      await visit.page.locator(".blame-table").waitFor();
    },
  },
  {
    name: "time-travel",
    async stage(visit) {
      await visit.open("/history");
      await visit.page.getByRole("slider").focus();
      for (const key of ["ArrowLeft", "ArrowLeft", "ArrowLeft"]) await visit.page.keyboard.press(key);
      await visit.page.locator(".hunk").first().waitFor();
    },
  },
  {
    name: "targets",
    async stage(visit) {
      await visit.open("/targets");
      await visit.page.locator(".matrix-cell [data-state=ahead]").first().click();
      await visit.page.locator(".hunk").first().waitFor();
    },
  },
  {
    name: "plan",
    async stage(visit) {
      await visit.open("/plan");
      await visit.page.locator(".plan-row").first().waitFor();
    },
  },
  {
    name: "conflicts",
    async stage(visit) {
      await visit.open("/conflicts");
      await visit.page.locator(".conflict-line").first().click();
      await visit.page.locator(".unit").first().waitFor();
    },
  },
  {
    name: "commands",
    async stage({ page }) {
      await page.locator(".list-row").first().waitFor();
      await page.keyboard.press("Control+k");
      await page.locator(".palette-item").nth(20).waitFor();
    },
  },
];

const browser = await startBrowser();
if (browser === null) process.exit(1);
const sets = [
  { pictures, begin: picturedProject },
  { pictures: busyPictures, begin: busyQuay },
];
try {
  for (const { pictures: set, begin } of sets) {
    await using served = await begin();
    for (const { name, options, stage } of set) {
      await using visit = await Visit.begin(browser, served, {
        viewport: { width: 1200, height: 720 },
        reducedMotion: "reduce",
        ...options,
      });
      await stage(visit);
      await visit.page.screenshot({ path: join(folder, `${name}.png`), animations: "disabled" });
      process.stdout.write(`docs/pictures/${name}.png\n`);
    }
  }
} finally {
  await browser.close();
}
