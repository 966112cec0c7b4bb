// Derives data/optional-types-1.36.json: the types of alpha and beta kinds that kubernetes-models leaves out, from
// Kubernetes' OpenAPI definitions. Run by hand when the pinned release changes, never in a build:
//
//   node src/openapi/generate/derive-optional-types.mjs DEFINITIONS.json
import { readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { readDeclarations } from './read-declarations.mjs';
import { packageRoots } from './package-roots.mjs';
import { typeIdOfDefinition } from './type-id.mjs';

const { definitions } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const declared = new Set([...readDeclarations(packageRoots).values()].map((type) => type.id));
const chosen = new Map();

/** A kind of its own, not a list of them and nothing that all groups share. */
function isKind(name, definition) {
  const kinds = definition['x-kubernetes-group-version-kind'] ?? [];
  return kinds.length === 1 && name.startsWith('io.k8s.api.') && !name.endsWith('List');
}

function choose(name) {
  if (chosen.has(name) || declared.has(typeIdOfDefinition(name))) return;
  const { description, properties = {}, required, ...rest } = definitions[name];
  const kind = isKind(name, rest) ? { kind: true } : {};
  chosen.set(name, {
    ...kind,
    description,
    required,
    properties: Object.fromEntries(Object.entries(properties).map(([field, property]) => [field, trim(property)])),
  });
}

/** Type and text; the marks stand in list-marks-1.36.json. Whatever is referred to is chosen too. */
function trim({ type, format, description, $ref, items, additionalProperties }) {
  const ref = $ref?.slice($ref.lastIndexOf('/') + 1);
  if (ref !== undefined) choose(ref);
  return {
    type,
    format,
    description,
    $ref: ref,
    items: items && trim(items),
    additionalProperties: additionalProperties && trim(additionalProperties),
  };
}

for (const [name, definition] of Object.entries(definitions).sort()) {
  if (isKind(name, definition) && /(?:alpha|beta)\d+\./.test(name)) choose(name);
}
const notice =
  'Taken from the OpenAPI definitions of Kubernetes 1.36. Copyright The Kubernetes Authors. Licensed under the Apache License, Version 2.0. Written by generate/derive-optional-types.mjs; do not edit by hand.';
const lines = [...chosen]
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([name, definition]) => `    ${JSON.stringify(name)}: ${JSON.stringify(definition)}`);
const text = `{\n  "notice": ${JSON.stringify(notice)},\n  "definitions": {\n${lines.join(',\n')}\n  }\n}\n`;
writeFileSync(new URL('../data/optional-types-1.36.json', import.meta.url), text);
console.log(`${lines.length} types, ${text.length} bytes, ${gzipSync(text, { level: 9 }).length} gzipped`);
