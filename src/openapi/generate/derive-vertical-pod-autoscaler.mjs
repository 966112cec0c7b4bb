// Derives data/vertical-pod-autoscaler-crds.json: the CRDs of the Vertical Pod Autoscaler, which no package carries.
// Run by hand, never in a build:
//
//   node src/openapi/generate/derive-vertical-pod-autoscaler.mjs AUTOSCALER.git
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';

const PATH = 'vertical-pod-autoscaler/deploy/vpa-v1-crd-gen.yaml';
const dir = process.argv[2];
const commit = execFileSync('git', ['-C', dir, 'rev-parse', '--short=12', 'HEAD'], { encoding: 'utf8' }).trim();
const text = execFileSync('git', ['-C', dir, 'show', `HEAD:${PATH}`], { encoding: 'utf8' });
const crds = parseAllDocuments(text)
  .map((document) => document.toJS())
  .filter((object) => object?.kind === 'CustomResourceDefinition');
const notice = `Taken from ${PATH} of kubernetes/autoscaler at ${commit}. Copyright The Kubernetes Authors. Licensed under the Apache License, Version 2.0. Written by generate/derive-vertical-pod-autoscaler.mjs; do not edit by hand.`;
writeFileSync(
  new URL('../data/vertical-pod-autoscaler-crds.json', import.meta.url),
  `${JSON.stringify({ notice, crds }, undefined, 1)}\n`,
);
