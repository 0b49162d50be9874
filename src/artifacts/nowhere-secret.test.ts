import { expect, test } from "vitest";
import { findSecrets } from "./secrets.ts";

const address = (host: string) => `DATABASE_URL: ${"postgres"}://ana:kX7qLm2Rt9@${host}/shop\n`;

test.each(["localhost:5432", "127.0.0.1", "[::1]:5432", "db.example.com", "pg.test"])(
  "the password of a database at %s opens nothing anywhere else",
  async (host) => {
    expect(await findSecrets("notes.md", address(host))).toEqual([]);
  },
);

test.each(["db.lamps.io", "10.0.0.7:5432", "localhost.lamps.io", "example.com.lamps.io"])(
  "that of a database at %s is a secret",
  async (host) => {
    expect(await findSecrets("notes.md", address(host))).toHaveLength(1);
  },
);
