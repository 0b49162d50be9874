import ts from "typescript";

/** Attributes that nobody reads or hears. */
const silent =
  /^(className|role|type|id|htmlFor|key|name|rel|href|lang|d|fill|stroke|viewBox|width|height|popover|popoverTarget|tone|side|target|aria-(live|hidden|current|keyshortcuts|labelledby|describedby|controls)|data-.*|align|autoComplete|swipeDirection|spellCheck|scope|rows|step|min|max|way)$/;
// Of components of the page, these are names for people although an element has a silent one of that name.
const spokenOnComponents = /^(name|label|title|text|legend)$/;

/** Each text of a component that is written in its code: between tags, or in an attribute that people meet. */
export function spokenText({
  path,
  text,
}: {
  readonly path: string;
  readonly text: string;
}): readonly string[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const found: string[] = [];
  const note = (node: ts.Node, said: string) => {
    // The name of the product is the same in every language.
    if (!/\p{L}{2,}/u.test(said) || said === "stet") return;
    const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
    found.push(`${path}:${line + 1}: ${said.trim()}`);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node)) note(node, node.text);
    if (ts.isJsxAttribute(node) && isSpoken(node, source)) noteLiterals(node, note);
    if (ts.isJsxExpression(node) && !ts.isJsxAttribute(node.parent)) noteLiterals(node, note);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function isSpoken(attribute: ts.JsxAttribute, source: ts.SourceFile): boolean {
  const name = attribute.name.getText(source);
  const tag = attribute.parent.parent.tagName.getText(source);
  const isComponent = /^[A-Z]/.test(tag);
  if (isComponent && spokenOnComponents.test(name))
    return !/^(Choice|Option|Icon)$/.test(tag) || name !== "name";
  return !silent.test(name);
}

/** Literals whose value is shown: not those that are compared with, called with or looked up by. */
function noteLiterals(root: ts.Node, note: (node: ts.Node, said: string) => void): void {
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) {
      note(node, node.text);
      return;
    }
    if (ts.isTemplateExpression(node)) {
      for (const part of [node.head, ...node.templateSpans.map(({ literal }) => literal)])
        note(part, part.text);
      return;
    }
    const isLooked = ts.isBinaryExpression(node) && !isChoice(node.operatorToken.kind);
    const isOther =
      ts.isJsxElement(node) ||
      ts.isJsxSelfClosingElement(node) ||
      ts.isJsxFragment(node) ||
      ts.isCallExpression(node) ||
      ts.isArrowFunction(node) ||
      ts.isElementAccessExpression(node) ||
      ts.isObjectLiteralExpression(node);
    if (isLooked || (isOther && node !== root)) return;
    if (ts.isConditionalExpression(node)) {
      visit(node.whenTrue);
      visit(node.whenFalse);
      return;
    }
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(root, visit);
}

function isChoice(operator: ts.SyntaxKind): boolean {
  return [ts.SyntaxKind.BarBarToken, ts.SyntaxKind.QuestionQuestionToken, ts.SyntaxKind.PlusToken].includes(
    operator,
  );
}
