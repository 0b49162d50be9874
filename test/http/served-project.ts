import { join } from "node:path";
import type { Environment } from "../../src/app/environment.ts";
import { type RunningGateway, type ServeOptions, startServer } from "../../src/http/serve.ts";
import { TestProject } from "../app/test-project.ts";

/** An answer as a client sees it. */
export interface Told {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Sent {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A project that is served on a port of its own, and asked over real sockets. */
export class ServedProject implements AsyncDisposable {
  readonly project: TestProject;
  readonly server: RunningGateway;
  readonly logged: readonly Readonly<Record<string, unknown>>[];

  private constructor(project: TestProject, server: RunningGateway, logged: ServedProject["logged"]) {
    this.project = project;
    this.server = server;
    this.logged = logged;
  }

  static async begin(
    files: Readonly<Record<string, string | Uint8Array>>,
    options: Partial<ServeOptions> = {},
  ): Promise<ServedProject> {
    const project = await TestProject.imported(files);
    return await ServedProject.of(project, options);
  }

  /** One more server on a project that is there already. */
  static async of(
    project: TestProject,
    options: Partial<ServeOptions> = {},
    environment: Environment = project.environment,
  ): Promise<ServedProject> {
    const logged: Readonly<Record<string, unknown>>[] = [];
    const server = await startServer(environment, {
      port: 0,
      host: "127.0.0.1",
      requireToken: false,
      page: join(project.folder, "page"),
      log: { write: (line) => logged.push(JSON.parse(line)) },
      ...options,
    });
    return new ServedProject(project, server, logged);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.server.close();
    this.project[Symbol.dispose]();
  }

  async ask(method: string, path: string, sent: Sent = {}): Promise<Told> {
    const response = await fetch(this.server.url + path, {
      method,
      redirect: "manual",
      headers: {
        ...(sent.body === undefined ? {} : { "content-type": "application/json" }),
        ...sent.headers,
      },
      ...(sent.body === undefined ? {} : { body: JSON.stringify(sent.body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: recordOf(text) };
  }

  async get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Told> {
    return await this.ask("GET", path, { headers });
  }

  async put(path: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Told> {
    return await this.ask("PUT", path, { body, headers });
  }

  async post(
    path: string,
    body: unknown = {},
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Told> {
    return await this.ask("POST", path, { body, headers });
  }
}

function recordOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : { value };
  } catch {
    return { text };
  }
}
