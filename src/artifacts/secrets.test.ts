import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { scanningRules } from "./secret-rules.ts";
import { findSecrets, maskSecrets, textToScan } from "./secrets.ts";

/** Text of the length and alphabet that a pattern wants, put together here so that no file holds a token. */
const letters = (count: number) =>
  "aB3dE5gH7jK9mN1pQ2sT4vW6xY8z".repeat(Math.ceil(count / 28)).slice(0, count);
const onlyLetters = (count: number) =>
  letters(count * 2)
    .replace(/\d/g, "")
    .slice(0, count);
const digits = (count: number) => "1029384756".repeat(10).slice(0, count);
const hex = (count: number) => "0a1b2c3d4e5f6978".repeat(5).slice(0, count);
const joined = (...parts: readonly string[]) => parts.join("");

const keyBlock = [
  joined("-----BEGIN RSA ", "PRIVATE KEY-----"),
  `MI${letters(60)}`,
  letters(62),
  letters(20),
  joined("-----END RSA ", "PRIVATE KEY-----"),
];
/** Of a length at which its base64 ends in the two letters that the pattern wants. */
const onePassword = Buffer.from(JSON.stringify({ email: letters(30), key: { secret: letters(80) } }));

/** One text with a secret for each rule; the secret is what must never be seen again. */
const samples: readonly {
  readonly rule: string;
  readonly secret: string;
  readonly text?: string;
  readonly path?: string;
}[] = [
  { rule: "aws", secret: letters(40), text: `aws_secret_access_key = "${letters(40)}"` },
  {
    rule: "gcp",
    secret: JSON.stringify(keyBlock.join("\n")).slice(1, -1),
    text: JSON.stringify({ private_key_id: "1", private_key: keyBlock.join("\n") }),
    path: "key.json",
  },
  { rule: "privatekey", secret: keyBlock.join("\n") },
  { rule: "npm", secret: joined("npm", "_", letters(36)) },
  {
    rule: "npm",
    secret: letters(30),
    text: `//packages.lamps.io/:_authToken=${letters(30)}`,
    path: "scripts/.npmrc",
  },
  {
    rule: "npm",
    secret: letters(40),
    text: JSON.stringify({ a: joined("git+https://", letters(40), ":x-oauth-basic@", "github.com/a/b") }),
    path: "package.json",
  },
  { rule: "basicauth", secret: joined("https://", "ana:", letters(12), "@example.org") },
  { rule: "slack", secret: joined("xoxb", "-", digits(12), "-", letters(24)) },
  {
    rule: "slack",
    secret: joined(
      "https://hooks.slack",
      ".com/services/",
      "T",
      letters(8),
      "/B",
      letters(8),
      "/",
      letters(24),
    ),
  },
  { rule: "sendgrid", secret: joined("SG", ".", letters(22), ".", letters(43)) },
  { rule: "shopify", secret: joined("shp", "pa_", hex(32)) },
  { rule: "stripe", secret: joined("sk", "_live_", letters(24)) },
  { rule: "github", secret: joined("gh", "p_", letters(36)) },
  { rule: "github", secret: joined("github", "_pat_", letters(82)) },
  { rule: "gitlab", secret: joined("gl", "pat-", letters(20)) },
  { rule: "grafana", secret: joined("gl", "sa_", letters(32), "_", hex(8)) },
  { rule: "openai", secret: joined("sk", "-", letters(20), "T3Blbk", "FJ", letters(20)) },
  { rule: "anthropic", secret: joined("sk", "-ant-api03-", letters(93), "AA") },
  { rule: "groq", secret: joined("gs", "k_", letters(52)) },
  { rule: "huggingface", secret: joined("h", "f_", onlyLetters(34)) },
  { rule: "linear", secret: joined("lin", "_api_", letters(40)) },
  { rule: "notion", secret: joined("nt", "n_", digits(11), letters(35)) },
  { rule: "1password", secret: joined("ops", "_", onePassword.toString("base64")) },
  {
    rule: "database-connection-string",
    secret: joined("postgres://", "ana:", letters(14), "@db.lamps.io/main"),
  },
  { rule: "hashicorp-vault", secret: joined("hv", "s.", letters(95)) },
  { rule: "vercel", secret: joined("vc", "p_", letters(24)) },
  { rule: "databricks", secret: joined("da", "pi", hex(32)) },
  { rule: "docker", secret: joined("dckr", "_pat_", letters(27)) },
  { rule: "figma", secret: joined("fi", "gd_", letters(40)) },
  { rule: "cloudflare", secret: joined("cf", "k_", letters(40), hex(8)) },
  { rule: "tailscale", secret: joined("ts", "key-auth-", letters(12), "-", letters(24)) },
];
const token = joined("gh", "p_", letters(36));

describe("every rule", () => {
  test("has a sample here", () => {
    const rules = new Set(
      scanningRules.map(({ meta }) => meta.id.replace("@secretlint/secretlint-rule-", "")),
    );
    expect([...rules].filter((rule) => !samples.some((sample) => sample.rule === rule))).toEqual([]);
  });

  test.each(samples)(
    "$rule: found, in its place, and not a word of it told",
    async ({ rule, secret, text, path }) => {
      const whole = `# Setup\n\nUse ${text ?? secret}\nand go on.\n`;
      const content = path === undefined ? whole : (text ?? secret);
      const findings = await findSecrets(path ?? "notes.md", content);
      const finding = findings.find((one) => one.rule === rule);
      expect(finding).toBeDefined();
      if (finding === undefined) return;
      expect(content.slice(finding.start, finding.end)).toBe(secret);
      expect(finding.fingerprint).toMatch(/^[0-9a-f]{64}$/);
      expect(content.split("\n")[finding.line - 1]?.slice(finding.column - 1)).toContain(
        secret.split("\n")[0],
      );
      const told = JSON.stringify(findings);
      const masked = maskSecrets(content, findings);
      for (let at = 0; at + 8 <= secret.length; at += 4) {
        expect(told).not.toContain(secret.slice(at, at + 8));
        expect(masked).not.toContain(secret.slice(at, at + 8));
      }
      expect(masked.split("\n").length).toBe(content.split("\n").length);
      expect(masked.length).toBe(content.length);
    },
  );
});

describe("a finding", () => {
  test("has the same fingerprint wherever the secret stands, and another for another secret", async () => {
    const [first] = await findSecrets("a.md", `x ${token}`);
    const [second] = await findSecrets("b/c.txt", `\n\n\n"${token}"\n`);
    const [other] = await findSecrets("a.md", token.replace("a", "Z"));
    expect(first?.fingerprint).toBe(second?.fingerprint);
    expect(other?.fingerprint).not.toBe(first?.fingerprint);
  });

  test("shows the line around the secret, cut", async () => {
    const [finding] = await findSecrets("a.md", `one\n  token: ${token}, then ${"words ".repeat(40)}\nthree`);
    expect(finding).toMatchObject({ rule: "github", line: 2, column: 10 });
    expect(finding?.excerpt.startsWith("token: ********, then words")).toBe(true);
    expect(finding?.excerpt.length).toBeLessThanOrEqual(120);
  });

  test("keeps its offsets with a byte order mark and Windows line ends", async () => {
    const text = `\uFEFFone\r\n${token}\r\n`;
    const [finding] = await findSecrets("a.md", text);
    expect(finding).toMatchObject({ line: 2, column: 1 });
    expect(text.slice(finding?.start, finding?.end)).toBe(token);
  });

  test("comes for each of several secrets on a line, none shown in the other's excerpt", async () => {
    const twin = token.replace("a", "Z");
    const findings = await findSecrets("a.md", `a=${token} b=${twin} again x${token}`);
    expect(findings.length).toBe(2);
    for (const { excerpt } of findings) expect(excerpt).toBe("a=******** b=******** again x********");
  });
});

describe("nothing switches the scan off", () => {
  test("comments of the library do not (BUGS X1)", async () => {
    const text = `<!-- secretlint-disable -->\n${token}\n<!-- secretlint-disable-line -->`;
    expect((await findSecrets("a.md", text)).length).toBe(1);
  });

  test("nor do bytes that are not UTF-8, a NUL, or UTF-16 (BUGS X1)", async () => {
    const plain = Buffer.from(` ${token} `);
    const littleEndian = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(` ${token} `, "utf16le")]);
    const bigEndian = Buffer.from(littleEndian).swap16();
    const contents = [
      plain,
      Buffer.concat([Buffer.from([0xff, 0x80, 0xc3]), plain]),
      Buffer.concat([Buffer.from([0, 0]), plain]),
      littleEndian,
      bigEndian,
    ];
    for (const content of contents) {
      const findings = await findSecrets("a.bin", content);
      expect(findings.length).toBe(1);
      const text = textToScan(content);
      expect(text.slice(findings[0]?.start, findings[0]?.end)).toBe(token);
    }
  });

  test("the scan opens no file, whatever the path says", async () => {
    expect(await findSecrets("/etc/passwd", "nothing")).toEqual([]);
    const [finding] = await findSecrets("missing/store.p12", token);
    expect(finding?.rule).toBe("github");
  });
});

describe("masking", () => {
  test("masks every secret in any text around them and leaves the rest", async () => {
    const words = fc.string({ unit: fc.constantFrom("a", " ", "\n", "é", "🙂", ".", "\r\n") });
    const property = fc.asyncProperty(fc.array(words, { minLength: 1, maxLength: 5 }), async (parts) => {
      const text = parts.join(`\n"${token}"\n`);
      const masked = maskSecrets(text, await findSecrets("a.md", text));
      expect(masked).toBe(parts.join(`\n"${"*".repeat(token.length)}"\n`));
    });
    await fc.assert(property, { numRuns: 1_000 });
  });

  test("refuses findings of another text rather than mask the wrong place", async () => {
    const findings = await findSecrets("a.md", `x ${token}`);
    expect(() => maskSecrets(`xyz ${token}`, findings)).toThrow(RangeError);
  });
});
