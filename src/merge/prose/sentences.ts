/**
 * A mark that ends a sentence, with what closes behind it and the blanks up to the next word. Chinese, Japanese and
 * wide full stops need no blank. The bounds keep the time linear in a text of nothing but full stops.
 */
const sentenceEnd = /[.!?…]{1,8}["')\]”’»*_`]{0,8}\s+|[。！？｡．]{1,8}["')\]”’»』」）*_`]{0,8}\s*/g;

/**
 * The sentences of a paragraph, each with the blanks behind it; joined they are the paragraph. A full stop before a
 * small letter ends none ("e.g. this").
 */
export function splitSentences(paragraph: string): readonly string[] {
  const sentences: string[] = [];
  let start = 0;
  for (const match of paragraph.matchAll(sentenceEnd)) {
    const end = match.index + match[0].length;
    if (end === paragraph.length || /^\p{Ll}/u.test(paragraph.slice(end, end + 2))) continue;
    sentences.push(paragraph.slice(start, end));
    start = end;
  }
  if (start < paragraph.length) sentences.push(paragraph.slice(start));
  return sentences;
}
