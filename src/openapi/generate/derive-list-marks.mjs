// Derives data/list-marks-1.36.json from Kubernetes' OpenAPI definitions: what kubernetes-models leaves out. Run by
// hand when the pinned release changes, never in a build:
//
//   node src/openapi/generate/derive-list-marks.mjs DEFINITIONS.json
import { readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { typeIdOfDefinition } from './type-id.mjs';

/** Definition key -> our short word. `format` is there to check what is read from kubernetes-models. */
const MARKS = {
  'x-kubernetes-list-type': 'listType',
  'x-kubernetes-list-map-keys': 'listMapKeys',
  'x-kubernetes-map-type': 'mapType',
  'x-kubernetes-patch-strategy': 'patchStrategy',
  'x-kubernetes-patch-merge-key': 'patchMergeKey',
  format: 'format',
};

/**
 * Defaults that server-side apply needs to tell items of a list apart; the definitions leave them out.
 * Source: `+default=` in kubernetes/api core/v1/types.go at v0.36.0. All other defaults belong to the kinds.
 */
const DEFAULTS = {
  'v1.ContainerPort': { protocol: 'TCP' },
  'v1.ServicePort': { protocol: 'TCP' },
  'v1.LocalObjectReference': { name: '' },
};

function marksOf(definition) {
  const marks = {};
  for (const [key, word] of Object.entries(MARKS)) if (definition[key] !== undefined) marks[word] = definition[key];
  return marks;
}

const { definitions } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const types = {};
let fields = 0;
for (const [name, definition] of Object.entries(definitions).sort()) {
  const entry = {};
  const own = marksOf(definition);
  if (Object.keys(own).length > 0) entry['$'] = own;
  for (const [field, property] of Object.entries(definition.properties ?? {}).sort()) {
    const marks = marksOf(property);
    const byDefault = DEFAULTS[typeIdOfDefinition(name)]?.[field];
    if (byDefault !== undefined) marks.default = byDefault;
    if (Object.keys(marks).length === 0) continue;
    entry[field] = marks;
    fields++;
  }
  if (Object.keys(entry).length > 0) types[typeIdOfDefinition(name)] = entry;
}
const notice =
  'Derived from the OpenAPI definitions of Kubernetes 1.36. Copyright The Kubernetes Authors. Licensed under the Apache License, Version 2.0. Written by generate/derive-list-marks.mjs; do not edit by hand.';
const lines = Object.entries(types).map(([id, entry]) => `    ${JSON.stringify(id)}: ${JSON.stringify(entry)}`);
const text = `{\n  "notice": ${JSON.stringify(notice)},\n  "types": {\n${lines.join(',\n')}\n  }\n}\n`;
writeFileSync(new URL('../data/list-marks-1.36.json', import.meta.url), text);
console.log(
  `${lines.length} types, ${fields} fields, ${text.length} bytes, ${gzipSync(text, { level: 9 }).length} gzipped`,
);
