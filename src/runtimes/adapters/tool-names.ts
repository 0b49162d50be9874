import { isList } from "../../formats/format-value.ts";
import { toolList } from "../../formats/tool-list.ts";
import type { CarriedField } from "./dialect.ts";

/**
 * The tools of an agent under the names of another runtime, as a list there. Carried only where every tool has a
 * name there: a list that is cut short would give the agent other powers than it was written with.
 */
export function toolsField(names: Readonly<Record<string, string>>): CarriedField {
  const back = new Map(Object.entries(names).map(([ours, theirs]) => [theirs, ours]));
  const toNames = (tools: readonly string[], map: (tool: string) => string | undefined) => {
    const known = tools.map(map);
    return known.every((one) => one !== undefined) && known.length > 0 ? known.join(",") : undefined;
  };
  return {
    name: "tools",
    soft: true,
    canonical: {
      key: "tools",
      read: (value) =>
        toNames(toolList(value) ?? [], (tool) => (Object.hasOwn(names, tool) ? tool : undefined)),
      write: (text) => text.split(",").join(", "),
    },
    target: {
      key: "tools",
      read: (value) =>
        isList(value) && value.every((one) => typeof one === "string")
          ? toNames(value.map(String), (tool) => back.get(tool))
          : undefined,
      write: (text) => text.split(",").map((tool) => names[tool] ?? tool),
    },
  };
}
