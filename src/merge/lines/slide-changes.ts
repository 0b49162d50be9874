/**
 * Moves every run of changed values down as far as it goes without changing what is equal: a paragraph added between
 * two others then always begins with its text and ends with the blank line, whichever way it was found. So two
 * writers who add at the same place are seen to.
 */
export function slideChanges(values: Int32Array, changed: Uint8Array): void {
  let start = 0;
  while (start < values.length) {
    if (changed[start] !== 1) {
      start += 1;
      continue;
    }
    let end = start;
    while (changed[end] === 1) end += 1;
    while (end < values.length && values[start] === values[end]) {
      changed[start] = 0;
      changed[end] = 1;
      start += 1;
      while (changed[end] === 1) end += 1;
    }
    start = end;
  }
}
