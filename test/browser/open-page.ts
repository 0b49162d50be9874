import { fileURLToPath } from "node:url";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { ServedProject } from "../http/served-project.ts";

/** The page as it is built: by the tests' own set-up. */
const builtPage = fileURLToPath(new URL("../../dist/web", import.meta.url));

const skill = (name: string) =>
  `---\nname: ${name}\ndescription: Looks after the lamps of the quay.\n---\n\n# ${name}\n\nLamps are lit at dusk.\n\n## Usage\n\nRun lamps for every lamp on the quay.\n\n## Care\n\nDust the glass once a week.\n\n## Notes\n\nAsk the harbour master first.\n`;

const skills = [
  "lamp-check",
  "harbour-log",
  "tide-table",
  "buoy-paint",
  "fog-signal",
  "rope-splice",
] as const;

/** A project with a few skills, served with the page. */
export async function servedQuay(): Promise<ServedProject> {
  const files = Object.fromEntries(skills.map((name) => [`.agents/skills/${name}/SKILL.md`, skill(name)]));
  return await ServedProject.begin({ "AGENTS.md": "# Quay\n\nBe kind.\n", ...files }, { page: builtPage });
}

/** A browser's session of its own, let in by a link as `stet open` makes one. What the console says is kept. */
export class Visit implements AsyncDisposable {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly served: ServedProject;
  readonly complaints: string[] = [];

  private constructor(served: ServedProject, context: BrowserContext, page: Page) {
    this.served = served;
    this.context = context;
    this.page = page;
    this.#listen(page);
  }

  static async begin(
    browser: Browser,
    served: ServedProject,
    options: BrowserContextOptions = {},
  ): Promise<Visit> {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      locale: "en-GB",
      ...options,
    });
    const page = await context.newPage();
    const visit = new Visit(served, context, page);
    await page.goto(served.server.link());
    return visit;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.context.close();
  }

  async open(path: string): Promise<void> {
    await this.page.goto(this.served.server.url + path);
  }

  /** Opens a skill and waits until it can be typed into. */
  async edit(name: string): Promise<void> {
    await this.open(`/a/skills/${name}`);
    await this.page.locator(".cm-content").waitFor();
  }

  /** One more tab of the same browser. */
  async tab(): Promise<Page> {
    const page = await this.context.newPage();
    this.#listen(page);
    return page;
  }

  /** Types at the end of the line that holds `beside`. */
  async typeAfter(beside: string, words: string, page = this.page): Promise<void> {
    await page.locator(".cm-line", { hasText: beside }).click();
    await page.keyboard.press("End");
    await page.keyboard.type(words);
  }

  /** Replaces the line that holds `line`. */
  async retype(line: string, words: string, page = this.page): Promise<void> {
    await page.locator(".cm-line", { hasText: line }).click();
    await page.keyboard.press("Home");
    await page.keyboard.press("Shift+End");
    await page.keyboard.type(words);
  }

  /** What stands in the editor. */
  async text(page = this.page): Promise<string> {
    return (await page.locator(".cm-line").allTextContents()).join("\n");
  }

  #listen(page: Page): void {
    page.on("pageerror", (error) => this.complaints.push(error.message));
    page.on("console", (message) => {
      // A refused save is an answer like any other, which the browser's log of requests calls an error.
      const isAnswer = /status of (409|404)/.test(message.text());
      if (message.type() === "error" && !isAnswer) this.complaints.push(message.text());
    });
  }
}

/** What is on the server now. */
export async function present(served: ServedProject, name: string): Promise<string> {
  return String((await served.get(`/api/context/skills/${name}`)).body.content);
}

/** Another program writes: an agent, by the API with its own name. */
export async function writeElsewhere(
  served: ServedProject,
  name: string,
  change: (text: string) => string,
): Promise<void> {
  const before = await served.get(`/api/context/skills/${name}`);
  const content = change(String(before.body.content));
  const told = await served.put(
    `/api/context/skills/${name}`,
    { content, base: before.body.version },
    { "x-stet-actor": "codex" },
  );
  if (told.status !== 200) throw new Error(`writing elsewhere was answered ${JSON.stringify(told.body)}`);
}
