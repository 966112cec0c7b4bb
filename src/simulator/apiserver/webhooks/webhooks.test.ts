import { beforeAll, describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import type { JsonObject } from '../../../base/json.ts';
import { objectAt, stringAt, valueAt } from '../../../base/json.ts';
import type { Behaviour, ReviewAnswer } from '../../behaviour/behaviour.ts';
import { Cluster } from '../../cluster.ts';
import type { ApiResponse } from '../../messages.ts';
import { kinds, preloadKinds } from '../../testing/built-in-kinds.ts';
import { topologyOf } from '../../topology.ts';

beforeAll(preloadKinds);

const namespace = 'default';
const CONFIG_MAPS = { group: '', version: 'v1', plural: 'configmaps' };

/** A server of webhooks: a Pod behind a Service, on the port that API servers ask. */
const GUARD: readonly KubernetesObject[] = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'policy' } },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'guard', namespace: 'policy' },
    spec: { selector: { app: 'guard' }, ports: [{ port: 443, targetPort: 8443 }] },
  },
  {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'guard', namespace: 'policy', labels: { app: 'guard' } },
    spec: { containers: [{ name: 'guard', image: 'guard:1', ports: [{ containerPort: 8443 }] }] },
  },
];

function webhook(name: string, given: JsonObject = {}): JsonObject {
  return {
    name,
    clientConfig: { service: { namespace: 'policy', name: 'guard', path: '/ask' } },
    rules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['configmaps'] }],
    sideEffects: 'None',
    admissionReviewVersions: ['v1'],
    ...given,
  };
}

type Kind = 'ValidatingWebhookConfiguration' | 'MutatingWebhookConfiguration';

function configuration(kind: Kind, name: string, ...webhooks: readonly JsonObject[]): KubernetesObject {
  return { apiVersion: 'admissionregistration.k8s.io/v1', kind, metadata: { name }, webhooks };
}

const says = (name: string, ...reviews: readonly ReviewAnswer[]): Behaviour => ({ match: { webhook: name }, reviews });

class Asked {
  readonly cluster: Cluster;

  constructor(objects: readonly KubernetesObject[], behaviours: readonly Behaviour[] = [], nodes?: KubernetesObject) {
    const topology = nodes === undefined ? {} : { topology: topologyOf([nodes]) };
    this.cluster = Cluster.create({ seed: 3, kinds, behaviours, ...topology });
    this.cluster.runUntil(5000);
    this.cluster.kubectl('apply -f all', { all: objects.filter(({ kind }) => !kind.endsWith('Configuration')) });
    this.cluster.runUntil(20_000);
    const token = this.cluster.kubectl('apply -f all', {
      all: objects.filter(({ kind }) => kind.endsWith('Configuration')),
    });
    this.cluster.runUntil(22_000);
    expect(this.cluster.outcomeOf(token)?.exitCode).toBe(0);
  }

  create(name: string, { afterMs = 1000, dryRun = false, labels = {} } = {}): ApiResponse | undefined {
    const body = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, labels }, data: {} };
    const options = dryRun ? { options: { dryRun } } : {};
    const token = this.cluster.request({ verb: 'create', resource: CONFIG_MAPS, namespace, body, ...options });
    this.cluster.runUntil(this.cluster.nowMs + afterMs);
    return this.cluster.answerTo(token);
  }

  posts() {
    return this.cluster.trace
      .after(0)
      .filter(({ detail }) => detail?.['webhook'] !== undefined && detail['url'] !== undefined);
  }
}

const messageOf = (answer: ApiResponse | undefined): unknown => answer?.body?.['message'];

describe('webhooks in a run', () => {
  it('refuse in their own words, warn, and are sent a review on the way of their Service', () => {
    const asked = new Asked(
      [...GUARD, configuration('ValidatingWebhookConfiguration', 'guard', webhook('guard.example.com'))],
      [
        says(
          'guard.example.com',
          { of: { name: 'bad*' }, allowed: false, status: { code: 403, message: 'no bad names' } },
          { warnings: ['looked at it'] },
        ),
      ],
    );
    const good = asked.create('good');
    expect([good?.code, good?.warnings]).toEqual([201, ['looked at it']]);
    const [post] = asked.posts();
    expect(post).toMatchObject({
      to: 'linux/cp-1',
      object: 'ConfigMap/default/good',
      detail: { url: 'https://guard.policy.svc:443/ask?timeout=10s', webhook: 'guard.example.com' },
    });
    // What is reviewed is what is stored.
    expect(stringAt(post!.body, 'request', 'object', 'metadata', 'uid')).toBe(stringAt(good!.body, 'metadata', 'uid'));
    const bad = asked.create('bad-one');
    expect(bad?.code).toBe(403);
    expect(messageOf(bad)).toBe('admission webhook "guard.example.com" denied the request: no bad names');
  });

  it('change what is created one after another, and again where they want to see the changes of others', () => {
    const label = (key: string, value: string) => ({ op: 'add', path: `/metadata/labels/${key}`, value });
    const asked = new Asked(
      [
        ...GUARD,
        configuration(
          'MutatingWebhookConfiguration',
          'a',
          webhook('first.example.com', { reinvocationPolicy: 'IfNeeded' }),
        ),
        configuration('MutatingWebhookConfiguration', 'b', webhook('second.example.com')),
      ],
      [
        says('first.example.com', { patch: [label('one', '1')] }),
        says('second.example.com', { patch: [label('two', '2')] }),
      ],
    );
    const made = asked.create('any', { labels: { own: 'yes' } });
    expect(objectAt(made?.body, 'metadata', 'labels')).toEqual({ own: 'yes', one: '1', two: '2' });
    expect(asked.posts().map(({ detail }) => detail?.['webhook'])).toEqual([
      'first.example.com',
      'second.example.com',
      'first.example.com',
    ]);
    const last = asked.posts().at(-1)!;
    expect(objectAt(last.body, 'request', 'object', 'metadata', 'labels')).toHaveProperty('two', '2');
  });

  it('that are not there refuse in the words of the client, or are passed over', () => {
    const gone = { service: { namespace: 'policy', name: 'nobody' } };
    const asked = new Asked([
      ...GUARD.slice(0, 2),
      configuration(
        'ValidatingWebhookConfiguration',
        'guard',
        webhook('gone.example.com', { clientConfig: gone, objectSelector: { matchLabels: { ask: 'gone' } } }),
        webhook('guard.example.com', { objectSelector: { matchLabels: { ask: 'guard' } } }),
        webhook('open.example.com', { failurePolicy: 'Ignore', objectSelector: { matchLabels: { ask: 'open' } } }),
      ),
    ]);
    const gone1 = asked.create('a', { labels: { ask: 'gone' } });
    expect([gone1?.code, gone1?.body?.['reason']]).toEqual([500, 'InternalError']);
    expect(messageOf(gone1)).toBe(
      'Internal error occurred: failed calling webhook "gone.example.com": failed to call webhook: Post "https://nobody.policy.svc:443?timeout=10s": service "nobody" not found',
    );
    const refused = messageOf(asked.create('b', { labels: { ask: 'guard' } }));
    expect(refused).toMatch(
      /^Internal error occurred: failed calling webhook "guard\.example\.com": failed to call webhook: Post "https:\/\/guard\.policy\.svc:443\/ask\?timeout=10s": dial tcp 10\.\d+\.\d+\.\d+:443: connect: connection refused$/,
    );
    expect(asked.create('c', { labels: { ask: 'open' } })?.code).toBe(201);
    expect(asked.create('d')?.code).toBe(201);
  });

  it('that answer too late are not waited for', () => {
    const asked = new Asked(
      [
        ...GUARD,
        configuration('ValidatingWebhookConfiguration', 'guard', webhook('guard.example.com', { timeoutSeconds: 2 })),
      ],
      [says('guard.example.com', { takesMs: 2500 })],
    );
    expect(asked.create('any', { afterMs: 1900 })).toBeUndefined();
    asked.cluster.runUntil(asked.cluster.nowMs + 200);
    const late = asked.create('other', { afterMs: 2100 });
    expect(messageOf(late)).toBe(
      'Internal error occurred: failed calling webhook "guard.example.com": failed to call webhook: Post "https://guard.policy.svc:443/ask?timeout=2s": context deadline exceeded',
    );
  });

  it('are not asked on a dry run when that has side effects', () => {
    const asked = new Asked([
      ...GUARD,
      configuration(
        'ValidatingWebhookConfiguration',
        'guard',
        webhook('guard.example.com', { sideEffects: 'NoneOnDryRun' }),
      ),
    ]);
    expect(asked.create('any', { dryRun: true })?.code).toBe(201);
    expect(valueAt(asked.posts()[0]!.body, 'request', 'dryRun')).toBe(true);
  });

  it('outside the cluster are asked by their URL, and by endpoints where no kube-proxy runs beside the server', () => {
    const url = 'https://guard.example.org/review';
    const out = new Asked(
      [
        configuration(
          'ValidatingWebhookConfiguration',
          'guard',
          webhook('guard.example.com', { clientConfig: { url } }),
        ),
      ],
      [{ match: { url: 'https://guard.example.org/*' }, reviews: [{ allowed: false }] }],
    );
    expect(messageOf(out.create('any'))).toBe(
      'admission webhook "guard.example.com" denied the request without explanation',
    );
    const node = {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: 'w1' },
      status: { capacity: { cpu: '4', memory: '8Gi', pods: '110' } },
    };
    const alone = new Asked(
      [...GUARD.slice(0, 2), configuration('ValidatingWebhookConfiguration', 'guard', webhook('guard.example.com'))],
      [],
      node,
    );
    expect(messageOf(alone.create('any'))).toContain('no endpoints available for service "guard"');
    alone.cluster.kubectl('apply -f all', { all: GUARD });
    alone.cluster.runUntil(alone.cluster.nowMs + 10_000);
    expect(alone.create('any')?.code).toBe(201);
  });

  it('are asked about connections by the options with which they are opened', () => {
    const asked = new Asked(
      [
        ...GUARD,
        configuration(
          'ValidatingWebhookConfiguration',
          'guard',
          webhook('guard.example.com', {
            rules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CONNECT'], resources: ['pods/*'] }],
          }),
        ),
      ],
      [
        says(
          'guard.example.com',
          { of: { kinds: ['PodPortForwardOptions'] }, warnings: ['a port'] },
          { of: { operations: ['CONNECT'] }, allowed: false, status: { message: 'no shells' }, warnings: ['seen'] },
        ),
      ],
    );
    const run = (line: string): string => {
      const token = asked.cluster.kubectl(line);
      asked.cluster.runUntil(asked.cluster.nowMs + 1000);
      const outcome = asked.cluster.outcomeOf(token);
      return `${outcome?.stdout}${outcome?.stderr}`;
    };
    expect(run('exec -n policy guard -- sh -c id')).toContain(
      'admission webhook "guard.example.com" denied the request: no shells',
    );
    const [post] = asked.posts();
    expect(objectAt(post!.body, 'request')).toMatchObject({
      kind: { group: '', version: 'v1', kind: 'PodExecOptions' },
      resource: { group: '', version: 'v1', resource: 'pods' },
      subResource: 'exec',
      operation: 'CONNECT',
      name: 'guard',
      namespace: 'policy',
      object: { kind: 'PodExecOptions', stdout: true, stderr: true, container: 'guard', command: ['sh', '-c', 'id'] },
      oldObject: null,
    });
    // Logs are read: nothing is connected.
    expect(run('logs -n policy guard')).toBe('');
    expect(asked.posts()).toHaveLength(1);
    const resource = { group: '', version: 'v1', plural: 'pods' };
    const token = asked.cluster.request({
      verb: 'create',
      resource,
      namespace: 'policy',
      name: 'guard',
      subresource: 'portforward',
    });
    asked.cluster.runUntil(asked.cluster.nowMs + 1000);
    expect(asked.cluster.answerTo(token)).toMatchObject({ code: 200, isOpen: true, warnings: ['a port'] });
  });

  it('warn beside a refusal, whoever refuses', () => {
    const asked = new Asked(
      [
        ...GUARD,
        configuration('MutatingWebhookConfiguration', 'a', webhook('first.example.com')),
        configuration('ValidatingWebhookConfiguration', 'b', webhook('second.example.com')),
      ],
      [
        says('first.example.com', { warnings: ['changed nothing'] }),
        says(
          'second.example.com',
          { of: { name: 'no*' }, allowed: false, warnings: ['looked at it'] },
          { warnings: ['looked at it'] },
        ),
      ],
    );
    const refused = asked.create('no');
    expect([refused?.code, refused?.warnings]).toEqual([400, ['changed nothing', 'looked at it']]);
    const invalid = asked.create('Not a name');
    expect([invalid?.code, invalid?.warnings]).toEqual([422, ['changed nothing']]);
    expect(asked.create('twice')?.code).toBe(201);
    const again = asked.create('twice');
    expect([again?.code, again?.warnings]).toEqual([409, ['changed nothing', 'looked at it']]);
    const line = asked.cluster.kubectl('create -f f.yaml', {
      'f.yaml': [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'no', namespace }, data: {} }],
    });
    asked.cluster.runUntil(asked.cluster.nowMs + 1000);
    expect(asked.cluster.outcomeOf(line)?.stderr).toMatch(
      /^Warning: changed nothing\nWarning: looked at it\nError from server/,
    );
  });

  it('give the same run twice, and from a checkpoint in the midst of a call', () => {
    const run = () =>
      new Asked(
        [
          ...GUARD,
          configuration('MutatingWebhookConfiguration', 'a', webhook('first.example.com')),
          configuration('ValidatingWebhookConfiguration', 'b', webhook('second.example.com')),
        ],
        [says('first.example.com', { takesMs: 700, patch: [{ op: 'add', path: '/data', value: { a: 'b' } }] })],
      );
    const [one, other] = [run(), run()];
    one.create('any', { afterMs: 300 });
    const fork = one.cluster.fork();
    fork.runUntil(fork.nowMs + 2000);
    one.cluster.runUntil(one.cluster.nowMs + 2000);
    other.create('any', { afterMs: 2300 });
    expect(fork.trace.digest).toBe(one.cluster.trace.digest);
    expect(other.cluster.trace.digest).toBe(one.cluster.trace.digest);
    expect(one.posts()).toHaveLength(2);
  });
});
