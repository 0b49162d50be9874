import { expect, test } from "vitest";
import { errorCodes } from "../../src/domain/error-codes.ts";
import { dataOf, Story } from "./story.ts";

test("a code is explained, in lower case too", async () => {
  await using story = await Story.begin({});
  expect(story.show(await story.stet("explain", "e-stale"))).toMatchInlineSnapshot(`
    "$ stet explain e-stale
    E-STALE  exit code 5
      What the operation was based on is no longer the present version. Nothing was replaced.
    --- exit 0"
  `);
  expect(dataOf(await story.stet("explain", "E-LOCKED", "--json"))).toMatchObject({
    code: "E-LOCKED",
    exit: 7,
  });
});

test("without a code every one is listed", async () => {
  await using story = await Story.begin({});
  const told = await story.stet("explain");
  for (const code of Object.keys(errorCodes)) expect(told.stdout).toContain(code);
});

test("a code that does not exist leads to the nearest one", async () => {
  await using story = await Story.begin({});
  expect(story.show(await story.stet("explain", "E-STAEL"))).toMatchInlineSnapshot(`
    "$ stet explain E-STAEL
    --- on standard error
    ✗ There is no error code "E-STAEL".  E-NOT-FOUND
      where  the list of error codes
      why    Codes begin with E- and stand at the end of the first line of an error.
      kept   Nothing was changed.
      fix    stet explain E-STALE  perhaps this was meant
             stet explain          see all codes
    --- exit 1"
  `);
});
