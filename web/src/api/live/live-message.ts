/** What the server tells while the page is open. */
export type LiveMessage =
  | { readonly type: "operation"; readonly operation: LiveOperation }
  /** Something was missed: whoever shows anything asks again. */
  | { readonly type: "gap" }
  | { readonly type: "health"; readonly health: Health };

/** One recorded change, in short. */
export interface LiveOperation {
  readonly id: string;
  readonly actor: string;
  readonly kind: string;
  readonly artifacts: readonly { readonly kind: string; readonly name: string }[];
  /** ISO 8601. */
  readonly at: string;
}

/** Whether what the page shows follows what is on disk. `since`: milliseconds since 1970. */
export interface Health {
  readonly connection: "up" | "down";
  readonly watcher: "up" | "down";
  readonly since: number;
}
