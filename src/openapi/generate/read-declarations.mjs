// Reads types from the .d.ts files of kubernetes-models with TypeScript's parser: properties, required, enums, descriptions.
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'ts6';
import { typeIdOfFile } from './type-id.mjs';

/**
 * @typedef {object} Node a field's type before it is encoded
 * @property {'string' | 'number' | 'boolean' | 'any' | 'union' | 'array' | 'map' | 'ref'} type
 * @property {string} [alias] of a ref: the exported name of the type it points at
 * @property {Node} [items] of an array or map
 * @property {string[]} [enum]
 *
 * @typedef {object} Type
 * @property {string} id
 * @property {string} file its path without extension, as the validators name it
 * @property {string} description
 * @property {string[]} parents exported names of the types it extends
 * @property {Node} [node] of an alias: what it stands for
 * @property {Record<string, Node>} properties
 * @property {Record<string, string>} descriptions
 * @property {string[]} required
 * @property {boolean} isKind has an apiVersion and kind of its own
 * @property {boolean} isInline written out inside another type
 */

/** @param {string} root a package's folder @returns {string[]} its declarations, sorted */
function declarationFiles(root) {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.d.ts') && entry.name !== 'index.d.ts')
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .filter(
      (file) =>
        !relative(root, file)
          .split('/')
          .some((part) => part === '_schemas' || part === 'node_modules'),
    )
    .sort();
}

/** @param {readonly string[]} roots @returns {Map<string, Type>} by exported name, `IoK8sApiAppsV1Deployment` */
export function readDeclarations(roots) {
  const types = new Map();
  for (const root of roots)
    for (const file of declarationFiles(root)) {
      const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, false);
      const exported = exportedNames(source);
      for (const statement of source.statements) {
        if (!ts.isInterfaceDeclaration(statement) && !ts.isTypeAliasDeclaration(statement)) continue;
        const alias = exported.get(statement.name.text);
        if (alias === undefined) continue;
        for (const [name, type] of readTypes(alias, statement, typeIdOfFile(relative(root, file)), source, exported))
          types.set(name, type);
      }
    }
  return types;
}

/** `export type { IDeployment as IIoK8s… }`: the local interface and its global name without the leading I. */
function exportedNames(source) {
  const names = new Map();
  for (const statement of source.statements) {
    if (!ts.isExportDeclaration(statement) || statement.exportClause === undefined) continue;
    for (const element of statement.exportClause.elements) {
      if (element.name.text.startsWith('IIo'))
        names.set((element.propertyName ?? element.name).text, element.name.text.slice(1));
    }
  }
  return names;
}

/** The declared type, and the types written out inside it (StatefulSet's claim templates), which get names of their own. */
function readTypes(alias, statement, id, source, exported) {
  const types = new Map();
  /** @param {string} name @param {string} typeId @param {readonly ts.TypeElement[]} members */
  const readMembers = (name, typeId, members, description) => {
    /** @type {Type} */
    const type = {
      id: typeId,
      isInline: typeId !== id,
      description,
      parents: [],
      properties: {},
      descriptions: {},
      required: [],
      isKind: false,
    };
    types.set(name, type);
    const context = (field) => ({
      exported,
      inline: (literal) => {
        readMembers(`${name}.${field}`, `${typeId}.${field}`, literal.members, '');
        return { type: 'ref', alias: `${name}.${field}` };
      },
    });
    for (const member of members) {
      if (ts.isIndexSignatureDeclaration(member))
        type.node = { type: 'map', items: readNode(member.type, id, context('*')) };
      if (!ts.isPropertySignature(member)) continue;
      const field = member.name.text;
      type.properties[field] = readNode(member.type, `${typeId}.${field}`, context(field));
      type.descriptions[field] = commentOf(member, source);
      if (member.questionToken === undefined) type.required.push(field);
    }
    return type;
  };
  if (ts.isTypeAliasDeclaration(statement)) {
    const type = readMembers(alias, id, [], commentOf(statement, source));
    type.node = readNode(statement.type, id, { exported });
    return types;
  }
  const type = readMembers(alias, id, statement.members, commentOf(statement, source));
  for (const clause of statement.heritageClauses ?? [])
    for (const parent of clause.types) {
      if (parent.expression.text !== 'TypeMeta') type.parents.push(parent.expression.text.replace(/^I/, ''));
    }
  // Only a kind names its own apiVersion and kind; there they are constants, which the id already tells.
  type.isKind = ['apiVersion', 'kind'].every((field) => type.properties[field]?.enum?.length === 1);
  if (type.isKind) for (const field of ['apiVersion', 'kind']) type.properties[field] = { type: 'string' };
  return types;
}

/**
 * @param {{exported: Map<string, string>, inline?: (literal: ts.TypeLiteralNode) => Node}} context the file's own names,
 *   and what reads a type written out in place
 * @returns {Node}
 */
function readNode(node, where, context) {
  switch (node.kind) {
    case ts.SyntaxKind.StringKeyword:
      return { type: 'string' };
    case ts.SyntaxKind.NumberKeyword:
      return { type: 'number' };
    case ts.SyntaxKind.BooleanKeyword:
      return { type: 'boolean' };
    case ts.SyntaxKind.AnyKeyword:
    case ts.SyntaxKind.UnknownKeyword:
    case ts.SyntaxKind.ObjectKeyword:
      return { type: 'any' };
  }
  if (ts.isParenthesizedTypeNode(node)) return readNode(node.type, where, context);
  if (ts.isLiteralTypeNode(node)) return { type: 'string', enum: [node.literal.text] };
  if (ts.isUnionTypeNode(node)) {
    const parts = node.types.map((part) => readNode(part, where, context));
    return parts.every((part) => part.enum !== undefined)
      ? { type: 'string', enum: parts.flatMap((part) => part.enum) }
      : { type: 'union' };
  }
  if (ts.isArrayTypeNode(node)) return { type: 'array', items: readNode(node.elementType, where, context) };
  if (ts.isTypeReferenceNode(node)) {
    const name = node.typeName.text;
    if (name === 'Array') return { type: 'array', items: readNode(node.typeArguments[0], where, context) };
    if (name === 'Record') return { type: 'map', items: readNode(node.typeArguments[1], where, context) };
    return { type: 'ref', alias: context.exported.get(name) ?? name.replace(/^I/, '') };
  }
  if (ts.isTypeLiteralNode(node)) {
    const [member] = node.members;
    if (node.members.length === 1 && ts.isIndexSignatureDeclaration(member))
      return { type: 'map', items: readNode(member.type, where, context) };
    if (node.members.length === 0) return { type: 'any' };
    if (context.inline !== undefined) return context.inline(node);
  }
  throw new Error(`${where}: cannot read the type in its declaration (kind ${ts.SyntaxKind[node.kind]})`);
}

/**
 * The text of the last comment before a declaration, without its stars and the tag that kubernetes-models adds. Not
 * JSDoc's reading: an `@` in a text is no tag.
 */
function commentOf(node, source) {
  const ranges = ts.getLeadingCommentRanges(source.text, node.pos) ?? [];
  const last = ranges.at(-1);
  if (last === undefined) return '';
  const lines = source.text.slice(last.pos + 3, last.end - 2).split('\n');
  return lines
    .map((line) => line.replace(/^\s*\* ?/, ''))
    .join('\n')
    .replaceAll('\\*', '*')
    .replaceAll('*\\/', '*/')
    .replace(/\n@deprecated\s*$/, '')
    .trim();
}
