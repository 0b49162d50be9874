import type { FormatValue } from "../../formats/format-value.ts";
import { captureMark } from "../hooks/hook-mark.ts";
import type { HookPlace, Runtime } from "../table/runtime.ts";

/** The rule that makes a runtime call `stet capture --hook <runtime>` after it wrote files, by its event. */
export function captureRule({ title }: Runtime, place: HookPlace, command: string): FormatValue {
  const handler = {
    type: "command",
    command,
    timeout: place.timeoutSeconds,
    statusMessage: `${captureMark}keeping this version (${title})`,
  };
  return { [place.event]: [{ matcher: place.matcher, hooks: [handler] }] };
}
