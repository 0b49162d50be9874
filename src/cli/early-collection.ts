/**
 * Makes V8 collect what a command has let go early, in place of letting the heap grow. By itself it lets the young
 * generation grow to 128 MB and waits for the old one to grow to several times what lives in it: for a command that
 * goes through tens of thousands of files that is most of its memory, and saves it no time.
 *
 * Only for a process that is stet's own: the flags hold for all of it.
 */
export function collectEarly(): void {
  const { setFlagsFromString } = process.getBuiltinModule("node:v8");
  setFlagsFromString("--semi-space-growth-factor=1");
  setFlagsFromString("--heap-growing-percent=40");
}
