/** Forbids casts of parsed JSON: a schema must parse it. `as unknown` is allowed. */
export const parsedJson = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { cast: 'A cast does not check what the JSON holds. Let a schema read it.' },
  },
  create(context) {
    return {
      TSAsExpression({ expression, typeAnnotation }) {
        if (typeAnnotation.type !== 'TSUnknownKeyword' && isParsedJson(expression))
          context.report({ node: typeAnnotation, messageId: 'cast' });
      },
    };
  },
};

function isParsedJson(node) {
  if (node.type === 'AwaitExpression') return isParsedJson(node.argument);
  if (node.type === 'TSAsExpression') return isParsedJson(node.expression);
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return false;
  const { object, property } = node.callee;
  const isParse = object.name === 'JSON' && property.name === 'parse';
  const isResponse = property.name === 'json' && node.arguments.length === 0;
  return isParse || isResponse;
}
