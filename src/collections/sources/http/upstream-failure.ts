import { StetError } from "../../../domain/errors.ts";
import { shownAddress, withoutCredentials } from "../shown-address.ts";

/** That an address cannot be reached, or does not answer with what was asked of it. Never shows a token (BUGS U4). */
export function upstreamFailure(address: string, why: string, fix?: StetError["fixes"][number]): StetError {
  return new StetError({
    code: "E-UPSTREAM",
    what: "The third-party source did not give what was asked of it.",
    where: shownAddress(address),
    why: withoutCredentials(why),
    kept: "Nothing was changed, and nothing that was fetched was left behind.",
    fixes: [
      { cmd: "stet outdated", summary: "show what is known without it" },
      fix ?? { cmd: "stet install", summary: "bring back what the store holds; that needs no network" },
    ],
  });
}
