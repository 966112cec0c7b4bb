// Derives simulator/controllers/workload/data/pod-template-1.36.json from the Go sources of Kubernetes: the structs that a Pod
// template is made of, with their fields in the order of the sources, which is the order in which Go prints them to be hashed.
// Run by hand when the pinned release changes, never in a build:
//
//   node src/openapi/generate/derive-pod-template.mjs KUBERNETES-SOURCE-TREE
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const STAGING = join(process.argv[2], 'staging/src/k8s.io');
const OUT = new URL('../../simulator/controllers/workload/data/pod-template-1.36.json', import.meta.url);

/** Prefix in the sources of core/v1 -> file. Types of meta/v1 are `meta.X` here, as both packages call themselves v1. */
const SOURCES = {
  '': 'api/core/v1/types.go',
  meta: 'apimachinery/pkg/apis/meta/v1/types.go',
};

const structs = new Map();
const names = new Map();
for (const [prefix, file] of Object.entries(SOURCES)) {
  const text = readFileSync(join(STAGING, file), 'utf8').replaceAll(/\/\/.*$/gm, '');
  const here = (type) => qualified(type, prefix === '' ? 'v1' : prefix);
  for (const [, name, body] of text.matchAll(/^type (\w+) struct \{\n(.*?)^\}/gms))
    structs.set(here(name), fieldsOf(body, here));
  for (const [, name, type] of text.matchAll(/^type (\w+) (?!struct|interface|=)(\S+)$/gm))
    names.set(here(name), here(type));
}
names.set('types.UID', 'string');

/** `*Foo` of core/v1 is `*v1.Foo`; `metav1.Time` is `meta.Time`. */
function qualified(type, prefix) {
  return type.replaceAll(/(?<![\w.])([A-Za-z]\w*)(\.\w+)?/g, (word, first, rest) => {
    if (rest !== undefined) return first === 'metav1' ? `meta${rest}` : word;
    return /^[A-Z]/.test(first) ? `${prefix}.${first}` : word;
  });
}

/** [name in Go, name in JSON (`-` for what is inlined), type] */
function fieldsOf(body, here) {
  return [...body.matchAll(/^\t(\w+ +)?(\S+)[ \t]+`([^`]*)`/gm)].map(([, name, type, tags]) => {
    const json = /json:"([^"]*)"/.exec(tags)?.[1] ?? '';
    const [jsonName] = json.split(',');
    return [name?.trim() ?? type.split('.').at(-1), json.includes(',inline') ? '-' : jsonName, here(type)];
  });
}

const PRINT_THEMSELVES = new Set(['meta.Time', 'resource.Quantity', 'intstr.IntOrString', 'meta.FieldsV1']);
const wanted = { structs: {}, names: {} };
collect('v1.PodTemplateSpec');

function collect(type) {
  for (const [name] of type.matchAll(/[a-z]\w*\.\w+/g)) {
    if (PRINT_THEMSELVES.has(name) || name in wanted.structs || name in wanted.names) continue;
    if (structs.has(name)) {
      wanted.structs[name] = structs.get(name);
      for (const [, , of] of structs.get(name)) collect(of);
    } else if (names.has(name)) {
      wanted.names[name] = names.get(name);
      collect(names.get(name));
    } else throw new Error(`unknown type ${name}`);
  }
}

const notice =
  'Taken from the Go sources of Kubernetes 1.36. Copyright The Kubernetes Authors. Licensed under the Apache License, Version 2.0. Written by openapi/generate/derive-pod-template.mjs; do not edit by hand.';
const written = Object.fromEntries(
  Object.entries(wanted.structs).map(([name, fields]) => [name, fields.map((field) => field.join(' ')).join('; ')]),
);
writeFileSync(OUT, `${JSON.stringify({ notice, structs: written, names: wanted.names }, null, 2)}\n`);
