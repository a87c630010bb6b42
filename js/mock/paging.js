// @ts-check
// Pages by position, not by number: a token names the last item given, so that items created or deleted between two
// pages neither repeat nor hide others. A token belongs to one operation, account, region and filter.
import { validation } from './errors.js';
import { hash32 } from './ids.js';

/**
 * @param {{ items: { order: number }[], input: { nextToken?: string, maxResults?: number }, about: string,
 *   fallback?: number, newestFirst?: boolean }} request
 *   about: what the listing is of, in one text; fallback: the documented page size when none is asked for
 */
export function page({ items, input, about, fallback = 100, newestFirst = false }) {
  const sorted = [...items].sort((a, b) => (newestFirst ? b.order - a.order : a.order - b.order));
  const size = input.maxResults ?? fallback;
  let rest = sorted;
  if (input.nextToken) {
    const after = readToken(input.nextToken, about);
    rest = sorted.filter((item) => (newestFirst ? item.order < after : item.order > after));
  }
  const given = rest.slice(0, size);
  const nextToken = rest.length > size ? writeToken(given[given.length - 1].order, about) : undefined;
  return { items: given, nextToken };
}

/** @param {number} order @param {string} about */
function writeToken(order, about) {
  return `${btoa(JSON.stringify([order, hash32(`${about} ${order}`)]))}`.replaceAll('=', '');
}

/** @param {string} token @param {string} about */
function readToken(token, about) {
  try {
    const [order, check] = JSON.parse(atob(token));
    if (Number.isInteger(order) && check === hash32(`${about} ${order}`)) return order;
  } catch {
    // Not one of ours: told below, like any other foreign token.
  }
  throw validation('The nextToken is invalid: it was not returned by this operation with these parameters');
}
