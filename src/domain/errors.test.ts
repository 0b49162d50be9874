import { expect, test } from "vitest";
import { errorCodes, isErrorCode } from "./error-codes.ts";
import { invariant, StetError } from "./errors.ts";

test("a broken invariant stops with all five slots filled", () => {
  expect(() => invariant(true, "all is well")).not.toThrow();
  let caught: unknown;
  try {
    invariant(false, "a ref without a commit");
  } catch (error) {
    caught = error;
  }
  expect(caught).toBeInstanceOf(StetError);
  expect(caught).toMatchObject({ code: "E-INTERNAL", where: "a ref without a commit" });
  for (const slot of ["what", "where", "why", "kept"]) expect(Reflect.get(Object(caught), slot)).not.toBe("");
  expect(Reflect.get(Object(caught), "fixes")).not.toHaveLength(0);
});

test("an error keeps what caused it", () => {
  const cause = new Error("ENOSPC");
  const slots = { code: "E-DISK-FULL", what: "w", where: "x", why: "y", kept: "z", fixes: [] } as const;
  const error = new StetError(slots, { cause });
  expect(error.cause).toBe(cause);
  expect(error).toMatchObject(slots);
  expect(error.message).toBe("w (y)");
});

test("codes are a closed list, each with an exit code of the command line and a text", () => {
  for (const [code, { exit, text }] of Object.entries(errorCodes)) {
    expect(isErrorCode(code)).toBe(true);
    expect(code).toMatch(/^E(-[A-Z]+)+$/);
    expect([1, 2, 4, 5, 6, 7, 8, 130]).toContain(exit);
    expect(text).toMatch(/^([A-Z`]|stet ).*\.$/s);
  }
  for (const text of ["", "E-NONE", "toString", "__proto__"]) expect(isErrorCode(text)).toBe(false);
});
