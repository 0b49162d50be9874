/** The forms of a text that counts something; `other` stands for every form that is not given. */
export interface PluralForms {
  readonly zero?: string;
  readonly one?: string;
  readonly other: string;
}

const english = new Intl.PluralRules("en");

/** The English form for `count`; `zero`, where it is given, is said instead of "0 ...". */
export function plural(count: number, forms: PluralForms): string {
  if (count === 0 && forms.zero !== undefined) return forms.zero;
  return english.select(count) === "one" ? (forms.one ?? forms.other) : forms.other;
}
