/** `Title` of `## Title ##` (CommonMark 0.31, section 4.2), inline marks as they are written. */
export function markedTitle(source: string): string {
  const title = source.replace(/^#+/, "").trim();
  const content = withoutClosingMarks(title);
  return content === title || content === "" || /[ \t]$/.test(content) ? content.trimEnd() : title;
}

/** The lines of a setext heading but for the last, its underline (section 4.3), as one. */
export function underlinedTitle(source: string): string {
  return source
    .split(/\r\n|\n|\r/)
    .slice(0, -1)
    .map((line) => line.trim())
    .join(" ");
}

function withoutClosingMarks(title: string): string {
  let end = title.length;
  while (title[end - 1] === "#") end -= 1;
  return title.slice(0, end);
}
