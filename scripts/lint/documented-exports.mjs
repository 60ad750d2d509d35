/** A doc comment before every export that a module declares itself. */
export const documentedExports = {
  meta: {
    type: 'suggestion',
    schema: [],
    messages: { missing: 'Say in a doc comment (/** … */) what this export is.' },
  },
  create(context) {
    return {
      ExportNamedDeclaration(node) {
        if (node.declaration === null || isDocumented(context.sourceCode, node) || isOverload(node)) return;
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
