import ts from "typescript";
import type { Rule } from "./rule.ts";
import { isCode, isTest, type SourceFile } from "./source-file.ts";

const functionLinesMax = 90;

/**
 * STYLE asks for about 70 lines; the test leaves room for the "about". Test files are left out, because
 * a `describe` is a function too.
 */
export const functionLength: Rule = {
  name: "function length",
  appliesTo: (file) => isCode(file) && !isTest(file),
  find(file) {
    const source = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.Latest, true);
    const found: string[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isFunctionLike(node)) found.push(...tooLong(file, source, node));
      ts.forEachChild(node, visit);
    };
    visit(source);
    return found;
  },
};

function tooLong(file: SourceFile, source: ts.SourceFile, node: ts.SignatureDeclaration): string[] {
  const first = source.getLineAndCharacterOfPosition(node.getStart(source)).line;
  const last = source.getLineAndCharacterOfPosition(node.end).line;
  const lines = last - first + 1;
  if (lines <= functionLinesMax) return [];
  const name = node.name?.getText(source) ?? "a function";
  return [`${file.path}:${first + 1}: ${name} has ${lines} lines, at most ${functionLinesMax}`];
}
