/** Formats a price in cents: 12900 becomes "129.00 EUR". */
export function price(cents: number): string {
  const euros = Math.trunc(cents / 100);
  const rest = String(Math.abs(cents % 100)).padStart(2, "0");
  return `${euros}.${rest} EUR`;
}
