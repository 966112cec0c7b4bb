// Derives src/simulator/storage/snapshot/data/snapshot-crds.json: the CRDs of volume snapshots as an API server has them once
// they are served, without descriptions of fields. Run by hand, never in a build:
//
//   node src/openapi/generate/derive-volume-snapshots.mjs EXTERNAL-SNAPSHOTTER.git v8.6.0
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { parse } from 'yaml';

const [dir, release] = process.argv.slice(2);
const PATH = 'client/config/crd/snapshot.storage.k8s.io_';
const BEGIN = '2026-01-01T00:00:00Z';

/** Descriptions stay where they head the columns of a table. */
function trimmed(value) {
  if (Array.isArray(value)) return value.map(trimmed);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).filter(([key, own]) => key !== 'description' || typeof own !== 'string');
  return Object.fromEntries(entries.map(([key, own]) => [key, trimmed(own)]));
}

function served({ status: _status, ...crd }) {
  const versions = crd.spec.versions.map(({ schema, ...version }) => ({ ...version, schema: trimmed(schema) }));
  const condition = (type, reason, message) => ({ type, status: 'True', lastTransitionTime: BEGIN, reason, message });
  const status = {
    acceptedNames: crd.spec.names,
    conditions: [
      condition('NamesAccepted', 'NoConflicts', 'no conflicts found'),
      condition('Established', 'InitialNamesAccepted', 'the initial names have been accepted'),
    ],
    storedVersions: ['v1'],
  };
  const metadata = { ...crd.metadata, generation: 1 };
  return { ...crd, metadata, spec: { ...crd.spec, conversion: { strategy: 'None' }, versions }, status };
}

const crds = ['volumesnapshotclasses', 'volumesnapshotcontents', 'volumesnapshots'].map((name) =>
  served(parse(execFileSync('git', ['-C', dir, 'show', `${release}:${PATH}${name}.yaml`], { encoding: 'utf8' }))),
);
const notice = `Taken from ${PATH}*.yaml of kubernetes-csi/external-snapshotter at ${release}. Copyright The Kubernetes Authors. Licensed under the Apache License, Version 2.0. Written by src/openapi/generate/derive-volume-snapshots.mjs; do not edit by hand.`;
writeFileSync(
  new URL('../../simulator/storage/snapshot/data/snapshot-crds.json', import.meta.url),
  `${JSON.stringify({ notice, crds }, undefined, 1)}\n`,
);
