/**
 * A package of npm as a source: its metadata, the version that is wanted, its archive.
 *
 * - The archive is what the registry's metadata says by SHA-512, or it is not unpacked.
 * - Nothing of a package is ever run: it is files.
 */
import { join } from "node:path";
import { limits } from "../../../domain/limits.ts";
import { type UnpackedArchive, unpackArchive } from "../archive/unpack-archive.ts";
import { downloadText, downloadTo } from "../http/download.ts";
import type { WebRequest } from "../http/request.ts";
import { upstreamFailure } from "../http/upstream-failure.ts";
import { loginFor, type NpmSettings, registryOf } from "./npm-settings.ts";
import { chooseVersion, type PackageVersion, parsePackument } from "./packument.ts";

export type NpmContext = { readonly settings: NpmSettings } & Pick<WebRequest, "signal" | "progress">;

/** The version of a package that a tag, number or range means. Throws E-UPSTREAM. */
export async function findPackageVersion(
  name: string,
  wanted: string | null,
  { settings, ...rest }: NpmContext,
): Promise<PackageVersion> {
  const registry = registryOf(name, settings);
  if (registry === null) {
    const cmd = "npm config set registry <address>";
    throw upstreamFailure(`npm:${name}`, "No registry is set for it.", {
      cmd,
      summary: "say where packages come from",
    });
  }
  const url = `${registry.url}${name.replace("/", "%2F")}`;
  const login = registry.authorization === null ? {} : { authorization: registry.authorization };
  const text = await downloadText(
    { url, accept: "application/json", ...login, ...rest },
    limits.packumentBytesMax,
  );
  const packument = parsePackument(text);
  if (packument === null)
    throw upstreamFailure(url, "The registry's answer is not the metadata of a package.");
  const chosen = chooseVersion(packument, wanted);
  if (typeof chosen === "string") throw upstreamFailure(url, `Of ${name}: ${chosen}.`);
  return chosen;
}

/** Downloads, verifies and unpacks a version into a private folder, its top folder taken off. Throws E-UPSTREAM. */
export async function fetchPackage(
  { tarball, integrity }: PackageVersion,
  folder: string,
  { settings, ...rest }: NpmContext,
): Promise<UnpackedArchive> {
  if (integrity === "") {
    throw upstreamFailure(tarball, "The registry gives no SHA-512 of the package, so it cannot be verified.");
  }
  const authorization = URL.canParse(tarball) ? loginFor(tarball, settings) : null;
  const file = join(folder, "package.tgz");
  const login = authorization === null ? {} : { authorization };
  const { sha512 } = await downloadTo(file, { url: tarball, ...login, ...rest });
  if (integrity !== `sha512-${sha512}`) {
    throw upstreamFailure(tarball, "What came is not what the registry says it is: its SHA-512 is another.");
  }
  return await unpackArchive(file, folder, {
    top: "always",
    ...(rest.signal === undefined ? {} : { signal: rest.signal }),
  });
}
