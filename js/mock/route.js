// @ts-check
// From method and target to an operation and its input. Made from the facts file.
import { operations, shapes } from './facts.js';
import { ServiceError } from './errors.js';

const routes = Object.entries(operations).map(([key, { method, uri }]) => ({
  key,
  method,
  // Labels are one path segment each: an escaped slash stays inside its label.
  path: new RegExp(`^${uri.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`),
}));

/** @param {string} method @param {string} path the path as sent, still escaped */
export function findRoute(method, path) {
  for (const route of routes) {
    const match = route.method === method && route.path.exec(path);
    if (match) return { key: route.key, labels: match.groups ?? {} };
  }
  return null;
}

/**
 * @param {string} key
 * @param {Record<string, string>} labels
 * @param {string} query without the question mark
 * @param {string} body
 */
export function readInput(key, labels, query, body) {
  const { input: shapeName } = operations[key];
  const shape = shapes[/** @type {string} */ (shapeName)];
  const members = Object.entries(shape.members ?? {});
  /** @type {Record<string, any>} */
  const input = members.some(([, member]) => !member.location) ? readJson(body) : {};
  for (const [name, member] of members) {
    const wireName = member.locationName ?? name;
    if (member.location === 'uri') input[name] = unescape(labels[wireName]);
    if (member.location === 'querystring') {
      const values = queryPairs(query).filter(([key]) => key === wireName).map(([, value]) => value);
      // No value at all is an absent member: a list in the query has no way of being empty.
      if (values.length) input[name] = shapes[member.shape].type === 'list' ? values : values[0];
      else delete input[name];
    }
  }
  return input;
}

/** @param {string} body */
function readJson(body) {
  if (body.trim() === '') return {};
  let value;
  try {
    value = JSON.parse(body);
  } catch {
    throw new ServiceError('SerializationException', 'The request body is not valid JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ServiceError('SerializationException', 'Start of structure or map found where not expected.');
  }
  return { ...value };
}

/** Name and value of each pair, unescaped, in the order sent. @param {string} query @returns {[string, string][]} */
export function queryPairs(query) {
  return query.split('&').filter(Boolean).map((pair) => {
    const [name, ...rest] = pair.split('=');
    return [unescape(name), unescape(rest.join('='))];
  });
}

/** @param {string} text */
function unescape(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new ServiceError('SerializationException', `The request target has a broken escape: ${text}`);
  }
}
