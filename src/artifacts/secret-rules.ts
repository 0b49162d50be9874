/** The scanner itself. Loaded only when a text may hold a secret: it takes some 20 milliseconds. */
import { lintSource } from "@secretlint/core";
import { secretLintProfiler } from "@secretlint/profiler";
import { rules } from "@secretlint/secretlint-rule-preset-recommend";

/** A secret that a rule reported: offsets in UTF-16 units of the text. */
export interface ReportedSecret {
  readonly rule: string;
  readonly start: number;
  readonly end: number;
}

const rulePrefix = "@secretlint/secretlint-rule-";
const privateKeyBlock = /-----BEGIN[^-]{0,40}PRIVATE KEY[\s\S]*?-----END[^-]{0,40}-----/;

/** The rules that look for secrets. `filter-comments` would let a text switch off its own scan. */
export const scanningRules = rules.filter((rule) => rule.meta.id !== `${rulePrefix}filter-comments`);

const config = { rules: scanningRules.map((rule) => ({ id: rule.meta.id, rule })) };

// The library marks every rule of every file on the process's performance timeline and keeps the entries.
secretLintProfiler.setEnabled(false);

/** What the rules report, sorted by place; one secret reported twice at one place comes once. */
export async function reportSecrets(path: string, text: string): Promise<readonly ReportedSecret[]> {
  // The library drops a byte order mark, and with it moves every offset by one.
  const shift = text.startsWith("\uFEFF") ? 1 : 0;
  const content = text.slice(shift);
  const { messages } = await lintSource({
    source: { content, ...standInFor(path), contentType: "text" },
    options: { config, noPhysicFilePath: true },
  });
  const places = new Map<string, ReportedSecret>();
  for (const message of messages) {
    const { start, end } = placeOfSecret(content, message);
    const key = `${start}-${end}`;
    if (!places.has(key)) {
      places.set(key, {
        rule: message.ruleId.replace(rulePrefix, ""),
        start: start + shift,
        end: end + shift,
      });
    }
  }
  return [...places.values()].sort((one, other) => one.start - other.start || one.end - other.end);
}

/**
 * The names by which rules choose files (`gcp` JSON, `npm` its own two). No other name gets to the library: by
 * `.p12` it would open the file of that name.
 */
function standInFor(path: string): { readonly filePath: string; readonly ext: string } {
  const lower = path.toLowerCase();
  if (lower.endsWith(".json")) return { filePath: "package.json", ext: ".json" };
  return lower.endsWith(".npmrc")
    ? { filePath: ".npmrc", ext: ".npmrc" }
    : { filePath: "text.txt", ext: ".txt" };
}

/**
 * Two rules (`aws`, `npm`) report a range that begins at the name before the secret and is as long as the
 * secret, so it would leave the secret's end unmasked. The secret itself is the one value of the message's data.
 */
function placeOfSecret(
  content: string,
  { ruleId, range, data }: { ruleId: string; range: readonly [number, number]; data?: object },
): { readonly start: number; readonly end: number } {
  const [from, to] = range;
  // This rule reports the whole file and gives its name in place of the secret.
  if (ruleId === `${rulePrefix}gcp`) {
    const block = privateKeyBlock.exec(content);
    return block === null
      ? { start: from, end: to }
      : { start: block.index, end: block.index + block[0].length };
  }
  for (const value of Object.values(data ?? {})) {
    const start = typeof value === "string" && value !== "" ? content.indexOf(value, from) : -1;
    if (start !== -1) return { start, end: start + value.length };
  }
  return { start: from, end: to };
}
