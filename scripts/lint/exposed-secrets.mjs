/** `.expose(…)` of a Secret; eslint.config.js lists the files that may call it. */
export const exposedSecrets = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      exposed:
        'Only the files that eslint.config.js lists may expose a secret. Pass the Secret on, or say there why this file needs its bytes.',
    },
  },
  create(context) {
    return {
      MemberExpression({ property }) {
        if (isExpose(property)) context.report({ node: property, messageId: 'exposed' });
      },
      'ObjectPattern > Property'({ key }) {
        if (isExpose(key)) context.report({ node: key, messageId: 'exposed' });
      },
    };
  },
};

function isExpose({ name, value }) {
  return name === 'expose' || value === 'expose';
}
