import type { ArtifactAdapter } from "./adapter.ts";
import { markdownContainer } from "./container.ts";
import { type CarriedField, type Dialect, textField } from "./dialect.ts";
import { dialectAdapter } from "./dialect-adapter.ts";

/** An adapter between canonical Markdown and that of a runtime; a field that is only named is a text of that key. */
export function markdownFieldsAdapter(
  dialect: Omit<Dialect, "container" | "carried"> & { readonly carried: readonly (string | CarriedField)[] },
): ArtifactAdapter {
  const carried = dialect.carried.map((one) => (typeof one === "string" ? textField(one) : one));
  return dialectAdapter({ ...dialect, container: markdownContainer, carried });
}
