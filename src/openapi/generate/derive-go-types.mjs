// Derives three tables from the Go sources of Kubernetes. data/go-types-1.36.json: the words of a type error that the schema
// cannot tell, namely named scalar types and embedded structs. data/go-json-1.36.json: which fields of a struct are printed
// though nothing is in them, or are left out. And data/protobuf-fields-1.36.json: the numbers of fields in protobuf. Run by
// hand when the pinned release changes, never in a build:
//
//   node src/openapi/generate/derive-go-types.mjs KUBERNETES-SOURCE-TREE
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

const root = process.argv[2];
const STAGING = join(root, 'staging/src/k8s.io');
const FOLDERS = [
  'api',
  'apimachinery/pkg/apis/meta/v1',
  'apiextensions-apiserver/pkg/apis/apiextensions',
  'kube-aggregator/pkg/apis/apiregistration',
];

/** Structs and named types by `group/version.Name`, as the schema spells its type ids. */
const structs = new Map();
/** Structs that print themselves. */
const PRINTS_ITSELF = /\.(?:Time|MicroTime|Quantity|IntOrString|RawExtension|FieldsV1|JSON|Duration)$/;
const scalars = new Set();
/** Import path of a package -> prefix of its type ids. */
const prefixes = new Map([['k8s.io/apimachinery/pkg/apis/meta/v1', 'meta/v1']]);

function goFiles(folder) {
  return readdirSync(join(STAGING, folder), { recursive: true })
    .filter((file) => file.endsWith('.go') && !/_test\.go$|zz_generated|\.pb\.go$|swagger_doc/.test(file))
    .map((file) => join(STAGING, folder, file));
}

const files = FOLDERS.flatMap(goFiles);
for (const file of files) {
  const group = /GroupName\s*=\s*"([^"]*)"/.exec(readFileSync(file, 'utf8'));
  const version = basename(dirname(file));
  if (group === null || !/^v\d/.test(version) || file.includes('meta/v1')) continue;
  const path = `k8s.io/${dirname(file).slice(STAGING.length + 1)}`;
  prefixes.set(path, group[1] === '' ? version : `${group[1]}/${version}`);
}
// apiextensions and apiregistration say their group name once, in the package above.
for (const [path, prefix] of [
  ['k8s.io/apiextensions-apiserver/pkg/apis/apiextensions', 'apiextensions.k8s.io'],
  ['k8s.io/kube-aggregator/pkg/apis/apiregistration', 'apiregistration.k8s.io'],
]) {
  for (const version of ['v1', 'v1beta1']) prefixes.set(`${path}/${version}`, `${prefix}/${version}`);
}

for (const file of files) {
  const prefix = prefixes.get(`k8s.io/${dirname(file).slice(STAGING.length + 1)}`);
  if (prefix !== undefined) readFile(readFileSync(file, 'utf8'), prefix);
}

function readFile(text, prefix) {
  const imports = new Map();
  for (const [, alias, path] of text.matchAll(/^\s*(?:import\s+)?(\w+)?\s*"([\w./-]+)"$/gm))
    imports.set(alias ?? basename(path), path);
  for (const [, name] of text.matchAll(/^type (\w+) (?:(?:\[\])?(?:string|bool|u?int\d*)|\[\]\w+|map\[[^\n]+)$/gm))
    scalars.add(`${prefix}.${name}`);
  for (const [, name, body] of text.matchAll(/^type (\w+) struct \{\n([^]*?)^\}/gm))
    structs.set(`${prefix}.${name}`, fieldsOf(body, prefix, imports));
}

function fieldsOf(body, prefix, imports) {
  const fields = [];
  for (const line of body.split('\n')) {
    const match = /^\s*(?:(\w+)\s+)?([\w.*[\]]+)\s+`[^`]*json:"([^"]*)"/.exec(line);
    if (match === null) continue;
    const [, , type, tag] = match;
    const number = /protobuf:"\w+,(\d+),/.exec(line)?.[1];
    const [json, ...options] = tag.split(',');
    const bare = type.replace(/^\*/, '');
    const id = idOf(bare, prefix, imports);
    if (json === '' && options.includes('inline')) fields.push({ embeds: id, name: bare.replace(/^.*\./, ''), number });
    else if (json !== '' && json !== '-')
      fields.push({ json, type: bare, id, prefix, imports, isPointer: type.startsWith('*'), options, number });
  }
  return fields;
}

/** The type id of a Go type as written in a file of that package. */
function idOf(type, prefix, imports) {
  const bare = type.replace(/^(?:\*|\[\]|map\[[\w.]+\])+/, '');
  const dot = bare.indexOf('.');
  if (dot < 0) return `${prefix}.${bare}`;
  const path = imports.get(bare.slice(0, dot));
  return `${prefixes.get(path) ?? path}.${bare.slice(dot + 1)}`;
}

/** How Go's reflection prints a type: `v1.PullPolicy`, `[]v1.Capability`. */
function printed(type, prefix, imports) {
  return type.replace(/(?:\b(\w+)\.)?\b([A-Z]\w*)\b/g, (_, alias, name) => {
    const at = alias === undefined ? prefix : (prefixes.get(imports.get(alias)) ?? imports.get(alias) ?? alias);
    return `${at.split('/').at(-1)}.${name}`;
  });
}

const types = {};
let count = 0;
function collect(id, path, into) {
  for (const field of structs.get(id) ?? []) {
    if (field.embeds !== undefined) {
      collect(field.embeds, [...path, field.name], into);
      continue;
    }
    const named =
      scalars.has(field.id) ||
      /^(?:\[\]|map\[[\w.]+\])*(?:types\.UID)$/.test(field.type) ||
      /^map\[(?:\w+\.)?[A-Z]\w*\]/.test(field.type) ||
      field.type === '[]JSON';
    const word = named ? printed(field.type, field.prefix, field.imports) : '';
    if (path.length === 0 && word === '') continue;
    into[field.json] = [...path, word].join('>');
    count++;
  }
}
for (const id of [...structs.keys()].sort()) {
  const into = {};
  collect(id, [], into);
  // Every kind embeds TypeMeta, and every list ListMeta beside it.
  for (const field of ['apiVersion', 'kind']) if (into[field] === 'TypeMeta>') delete into[field];
  if (Object.keys(into).length > 0) types[id] = into;
}
const notice =
  'Taken from the Go sources of Kubernetes 1.36. Copyright The Kubernetes Authors. Licensed under the Apache License, Version 2.0. Written by generate/derive-go-types.mjs; do not edit by hand.';
const lines = Object.entries(types).map(([id, entry]) => `    ${JSON.stringify(id)}: ${JSON.stringify(entry)}`);
const text = `{\n  "notice": ${JSON.stringify(notice)},\n  "types": {\n${lines.join(',\n')}\n  }\n}\n`;
writeFileSync(new URL('../data/go-types-1.36.json', import.meta.url), text);
console.log(`${lines.length} types, ${count} fields, ${text.length} bytes, ${gzipSync(text).length} gzipped`);

/**
 * How Go prints a field, where it is not as usual: `k` a pointer to a scalar is kept when it points at zero, `w` written
 * always, `n` written as null when it points at nothing, `z` left out when the struct is zero. As usual: a scalar, list or
 * map is left out when empty (`omitempty`), and so is a pointer to a struct that points at nothing.
 */
function printing({ type, id, isPointer, options }) {
  const omits = options.includes('omitempty');
  const isStruct = !/^(?:\[\]|map)/.test(type) && (structs.has(id) || PRINTS_ITSELF.test(`.${type}`));
  if (isPointer) return omits ? (isStruct ? '' : 'k') : 'n';
  if (options.includes('omitzero')) return 'z';
  return isStruct || !omits ? 'w' : '';
}

const prints = {};
function collectPrinting(id, into) {
  for (const field of structs.get(id) ?? []) {
    if (field.embeds !== undefined) {
      if (!field.embeds.endsWith('.TypeMeta')) collectPrinting(field.embeds, into);
      continue;
    }
    const code = printing(field);
    if (code !== '') (into[code] ??= []).push(field.json);
  }
}
for (const id of [...structs.keys()].sort()) {
  if (/^(?:admission|imagepolicy|internal)\.|List$/.test(id)) continue;
  const into = {};
  collectPrinting(id, into);
  if (Object.keys(into).length > 0)
    prints[id] = Object.fromEntries(Object.entries(into).map(([code, names]) => [code, names.join(' ')]));
}
const printLines = Object.entries(prints).map(([id, entry]) => `    ${JSON.stringify(id)}: ${JSON.stringify(entry)}`);
const printText = `{\n  "notice": ${JSON.stringify(notice)},\n  "types": {\n${printLines.join(',\n')}\n  }\n}\n`;
writeFileSync(new URL('../data/go-json-1.36.json', import.meta.url), printText);
console.log(`${printLines.length} types, ${printText.length} bytes, ${gzipSync(printText).length} gzipped`);

/** Named lists that are messages of their own in protobuf: `type ExtraValue []string`. */
const lists = new Set();
for (const file of files.filter((name) => name.endsWith('/types.go'))) {
  const prefix = prefixes.get(`k8s.io/${dirname(file).slice(STAGING.length + 1)}`);
  const proto = join(dirname(file), 'generated.proto');
  const messages = existsSync(proto) ? readFileSync(proto, 'utf8') : '';
  for (const [, name] of messages.matchAll(
    /^message (\w+) \{\n(?:\s*\/\/[^\n]*\n|\s*\n)*\s*repeated string items = 1;\n\}/gm,
  ))
    lists.add(`${prefix}.${name}`);
}

/** `1 metadata`; `2 >v1.VolumeSource` where the fields of a message are fields of this one; `5 extra*` of named lists. */
function numbered({ number, embeds, json, id }) {
  if (embeds !== undefined) return `${number} >${embeds}`;
  return `${number} ${json}${lists.has(id) ? '*' : ''}`;
}
const numberLines = [...structs.keys()].sort().flatMap((id) => {
  const fields = structs.get(id).filter(({ number }) => number !== undefined);
  if (fields.length === 0 || /^(?:imagepolicy|internal)\./.test(id)) return [];
  return [`    ${JSON.stringify(id)}: ${JSON.stringify(fields.map(numbered).join(','))}`];
});
const numberText = `{\n  "notice": ${JSON.stringify(notice)},\n  "types": {\n${numberLines.join(',\n')}\n  }\n}\n`;
writeFileSync(new URL('../data/protobuf-fields-1.36.json', import.meta.url), numberText);
console.log(`${numberLines.length} messages, ${numberText.length} bytes, ${gzipSync(numberText).length} gzipped`);
