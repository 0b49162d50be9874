import axe from "axe-core";
import type { Page } from "playwright-core";

interface AxeAnswer {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
  }[];
}

/** What axe finds wrong on the page as it stands, one line for each element; by every rule of WCAG 2.2 AA and more. */
export async function hindrances(page: Page): Promise<readonly string[]> {
  // The page's policy refuses scripts that are not its own: this one comes by the way of the developer tools.
  await page.evaluate(axe.source);
  const found: AxeAnswer = await page.evaluate(
    // The guards of an open menu or dialog are never stayed on: they send the focus on to where it belongs.
    `axe.run({ exclude: [["[data-base-ui-focus-guard]"]] }, { rules: { "target-size": { enabled: true } }, resultTypes: ["violations"] })`,
  );
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ html, failureSummary = "" }) =>
        `${id}: ${html.slice(0, 160)} ${failureSummary.replace(/\s+/g, " ")}`,
    ),
  );
}
