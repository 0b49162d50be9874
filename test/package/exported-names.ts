import { readFileSync } from "node:fs";
import ts from "typescript";

/** The names that a built module exports, sorted, without running it. */
export function exportedNames(path: string): readonly string[] {
  const source = ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.Latest, true);
  const names: string[] = [];
  for (const statement of source.statements) {
    if (!ts.isExportDeclaration(statement)) continue;
    const clause = statement.exportClause;
    if (clause === undefined || !ts.isNamedExports(clause))
      throw new Error(`${path} exports more than names`);
    names.push(...clause.elements.map((element) => element.name.text));
  }
  return names.sort();
}
