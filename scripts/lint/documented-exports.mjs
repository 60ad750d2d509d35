/**
 * Requires a doc comment before every export that a module declares itself. Two kinds are described elsewhere: an operation of the contract by its
 * `summary`, and a type that is derived from a documented value or schema (`z.output<typeof schema>`, `(typeof list)[number]`).
 */
export const documentedExports = {
  meta: {
    type: 'suggestion',
    schema: [],
    messages: { missing: 'Say in a doc comment (/** … */) what this export is.' },
  },
  create(context) {
    return {
      ExportNamedDeclaration(node) {
        const { declaration } = node;
        if (declaration === null || isDocumented(context.sourceCode, node) || isOverload(node)) return;
        if (isOperation(declaration) || isTypeOfValue(declaration)) return;
        context.report({ node, messageId: 'missing' });
      },
    };
  },
};

function isDocumented(sourceCode, node) {
  return sourceCode.getCommentsBefore(node).some(({ type, value }) => type === 'Block' && value.startsWith('*'));
}

/** The comment of an overloaded function stands before its first signature. */
function isOverload({ declaration, parent }) {
  const { id } = declaration;
  if (id?.type !== 'Identifier') return false;
  const first = parent.body.find(
    (statement) => statement.type === 'ExportNamedDeclaration' && statement.declaration?.id?.name === id.name,
  );
  return first.declaration.type === 'TSDeclareFunction' && first.declaration !== declaration;
}

function isOperation({ declarations }) {
  const init = declarations?.[0]?.init;
  return init?.type === 'CallExpression' && init.callee.name === 'operation';
}

function isTypeOfValue({ type, typeAnnotation }) {
  return type === 'TSTypeAliasDeclaration' && isReadOffValue(typeAnnotation);
}

function isReadOffValue({ type, objectType, typeAnnotation, typeArguments }) {
  if (type === 'TSTypeQuery') return true;
  const inner = objectType ?? typeAnnotation ?? typeArguments?.params[0];
  return inner !== undefined && isReadOffValue(inner);
}
