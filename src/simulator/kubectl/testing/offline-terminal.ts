import type { KubernetesObject } from '../../../apimachinery/object.ts';
import type { ApiCall, ApiResult } from '../../client/api-client.ts';
import type { Terminal } from '../command.ts';
import { runLine } from '../run-line.ts';

const CONTAINER = { name: 'c', image: 'nginx' };

/** What the server has that a line recorded from kubectl asked: a Deployment, a Pod and a Service, nothing else. */
const THERE: Readonly<Record<string, KubernetesObject>> = {
  'deployments/web': {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'default', labels: { app: 'web', tier: 'x' } },
    spec: {
      replicas: 1,
      selector: { matchLabels: { app: 'web' } },
      template: {
        metadata: { labels: { app: 'web' } },
        spec: { containers: [{ ...CONTAINER, ports: [{ containerPort: 80 }, { containerPort: 443 }] }] },
      },
    },
  },
  'pods/p': {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p', namespace: 'default', labels: { run: 'p' } },
    spec: { containers: [{ ...CONTAINER, ports: [{ containerPort: 53, protocol: 'UDP' }] }] },
  },
  'services/s': {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 's', namespace: 'default', labels: { a: 'b' } },
    spec: { selector: { a: 'b' }, ports: [{ port: 80, targetPort: 8080, protocol: 'TCP' }] },
  },
};

function answer({ resource, name = '' }: ApiCall): ApiResult {
  const object = THERE[`${resource.plural}/${name}`];
  if (object !== undefined) return { ok: true, object, warnings: [] } as unknown as ApiResult;
  const message = `${resource.plural} "${name}" not found`;
  return { ok: false, code: 404, reason: 'NotFound', message } as unknown as ApiResult;
}

/** Runs a line against a server with a few objects, at once. */
export function runOffline(line: string): {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
} {
  let [stdout, stderr] = ['', ''];
  const terminal = {
    call: answer,
    callAll: (calls: readonly ApiCall[]) => calls.map(answer),
    once: <Value>(make: () => Value) => make(),
    now: () => 0,
    out: (text: string) => {
      stdout += text;
    },
    err: (text: string) => {
      stderr += text;
    },
    files: {},
  } as unknown as Terminal;
  const exitCode = runLine(terminal, line);
  return { stdout, stderr, exitCode };
}
