// @ts-check
// The example of an operation as JavaScript, from the parameters in the facts file. A text that begins with `$` is a variable.

/** @param {unknown} value @returns {string} */
export function literal(value) {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (value && typeof value === 'object') {
    const members = Object.entries(value).map(([key, of]) => {
      const text = literal(of);
      return text === key ? key : `${key}: ${text}`;
    });
    return members.length ? `{ ${members.join(', ')} }` : '{}';
  }
  if (typeof value !== 'string') return String(value);
  if (value.startsWith('$')) return value.slice(1);
  return `'${value.replace(/[\\']/g, '\\$&')}'`;
}

/**
 * A value for a shape, when the facts give no example: enough to show the form.
 * @param {any} facts @param {string} name @param {string} member @returns {unknown}
 */
function sample(facts, name, member) {
  const shape = facts.shapes[name];
  switch (shape.type) {
    case 'structure': return Object.fromEntries(shape.required.map((key) => [key, sample(facts, shape.members[key].shape, key)]));
    case 'list': return [sample(facts, shape.member, member)];
    case 'map': return { key: 'value' };
    case 'boolean': return true;
    case 'timestamp': return '2026-01-01T00:00:00Z';
    case 'string': return shape.enum?.[0] ?? (/arn$/i.test(name) ? `$${member}` : 'text');
    default: return shape.min ?? 1;
  }
}

/** Parameters of an operation's example. @param {any} facts @param {string} method @returns {any} */
export function exampleParams(facts, method) {
  const operation = facts.operations[method];
  return operation.example ?? sample(facts, operation.input, 'params');
}

/**
 * Members of a result that a caller is after: not headers, not the mark of the next page.
 * @param {any} facts @param {any} operation @returns {string[]}
 */
export function resultKeys(facts, operation) {
  if (!operation.output) return [];
  return Object.entries(facts.shapes[operation.output].members)
    .filter(([key, member]) => !member.location && key !== operation.paginator?.outputToken)
    .map(([key]) => key);
}

/** The statement that calls an operation. @param {any} facts @param {string} method @returns {string} */
export function exampleCall(facts, method) {
  const operation = facts.operations[method];
  const keys = resultKeys(facts, operation);
  const params = exampleParams(facts, method);
  const given = Object.keys(params).length ? literal(params) : '';
  return `${keys.length ? `const { ${keys.join(', ')} } = ` : ''}await ivs.${method}(${given});`;
}
