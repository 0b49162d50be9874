import { type FormatValue, isList } from "../../formats/format-value.ts";
import { isFormatRecord } from "../settings/key-value.ts";

/** The keys of rules and handlers in the order in which people write them; others come between. */
const firstKeys = ["event", "matcher", "type", "name", "command", "bash"];
const lastKeys = ["timeout", "timeoutSec", "statusMessage", "hooks"];

/** A value with the keys of its rules and handlers in that order: what is new in a file reads like the rest. */
export function inReadingOrder(value: FormatValue): FormatValue {
  if (isList(value)) return value.map(inReadingOrder);
  if (!isFormatRecord(value)) return value;
  const place = (key: string) => {
    const last = lastKeys.indexOf(key);
    if (last >= 0) return firstKeys.length + 1 + last;
    const first = firstKeys.indexOf(key);
    return first < 0 ? firstKeys.length : first;
  };
  const entries = Object.entries(value).sort(([one], [other]) => place(one) - place(other));
  return Object.fromEntries(entries.map(([key, item]) => [key, inReadingOrder(item)]));
}
