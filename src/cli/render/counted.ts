/** `1 file`, `3 files`, `12,400 files`. Without Intl, whose data takes longer to load than a command may take. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${String(count).replace(/\B(?=(\d{3})+$)/g, ",")} ${count === 1 ? one : many}`;
}
