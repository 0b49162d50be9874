import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Rolldown } from "tsdown";

const packageFolder = /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/;

/**
 * Writes THIRD-PARTY-NOTICES.txt beside the bundle: name, version and licence text of every package of
 * which code was bundled, as their licences ask.
 */
export function thirdPartyNotices(): Rolldown.Plugin {
  return {
    name: "stet:third-party-notices",
    generateBundle(_options, bundle) {
      const folders = new Set<string>();
      for (const file of Object.values(bundle)) {
        if (file.type !== "chunk" || !file.fileName.endsWith(".js")) continue;
        for (const id of Object.keys(file.modules)) {
          const folder = packageFolder.exec(id.replace(/^\0/, ""))?.[0];
          if (folder !== undefined) folders.add(folder);
        }
      }
      if (folders.size === 0) return;
      const notices = [...folders].map(noticeOf).sort();
      this.emitFile({
        type: "asset",
        fileName: "THIRD-PARTY-NOTICES.txt",
        source: `${notices.join("\n\n")}\n`,
      });
    },
  };
}

function noticeOf(folder: string): string {
  const manifest: { name?: string; version?: string; license?: string } = JSON.parse(
    readFileSync(join(folder, "package.json"), "utf8"),
  );
  const title = `${manifest.name} ${manifest.version} (${manifest.license})`;
  const file = existsSync(folder) ? readdirSync(folder).find((name) => /^licen[cs]e/i.test(name)) : undefined;
  const text =
    file === undefined ? "The package carries no licence file." : readFileSync(join(folder, file), "utf8");
  return `${title}\n${"-".repeat(title.length)}\n${text.trim()}`;
}
