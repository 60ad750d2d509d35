const writes = new Set(['insertInto', 'updateTable', 'deleteFrom', 'replaceInto', 'mergeInto']);
const reads = new Set(['selectFrom', 'innerJoin', 'leftJoin', 'rightJoin', 'fullJoin', 'crossJoin']);

/**
 * Each table has one owner: only files of its folder write to it. A table without an owner is an error. Every folder may read, but SQL is only in
 * repositories and in the folders of the option `sql`.
 */
export const tableOwners = {
  meta: {
    type: 'problem',
    schema: [
      {
        type: 'object',
        properties: {
          root: { type: 'string' },
          owners: { type: 'object', additionalProperties: { type: 'string' } },
          sql: { type: 'array', items: { type: 'string' } },
        },
        required: ['root', 'owners', 'sql'],
        additionalProperties: false,
      },
    ],
    messages: {
      foreign: '{{table}} belongs to {{owner}}: only files there write to it.',
      unowned: 'No folder owns the table {{table}}. Name its owner in eslint.config.js.',
      place: 'SQL stands in a repository.ts or *-repository.ts, or in a folder that eslint.config.js names for it.',
    },
  },
  create(context) {
    const [{ root, owners, sql }] = context.options;
    const file = context.filename.replaceAll('\\', '/').split(`${root}/`).at(-1);
    const mayHoldSql = /(^|[/-])repository\.ts$/.test(file) || sql.some((place) => isIn(file, place));
    return {
      CallExpression(node) {
        const method = node.callee.type === 'MemberExpression' ? node.callee.property.name : undefined;
        if (!writes.has(method) && !reads.has(method)) return;
        if (!mayHoldSql) context.report({ node, messageId: 'place' });
        if (!writes.has(method)) return;
        for (const table of tablesOf(node.arguments[0])) {
          const owner = owners[table];
          if (owner === undefined) context.report({ node, messageId: 'unowned', data: { table } });
          else if (!isIn(file, owner)) context.report({ node, messageId: 'foreign', data: { table, owner } });
        }
      },
    };
  },
};

function isIn(file, place) {
  return file === place || file.startsWith(`${place}/`);
}

/** The tables of a call's first argument: a name, a name with an alias, or a list of them. */
function tablesOf(argument) {
  if (argument?.type === 'ArrayExpression') return argument.elements.flatMap(tablesOf);
  return typeof argument?.value === 'string' ? [argument.value.split(' ')[0]] : [];
}
