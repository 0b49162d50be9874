/** Letters of an id that are shown: as many as commands ask for in a shortened one. */
const lettersShown = 8;

/** An id shortened for people: `op_4k2m9qxz`, `3f2a9c1e` for a hash. Commands take it in this form too. */
export function shortId(id: string): string {
  const hash = /^sha256:([0-9a-f]+)$/.exec(id);
  if (hash !== null) return (hash[1] ?? "").slice(0, lettersShown);
  const random = /^([a-z]{2}_)([0-9a-z]+)$/.exec(id);
  return random === null ? id : `${random[1]}${(random[2] ?? "").slice(0, lettersShown)}`;
}
