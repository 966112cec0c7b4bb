// Reads from the compiled validators of kubernetes-models what its declarations lose: integers, formats and bounds.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @typedef {object} Constraints of a value, its properties, items or map values
 * @property {'integer'} [type]
 * @property {string} [format]
 * @property {Record<string, number | string>} [bounds]
 * @property {Record<string, Constraints>} [properties]
 * @property {Constraints} [items]
 */

const BOUNDS = new Set([
  'minimum',
  'maximum',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
  'pattern',
]);

/** @param {readonly string[]} roots @returns {Map<string, Constraints>} by exported name */
export function readValidators(roots) {
  const found = new Map();
  for (const root of roots) {
    const folder = join(root, '_schemas');
    if (!existsSync(folder)) continue;
    for (const name of readdirSync(folder).sort()) {
      if (!name.endsWith('.js')) continue;
      found.set(name.slice(0, -3), readValidator(readFileSync(join(folder, name), 'utf8')));
    }
  }
  return found;
}

/** A validator is a set of functions, one a schema node, that call each other for properties and items. */
function readValidator(text) {
  const bodies = new Map();
  for (const body of text.split('function validate').slice(1)) bodies.set(`validate${/^\d*/.exec(body)[0]}`, body);
  const entry = /export const validate=(validate\d+)/.exec(text)?.[1] ?? 'validate';
  return readBody(entry, bodies, 0);
}

/** @returns {Constraints} */
function readBody(name, bodies, depth) {
  const body = bodies.get(name);
  if (body === undefined || depth > 8) return {};
  const constraints = { properties: {} };
  for (const [, path, params] of body.matchAll(
    /schemaPath:"#\/([^"]*)",keyword:"[^"]*",params:\{((?:[^"{}]|"(?:[^"\\]|\\.)*")*)\}/g,
  )) {
    const target = targetOf(constraints, path);
    if (target !== undefined) note(target, path.slice(path.lastIndexOf('/') + 1), params);
  }
  for (const [, callee, argument] of body.matchAll(/(validate\d+)\(data((?:\.[\w$]+)|(?:\[[^\]]*\]))?,/g)) {
    if (argument === undefined) continue;
    const inner = readBody(callee, bodies, depth + 1);
    const property = argument.startsWith('.') ? argument.slice(1) : /^\["(.*)"\]$/.exec(argument)?.[1];
    if (property === undefined) constraints.items = inner;
    else constraints.properties[property] = inner;
  }
  return constraints;
}

/** `type` speaks of the node itself, `properties/replicas/type` of a property, with `items` of its items. */
function targetOf(constraints, path) {
  const parts = path.split('/');
  if (parts.length === 1) return constraints;
  if (parts[0] !== 'properties') return undefined;
  const property = (constraints.properties[parts[1]] ??= {});
  if (parts.length === 3) return property;
  return parts.length === 4 && parts[2] === 'items' ? (property.items ??= {}) : undefined;
}

function note(target, keyword, params) {
  if (keyword === 'type' && params.includes('"integer"')) target.type = 'integer';
  if (keyword === 'format') target.format = /format:"([^"]*)"/.exec(params)[1];
  if (!BOUNDS.has(keyword)) return;
  const value =
    keyword === 'pattern' ? /pattern:("(?:[^"\\]|\\.)*")/.exec(params)[1] : /limit:(-?[\d.e+]+)/.exec(params)[1];
  (target.bounds ??= {})[keyword] = keyword === 'pattern' ? unescape(value) : Number(value);
}

/** A JavaScript string literal's text: JSON's escapes and `\x60`. */
function unescape(literal) {
  return JSON.parse(literal.replace(/\\x([0-9a-f]{2})/gi, '\\u00$1'));
}
