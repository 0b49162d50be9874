import { StetError } from "../../domain/errors.ts";
import type { Maintenance } from "../../store/maintenance.ts";
import type { Store } from "../../store/store.ts";

/** The care that a store's engine offers. Throws E-UNSUPPORTED for one that offers none. */
export function maintenanceOf(store: Store): Maintenance {
  if (store.maintenance !== null) return store.maintenance;
  throw new StetError({
    code: "E-UNSUPPORTED",
    what: "This store cannot be cared for from here.",
    where: `a store on ${store.history.capabilities.engine}`,
    why: "Its engine is looked after where it runs.",
    kept: "Nothing was changed.",
    fixes: [{ cmd: "stet doctor", summary: "see which store this is" }],
  });
}
