import type { Environment } from "../app/environment.ts";

/** A server that runs in this process. */
export interface RunningFace {
  readonly url: string;
  readonly link: () => string;
  readonly close: () => Promise<void>;
}

/**
 * Starts the HTTP gateway. Faces do not know one another: whoever puts the program together hands it in, and it is
 * loaded when a server is asked for.
 */
export type StartServer = (
  environment: Environment,
  options: { readonly port: number; readonly host: string; readonly requireToken: boolean },
) => Promise<RunningFace>;
