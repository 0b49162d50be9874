import { describe, expect, test } from "vitest";
import { knownError } from "../app/known-error.ts";
import { StetError } from "../domain/errors.ts";
import { envelope, errorEnvelope, jsonLine } from "./envelope.ts";

describe("the envelope", () => {
  test("an answer has schema, ok, data, notices and next", () => {
    const line = jsonLine(envelope("save", { data: { operation: null }, notices: [], next: ["stet log"] }));
    expect(line).toBe(
      '{"schema":"stet/save@1","ok":true,"data":{"operation":null},"notices":[],"next":["stet log"]}\n',
    );
  });

  test("an error has its code and the five slots, and nothing of its cause", () => {
    const error = new StetError(
      { code: "E-STALE", what: "w", where: "x", why: "y", kept: "k", fixes: [{ cmd: "c", summary: "s" }] },
      { cause: new Error("inner") },
    );
    expect(JSON.parse(jsonLine(errorEnvelope("save", error)))).toEqual({
      schema: "stet/save@1",
      ok: false,
      error: {
        code: "E-STALE",
        what: "w",
        where: "x",
        why: "y",
        kept: "k",
        fixes: [{ cmd: "c", summary: "s" }],
      },
    });
  });

  test("a bigint is a number where that is exact, else its digits", () => {
    const data = { small: 12n, large: 2n ** 63n };
    expect(JSON.parse(jsonLine(envelope("du", { data, notices: [], next: [] }))).data).toEqual({
      small: 12,
      large: "9223372036854775808",
    });
  });

  test("an error of the operating system keeps its meaning", () => {
    const error = Object.assign(new Error("EACCES: permission denied, open '/x'"), {
      code: "EACCES",
      syscall: "open",
      path: "/x",
    });
    expect(knownError(error)).toMatchObject({ code: "E-PERMISSION", where: "/x" });
    expect(knownError(Object.assign(error, { code: "EIO" })).code).toBe("E-IO");
  });

  test("an unexpected error shows its message and no stack", () => {
    const error = knownError(new TypeError("x is not\n a function"));
    expect(error.code).toBe("E-INTERNAL");
    expect(error.why).toContain("TypeError: x is not a function");
    expect(JSON.stringify(error)).not.toContain("envelope.test");
  });
});
