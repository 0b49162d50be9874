import { useSyncExternalStore } from "react";

/** Where the page is: the path without its query, and the query. */
export interface Place {
  readonly path: string;
  readonly query: URLSearchParams;
}

const moved = "stet:moved";

/** Goes to an address of the page itself. `replace` leaves no step back. */
export function goTo(address: string, how: "push" | "replace" = "push"): void {
  if (how === "push") history.pushState(null, "", address);
  else history.replaceState(null, "", address);
  dispatchEvent(new Event(moved));
}

function subscribe(listen: () => void): () => void {
  addEventListener("popstate", listen);
  addEventListener(moved, listen);
  return () => {
    removeEventListener("popstate", listen);
    removeEventListener(moved, listen);
  };
}

/** The present place; the component is drawn again when it changes. */
export function usePlace(): Place {
  const address = useSyncExternalStore(subscribe, () => location.pathname + location.search);
  const { pathname, searchParams } = new URL(address, location.origin);
  return { path: pathname, query: searchParams };
}
