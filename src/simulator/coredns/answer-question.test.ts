import { describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { labelsOf } from '../../apimachinery/object.ts';
import type { JsonObject } from '../../base/json.ts';
import { arrayAt, asName } from '../../base/json.ts';
import { upstreamEach, upstreamLeftOut } from '../../base/testing/upstream-table.ts';
import type { ViewIndex } from '../client/view.ts';
import { View, keyOf } from '../client/view.ts';
import { answerName } from './answer-name.ts';
import type { DnsRecord, DnsType } from './answer-question.ts';
import { answerQuestion } from './answer-question.ts';
import type { DnsRecords } from './look-up.ts';
import upstream from './testdata/handler.json';

interface Case {
  readonly name: string;
  readonly question: string;
  readonly type: DnsType;
  readonly code: string;
  readonly answer: readonly string[];
  readonly extra: readonly string[];
}

const BY_SERVICE: ViewIndex = {
  name: 'service',
  valuesOf: (slice) => [`testns/${labelsOf(slice).get('kubernetes.io/service-name') ?? ''}`],
};
const BY_ADDRESS: ViewIndex = {
  name: 'address',
  valuesOf: (service) => arrayAt(service, 'spec', 'clusterIPs').flatMap((ip) => asName(ip) ?? []),
};

function viewOf(kind: string, bodies: readonly unknown[], indexes: readonly ViewIndex[] = []): View {
  let view = View.empty(indexes);
  for (const [at, body] of bodies.entries()) {
    const object: KubernetesObject = { ...(body as JsonObject), apiVersion: 'v1', kind };
    const { name, namespace } = object['metadata'] as { name: string; namespace?: string };
    view = view.with(at + 1, keyOf(namespace, name), object);
  }
  return view;
}

const records: DnsRecords = {
  namespaces: viewOf('Namespace', [{ metadata: { name: 'testns' } }]),
  services: viewOf('Service', upstream.services, [BY_ADDRESS]),
  slices: viewOf('EndpointSlice', upstream.slices, [BY_SERVICE]),
};

const texts = (found: readonly DnsRecord[]): readonly string[] =>
  found.map(({ name, type, value }) => `${name} ${type} ${value}`).toSorted();

describe('what CoreDNS answers', () => {
  const source = { area: 'network', file: upstream.source, release: upstream.release } as const;
  const cases = upstream.cases as readonly Case[];

  upstreamEach(source, 'TestServeDNS')(cases.map((one) => [one.name, one] as const))('%s', (_name, one) => {
    const reply = answerQuestion(one.question, one.type, records);
    expect({ code: reply.code, answer: texts(reply.answer), extra: texts(reply.extra) }).toEqual({
      code: one.code,
      answer: one.answer.toSorted(),
      extra: one.extra.toSorted(),
    });
  });

  upstreamLeftOut(source, upstream.leftOut);

  it.each([
    ['1.0.0.10.in-addr.arpa', 'svc1.testns.svc.cluster.local', 'the Service of a cluster IP'],
    ['4.0.0.172.in-addr.arpa', 'dup-name.hdls1.testns.svc.cluster.local', 'an endpoint with a host name'],
    ['2.0.0.172.in-addr.arpa', '172-0-0-2.hdls1.testns.svc.cluster.local', 'an endpoint without'],
  ])('%s: %s, %s', (question, value) => {
    expect(answerQuestion(question, 'PTR', records)).toMatchObject({ code: 'NOERROR', answer: [{ value }] });
  });

  it('sends on what it does not know', () => {
    expect(answerQuestion('1.2.3.4.in-addr.arpa', 'PTR', records).code).toBe('FORWARDED');
    expect(answerQuestion('example.com', 'A', records).code).toBe('FORWARDED');
    expect(answerName('external.testns.svc.cluster.local', records)).toEqual({
      code: 'NOERROR',
      addresses: [],
      alias: 'ext.interwebs.test',
    });
  });
});
