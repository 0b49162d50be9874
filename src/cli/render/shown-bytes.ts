const units = ["B", "KB", "MB", "GB", "TB"] as const;

/** A size for people, in units of 1,024 bytes: `512 B`, `1.5 KB`. */
export function shownBytes(bytes: number): string {
  let size = bytes;
  let unit = 0;
  while (size >= 1_024 && unit < units.length - 1) {
    size /= 1_024;
    unit++;
  }
  const digits = unit === 0 || size >= 100 ? 0 : 1;
  return `${size.toFixed(digits)} ${units[unit] ?? "B"}`;
}
