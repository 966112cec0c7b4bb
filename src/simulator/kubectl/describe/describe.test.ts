import { describe, expect, it } from 'vitest';
import { groupVersionKindOf } from '../../../apimachinery/group-version-kind.ts';
import { nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import { selectsObject } from '../../../apimachinery/label-selector.ts';
import { parseLabelSelectorString } from '../../../apimachinery/label-selector-string.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { upstreamEach, upstreamLeftOut } from '../../../base/testing/upstream-table.ts';
import { servedNamed } from '../resources.ts';
import type { DescribeContext } from './describer.ts';
import { describeObject } from './describers.ts';
import { labelFor } from './generic.ts';
import { aligned } from './tab-writer.ts';
import upstream from './testdata/describe.json';

interface Case {
  readonly name: string;
  readonly describer: string;
  readonly namespace: string;
  readonly object: string;
  readonly showEvents: boolean;
  readonly nowMs: number;
  readonly objects: readonly KubernetesObject[];
  readonly output: readonly string[];
}

/** Upstream's fake clients answer lists by kind, namespace and labels, and pay no heed to fields. */
function contextOf({ objects, showEvents, nowMs, namespace: place, describer }: Case): DescribeContext {
  const ofKind = (resource: string): readonly KubernetesObject[] =>
    objects.filter(({ kind }) => kind === servedNamed(resource).kind);
  return {
    nowMs,
    get(resource, namespace, name) {
      const found = ofKind(resource).find(
        (one) => nameOf(one) === name && (namespaceOf(one) ?? '') === (namespace ?? ''),
      );
      return found ?? { error: `${servedNamed(resource).qualified} ${JSON.stringify(name)} not found` };
    },
    list({ resource, namespace, labelSelector }) {
      const selector = parseLabelSelectorString(labelSelector ?? '');
      return ofKind(resource).filter(
        (one) => (namespace === undefined || (namespaceOf(one) ?? '') === namespace) && selectsObject(selector, one),
      );
    },
    events() {
      const own = ofKind('events').filter(
        (event) => place === '' || describer === 'Node' || (namespaceOf(event) ?? '') === place,
      );
      // A Node's Events are searched by its uid and by its name; the fake client finds all both times.
      return showEvents ? (describer === 'Node' ? [...own, ...own] : own) : undefined;
    },
  };
}

function kindOf(describer: string): string {
  return describer === 'LeaseDescriber' ? 'Lease' : describer;
}

const source = { area: 'kubectl', file: upstream.source, release: upstream.release } as const;
const all = upstream.cases as unknown as readonly Case[];
const cases = all.filter(
  ({ describer, objects }) =>
    describer !== 'CertificateSigningRequest' && !objects.some(({ apiVersion }) => apiVersion === 'autoscaling/v1'),
);

describe('what kubectl describe says', () => {
  upstreamEach(source)(cases.map((one) => [one.name, one] as const))('%s', (_name, one) => {
    const object = one.objects.find(
      (candidate) => candidate.kind === kindOf(one.describer) && nameOf(candidate) === one.object,
    )!;
    expect(describeObject(groupVersionKindOf(object), object, contextOf(one)).split('\n')).toEqual(one.output);
  });

  upstreamLeftOut(source, {
    TestCertificateSigningRequestDescriber: 'needs the reading of X.509 requests, which nothing else here does',
    'TestDescribeHorizontalPodAutoscaler, autoscaling/v1': {
      count: all.filter(({ objects }) => objects.some(({ apiVersion }) => apiVersion === 'autoscaling/v1')).length,
      reason: 'kubectl asks for autoscaling/v2 first, and a server of 1.36 always has it',
    },
  });
});

describe('names of fields', () => {
  upstreamEach(
    source,
    'TestSmartLabelFor',
  )([
    ['simpleField', 'Simple Field'],
    ['respectPDBs', 'Respect PDBs'],
    ['respectPDB', 'Respect PDB'],
    ['apiURL', 'API URL'],
    ['kubeAPI', 'Kube API'],
    ['userUID', 'User UID'],
    ['HTTPSProxy', 'HTTPSProxy'],
    ['customCRDs', 'Custom CRDs'],
  ])('%s', (field, label) => {
    expect(labelFor(field)).toBe(label);
  });
});

it('aligns blocks of columns one under the other', () => {
  expect(aligned('a\tb\tc\nlonger\tx\n\nalone\nq\tr\n')).toBe('a       b  c\nlonger  x\n\nalone\nq  r\n');
});
