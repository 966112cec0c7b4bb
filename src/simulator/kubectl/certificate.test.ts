import { beforeAll, expect, it } from 'vitest';
import { upstreamEach, upstreamLeftOut } from '../../base/testing/upstream-table.ts';
import { pathOf } from '../client/api-client.ts';
import type { ApiCall, ApiResult } from '../client/api-client.ts';
import { Cluster } from '../cluster.ts';
import { requestPem } from '../controllers/certificates/testing/request-pem.ts';
import { kinds, preloadKinds } from '../testing/built-in-kinds.ts';
import type { Terminal } from './command.ts';
import { runLine } from './run-line.ts';
import table from './testdata/certificate.json' with { type: 'json' };
import { shellOf } from './testing/shell.ts';

beforeAll(preloadKinds);

const METHODS: Readonly<Record<string, string>> = { get: 'GET', update: 'PUT' };
const source = { area: 'kubectl', file: table.source, release: table.release } as const;

function played(line: string) {
  let [stdout, stderr] = ['', ''];
  const calls: string[] = [];
  const terminal = {
    call: (call: ApiCall): ApiResult => {
      calls.push(`${METHODS[call.verb]} ${pathOf(call)}`);
      const type = { approved: 'Approved', denied: 'Denied' }[call.name ?? ''];
      const conditions = type === undefined ? [] : [{ type, status: 'True' }];
      const object = {
        apiVersion: 'certificates.k8s.io/v1',
        kind: 'CertificateSigningRequest',
        metadata: { name: call.name ?? '' },
        status: { conditions },
      };
      return { ok: true, code: 200, object, warnings: [] };
    },
    now: () => 0,
    out: (text: string) => void (stdout += text),
    err: (text: string) => void (stderr += text),
    files: {},
    kinds,
  } as unknown as Terminal;
  return { exitCode: runLine(terminal, line), calls, stdout, stderr };
}

upstreamEach(source)(table.cases)('$name', (one) => {
  const { exitCode, calls, stdout, stderr } = played(one.line);
  expect(calls).toEqual(one.calls);
  expect(stdout).toContain(one.stdout ?? '');
  expect(stderr).toContain(one.stderr ?? '');
  expect(exitCode).toBe(one.fails ? 1 : 0);
});

upstreamLeftOut(source, table.leftOut);

it('lets a request be signed once it is approved, and approves what a kubelet asks for by itself', () => {
  const cluster = Cluster.create({ seed: 5, kinds });
  const run = shellOf(cluster);
  const csr = (name: string, signerName: string, commonName: string, organizations: readonly string[]) => ({
    apiVersion: 'certificates.k8s.io/v1',
    kind: 'CertificateSigningRequest',
    metadata: { name },
    spec: { signerName, usages: ['client auth'], request: requestPem({ commonName, organizations }) },
  });
  run('apply -f jane.yaml', { 'jane.yaml': [csr('jane', 'kubernetes.io/kube-apiserver-client', 'jane', ['dev'])] });
  expect(run('get csr').stdout).toMatch(
    /^jane +\S+ +kubernetes.io\/kube-apiserver-client +kubernetes-admin +<none> +Pending$/m,
  );
  expect(run('certificate approve jane')).toEqual({
    stdout: 'certificatesigningrequest.certificates.k8s.io/jane approved\n',
    stderr: '',
    exitCode: 0,
  });
  expect(run('get csr jane').stdout).toContain('Approved,Issued');
  expect(atob(run('get csr jane -o jsonpath={.status.certificate}').stdout)).toMatch(
    /^-----BEGIN CERTIFICATE-----\nMII/,
  );
  const kubelet = csr('node', 'kubernetes.io/kube-apiserver-client-kubelet', 'system:node:w9', ['system:nodes']);
  const spec = { ...kubelet.spec, usages: ['client auth', 'digital signature'] };
  run(
    'create clusterrolebinding auto --clusterrole=system:certificates.k8s.io:certificatesigningrequests:nodeclient --group=system:masters',
  );
  run('apply -f node.yaml', { 'node.yaml': [{ ...kubelet, spec }] });
  expect(run('get csr node').stdout).toContain('Approved,Issued');
  expect(run('certificate deny jane').stderr).toBe('error: certificate signing request "jane" is already Approved\n');
});
