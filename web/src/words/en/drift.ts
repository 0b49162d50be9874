/** By the drift state of a copy at a target. */
export const drift = {
  "in-sync": "in sync",
  behind: "behind",
  ahead: "ahead",
  diverged: "diverged",
  missing: "missing",
  extra: "extra",
  blocked: "blocked",
  unsupported: "unsupported",
  native: "read in place",
};
