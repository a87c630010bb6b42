// @ts-check
// The patterns of shapes: which of them count, and whether src/pattern.rs can read them.

/** Published wrongly: allows one character as resource type, so that no real ARN matches it. */
const WRONG = new Set(['ResourceArn']);

/** What src/pattern.rs takes for one element: a class, a literal that is escaped, or one that need not be. */
const ELEMENT = String.raw`(?:\[(?!\^)(?:\\p\{[LZN]\}|\\[^\]\w]|[^\]\\])+\]|\\[^\]\w]|[^\\[\](){}*+?|^$])`;
/** Elements one after another, each perhaps repeated; a group and anchors only around them all. */
const WHOLE = String.raw`\^?\(?(?:${ELEMENT}[*+]?)*\)?\$?`;
const KNOWN = new RegExp(String.raw`^${WHOLE}(?:\|${WHOLE})*$`);

/**
 * The pattern that values of a shape have to match; undefined if there is none. Throws on one that would be read as another.
 * @param {{ pattern?: string, enum?: string[], sensitive?: boolean }} shape @param {string} name
 */
export function patternOf({ pattern, enum: texts, sensitive }, name) {
  if (sensitive && (pattern || texts)) throw new Error(`${name} is a secret: src/validate.rs repeats what fits no pattern and is none of an enumeration`);
  if (!pattern || WRONG.has(name)) return undefined;
  if (!KNOWN.test(pattern)) throw new Error(`${name}: src/pattern.rs does not know all that occurs in the pattern ${pattern}`);
  return pattern;
}
