import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

export interface TestServer extends AsyncDisposable {
  /** Without a slash at the end. */
  readonly url: string;
  /** What was asked: method, address, login. */
  readonly asked: { readonly path: string; readonly authorization: string | null }[];
}

/** A real server on this machine, for as long as its scope lasts. */
export async function serving(
  answer: (request: IncomingMessage, response: ServerResponse, count: number) => void,
): Promise<TestServer> {
  const asked: { path: string; authorization: string | null }[] = [];
  const server = createServer((request, response) => {
    asked.push({ path: request.url ?? "", authorization: request.headers.authorization ?? null });
    answer(request, response, asked.length);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
