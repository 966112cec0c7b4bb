import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contextOf, designOf } from '../design/testing/design-of.ts';
import type { ReferenceGraph } from '../design/graph.ts';
import { packReferences, unpackReferences } from './packed-references.ts';

const demo = readFileSync(
  join(import.meta.dirname, '../../test/data/microservices-demo/kubernetes-manifests.yaml'),
  'utf8',
);

/** Objects that point at each other in every way a reference can end: a record, nothing, a cluster's own, the outside. */
const PIECES: readonly string[] = [
  'apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {selector: {app: web}, ports: [{port: 80}], externalIPs: [1.2.3.4]}\n',
  'apiVersion: v1\nkind: Pod\nmetadata: {name: a, labels: {app: web}}\nspec: {containers: [{name: a, image: a}], serviceAccountName: default, volumes: [{name: v, configMap: {name: c}}, {name: w, secret: {secretName: s, optional: true}}]}\n',
  'apiVersion: v1\nkind: Pod\nmetadata: {name: b, labels: {app: web}}\nspec: {containers: [{name: a, image: a}], nodeSelector: {disk: ssd}}\n',
  'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n',
  'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n',
  'apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: db}\nspec: {serviceName: web, replicas: 2, volumeClaimTemplates: [{metadata: {name: data}}], template: {metadata: {labels: {app: db}}}}\n',
  'apiVersion: v1\nkind: PersistentVolume\nmetadata: {name: pv}\nspec: {claimRef: {name: data-db-0, namespace: default}, storageClassName: gone}\n',
  'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: n}\nspec: {podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8}}, {podSelector: {matchLabels: {app: web}}}]}]}\n',
];

const plain = ({ references }: ReferenceGraph): unknown => references.map((reference) => ({ ...reference }));

function expectSame(text: string): void {
  const design = designOf(text);
  const { graph, registry } = contextOf(design);
  // The page has its own copies of the objects.
  const page = structuredClone(design);
  const packed = structuredClone(packReferences(graph, design, registry));
  const unpacked = unpackReferences(packed, page, registry);
  for (const id of design.records.keys()) {
    expect(unpacked.outgoing(id)).toEqual(graph.outgoing(id));
    expect(unpacked.incoming(id)).toEqual(graph.incoming(id));
  }
  expect(plain(unpacked)).toEqual(plain(graph));
  expect(unpacked.at(0)).toBe(unpacked.references[0]);
  expect([unpacked.at(-1), unpacked.at(graph.references.length), unpacked.at(0.5)]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect([unpacked.outgoing('none'), unpacked.incoming('none')]).toEqual([[], []]);
}

describe('packed references', () => {
  it('are the references that were packed', () => expectSame(demo));

  it('whatever points at whatever', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }), (pieces) =>
        expectSame(pieces.join('---\n')),
      ),
      { numRuns: 200, seed: 2 },
    );
  });
});
