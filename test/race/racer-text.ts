/** What the racing writer puts into a file in a round; nobody else ever writes it. */
export function racerText(round: number, file: number): string {
  return `the racer's text of round ${round} in file ${file}\n`;
}
