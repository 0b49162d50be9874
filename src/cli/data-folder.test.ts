import { describe, expect, test } from "vitest";
import { dataFolder } from "./data-folder.ts";

describe("the folder of the store", () => {
  test.each([
    ["linux", {}, "/home/ana/.local/share/stet"],
    ["linux", { XDG_DATA_HOME: "/data" }, "/data/stet"],
    ["linux", { XDG_DATA_HOME: "relative" }, "/home/ana/.local/share/stet"],
    ["linux", { STET_HOME: "/srv/stet", XDG_DATA_HOME: "/data" }, "/srv/stet"],
    ["linux", { STET_HOME: "mine" }, "/here/mine"],
    ["linux", { STET_HOME: "" }, "/home/ana/.local/share/stet"],
    ["darwin", {}, "/home/ana/Library/Application Support/stet"],
  ])("on %s with %j", (platform, variables, expected) => {
    expect(dataFolder(platform, variables, "/home/ana", "/here")).toBe(expected);
  });
});
