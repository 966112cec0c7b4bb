import { expect } from 'vitest';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import type { JsonObject } from '../../../base/json.ts';
import { upstreamEach } from '../../../base/testing/upstream-table.ts';
import { namesAndConditions } from './naming.ts';
import upstream from './testdata/naming.json';

interface Case {
  readonly name: string;
  readonly definition: KubernetesObject;
  readonly existing: readonly KubernetesObject[];
  readonly acceptedNames: JsonObject;
  readonly accepted: JsonObject;
  readonly established: JsonObject;
}

const cases = upstream.cases as unknown as readonly Case[];
const source = { area: 'kube-apiserver', file: upstream.source, release: upstream.release } as const;

upstreamEach(source, 'TestSync')(cases.map((one) => [one.name, one] as const))('%s', (_name, one) => {
  const { definition, existing, acceptedNames, accepted, established } = one;
  expect(namesAndConditions(definition, existing)).toEqual({ acceptedNames, accepted, established });
});
