/** Something that can be done from anywhere on the page. */
export interface PageAction {
  readonly key: string;
  readonly label: string;
  /** The keys that do it too, as they are written on them. */
  readonly keys?: readonly string[];
  readonly act: () => void;
}

/** The actions whose label holds every word, those that begin with the first word before the others. */
export function matchActions(actions: readonly PageAction[], text: string): readonly PageAction[] {
  const wanted = text.toLowerCase().split(/\s+/).filter(Boolean);
  const [first] = wanted;
  const found = actions.filter(({ label }) => {
    const said = label.toLowerCase();
    return wanted.every((word) => said.includes(word));
  });
  if (first === undefined) return found;
  const begins = ({ label }: PageAction) => (label.toLowerCase().startsWith(first) ? 0 : 1);
  return found.toSorted((one, other) => begins(one) - begins(other));
}
