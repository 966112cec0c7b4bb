import { ownDescription, textOfField } from '../../openapi/descriptions.ts';
import type { Schema } from '../../openapi/schema.ts';
import { compareStrings } from '../../base/compare.ts';
import { wrapWords } from './word-wrap.ts';

/** The field that a path leads to: what it holds, its name, and the type that has it. */
export interface ExplainedField {
  readonly schema: Schema;
  readonly name: string | undefined;
  readonly owner: Schema | undefined;
}

/** Follows a path of fields, through lists and maps; undefined where a field does not exist. */
export function fieldAt(root: Schema, path: readonly string[]): ExplainedField | undefined {
  let field: ExplainedField = { schema: root, name: undefined, owner: undefined };
  for (const name of path) {
    const owner = objectIn(field.schema);
    const schema = owner.properties.get(name);
    if (schema === undefined) return undefined;
    field = { schema, name, owner };
  }
  return field;
}

/** What the items of a list or the values of a map are. */
function objectIn(schema: Schema): Schema {
  const inner = schema.items ?? schema.values;
  return inner === undefined ? schema : objectIn(inner);
}

/**
 * What kubectl prints of a field: its name and type, what is known about it, and the fields inside.
 * Source: staging/src/k8s.io/kubectl/pkg/explain/v2/templates/plaintext.tmpl, 1.36.
 */
export function explainText(field: ExplainedField, isRecursive: boolean): string {
  const { schema, name } = field;
  const head = name === undefined ? '' : `FIELD: ${name} <${typeName(schema)}>\n${longEnum(schema)}\n\n`;
  const fields = fieldList(schema, 1, isRecursive, new Set());
  const words = description(field);
  return (
    `${head}DESCRIPTION:\n${indented(wrapWords(words === '' ? '<empty>' : words, 76), 4)}\n` +
    (fields === '' ? '' : `FIELDS:\n${fields}`)
  );
}

/** What is said about the field itself, then about its type. */
function description({ schema, owner, name }: ExplainedField): string {
  const own = owner === undefined || name === undefined ? '' : fieldText(owner, name, schema);
  const type = ownDescription(objectIn(schema));
  return [own, type === own ? '' : type].filter((text) => text !== '').join('\n') + (own + type === '' ? '' : '\n');
}

function fieldText(owner: Schema, name: string, schema: Schema): string {
  return schema.description ?? textOfField(owner, name);
}

/** `string`, `[]Container`, `map[string]Quantity`. Source: template `typeGuess`. */
function typeName(schema: Schema): string {
  if (schema.items !== undefined) return `[]${typeName(schema.items)}`;
  if (schema.values !== undefined) return `map[string]${typeName(schema.values)}`;
  switch (schema.type) {
    case 'quantity':
      return 'Quantity';
    case 'integerOrString':
      return 'IntOrString';
    case 'object':
    case 'any':
      return schema.typeId?.slice(schema.typeId.lastIndexOf('.') + 1) ?? 'Object';
    default:
      return schema.type;
  }
}

function fieldList(schema: Schema, level: number, isRecursive: boolean, history: ReadonlySet<string>): string {
  const owner = objectIn(schema);
  if (owner.typeId !== undefined && history.has(owner.typeId)) return '';
  const seen = owner.typeId === undefined ? history : new Set([...history, owner.typeId]);
  return [...owner.properties]
    .sort(([a], [b]) => compareStrings(a, b))
    .map(([name, field]) => {
      const detail = fieldDetail(owner, name, field, level, isRecursive);
      return isRecursive ? detail + fieldList(field, level + 1, true, seen) : detail;
    })
    .join('');
}

/** Source: template `fieldDetail`. */
function fieldDetail(owner: Schema, name: string, schema: Schema, level: number, isShort: boolean): string {
  const indent = level * 2;
  const required = owner.required.includes(name) ? ' -required-' : '';
  const line = `${' '.repeat(indent)}${name}\t<${typeName(schema)}>${required}${shortEnum(schema, indent)}\n`;
  if (isShort) return line;
  const own = fieldText(owner, name, schema);
  const words = own === '' ? '<no description>' : own;
  return `${line}${indented(wrapWords(words, 78 - indent), indent + 2)}\n\n`;
}

/** Most values of an enumeration in a list of fields. */
const MOST_VALUES = 4;

function shortEnum({ enum: values }: Schema, indent: number): string {
  if (values === undefined || values.length === 0) return '';
  const shown = values.slice(0, MOST_VALUES).map(valueText).join(', ');
  return `\n${' '.repeat(indent)}enum: ${shown}${values.length > MOST_VALUES ? ', ....' : ''}`;
}

function longEnum({ enum: values }: Schema): string {
  return values === undefined || values.length === 0
    ? ''
    : `ENUM:${values.map((value) => `\n    ${valueText(value)}`).join('')}`;
}

function valueText(value: unknown): string {
  return value === '' ? '""' : String(value);
}

function indented(text: string, by: number): string {
  const pad = ' '.repeat(by);
  return pad + text.replaceAll('\n', `\n${pad}`);
}
