import { expect, it } from 'vitest';
import { nameOf } from '../../src/apimachinery/object.ts';
import { stringAt } from '../../src/base/json.ts';
import { BUILT_IN_KINDS } from '../../src/kinds/index.ts';
import { preloadStrategies } from '../../src/kinds/strategies.ts';
import { readManifest } from '../../src/manifest/read.ts';
import { GROUPS_WITH_SCHEMAS, preloadSchemas } from '../../src/openapi/built-in-schemas.ts';
import { EXAM_FAULTS, planExam } from '../../src/workspace/exam/exam-plan.ts';
import type { ExamObject } from '../../src/workspace/exam/exam-plan.ts';
import { examReport } from '../../src/workspace/exam/exam-report.ts';
import type { ExamReport } from '../../src/workspace/exam/exam-report.ts';
import { checkRules } from '../../src/workspace/exam/rule-checks.ts';
import { beginRun } from '../../src/workspace/simulation/begin-run.ts';
import { frameOf } from '../../src/workspace/simulation/frame.ts';
import { readKeptRun } from '../../src/workspace/simulation/keep/kept-run.ts';
import type { Run } from '../../src/workspace/simulation/run.ts';

interface Shop {
  readonly replicas: number;
  readonly probe: boolean;
  readonly secret: boolean;
  readonly spread: boolean;
  readonly database: 'StatefulSet' | 'Deployment';
}

const GOOD: Shop = { replicas: 3, probe: true, secret: false, spread: true, database: 'StatefulSet' };
const BAD: Shop = { replicas: 1, probe: false, secret: true, spread: false, database: 'Deployment' };

const probeOf = (has: boolean, how: string) => (has ? `readinessProbe: {${how}, periodSeconds: 2},` : '');
const HTTP = 'httpGet: {path: /healthz, port: 8080}';
const TCP = 'tcpSocket: {port: 3306}';

function shopText({ replicas, probe, secret, spread, database }: Shop): string {
  const env = secret ? 'env: [{name: DB_PASSWORD, value: hunter2}],' : '';
  const constraint = `{maxSkew: 1, topologyKey: kubernetes.io/hostname, whenUnsatisfiable: ScheduleAnyway, labelSelector: {matchLabels: {app: web}}}`;
  const claims = `volumeClaimTemplates: [{metadata: {name: data}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}],`;
  const isStateful = database === 'StatefulSet';
  return `
apiVersion: v1
kind: Service
metadata: {name: web, namespace: default}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: default}
spec: {replicas: ${replicas}, selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {${
    spread ? `topologySpreadConstraints: [${constraint}],` : ''
  } containers: [{name: web, ${env} ${probeOf(probe, HTTP)} image: "web:1.0", ports: [{containerPort: 8080}]}]}}}
---
apiVersion: apps/v1
kind: ${database}
metadata: {name: db, namespace: default}
spec: {${isStateful ? `serviceName: db, ${claims}` : ''} selector: {matchLabels: {app: db}}, template: {metadata: {labels: {app: db}}, spec: {containers: [{name: db, ${probeOf(probe, TCP)} image: "mysql:8", ports: [{containerPort: 3306}]}]}}}
`;
}

function objectsOf(text: string): readonly ExamObject[] {
  return readManifest('shop.yaml', text).segments.flatMap((segment, document) =>
    segment.type === 'document'
      ? segment.objects.map(({ object }, index) => ({ record: `${document}/${index}`, object }))
      : [],
  );
}

function play(text: string, script: string): Run {
  const kept = readKeptRun(script);
  const files = [{ path: 'shop.yaml', content: new TextEncoder().encode(text) }];
  const { run } = beginRun(files, { seed: kept.script.seed ?? 1, workers: 3, kept }, BUILT_IN_KINDS);
  run.goOn(() => false);
  return run;
}

async function sit(shop: Shop, seed: number): Promise<{ readonly report: ExamReport; readonly run: Run }> {
  await Promise.all([preloadSchemas(GROUPS_WITH_SCHEMAS), preloadStrategies()]);
  const text = shopText(shop);
  const objects = objectsOf(text);
  const plan = planExam(objects, seed)!;
  const before = play(text, plan.script());
  const pods = frameOf(before.at(before.length), new Set()).nodes.flatMap((node) => node.pods);
  const pod = pods.find(({ workload }) => workload === plan.workload)!;
  const service = before
    .at(before.length)
    .objects()
    .find((one) => one.kind === 'Service' && nameOf(one) === 'web');
  const address = stringAt(service, 'spec', 'clusterIP')!;
  const run = play(text, plan.script({ pod: `${pod.namespace}/${pod.name}`, node: pod.node!, address }));
  const series = run.requestsAt(run.length)[0]!.count!.series;
  return { report: examReport(plan, series, objects), run };
}

it('draws the order of its faults from the seed, and wants somebody to use the design', () => {
  const objects = objectsOf(shopText(GOOD));
  const order = (seed: number) => planExam(objects, seed)!.faults.map(({ id }) => id);
  expect(order(1).toSorted()).toEqual(EXAM_FAULTS.toSorted());
  expect(order(1)[0]).toBe('crash');
  expect(order(3)).toEqual(order(3));
  expect(new Set(Array.from({ length: 20 }, (_, seed) => order(seed).join())).size).toBeGreaterThan(5);
  expect(
    planExam(
      objects.filter(({ object }) => object.kind !== 'Service'),
      1,
    ),
  ).toBeUndefined();
});

it('tells which rules a design keeps, and where it breaks one', () => {
  expect(checkRules(objectsOf(shopText(GOOD))).map(({ passed }) => passed)).toEqual([true, true, true, true]);
  const bad = checkRules(objectsOf(shopText(BAD)));
  expect(bad.map(({ passed }) => passed)).toEqual([false, false, false, false]);
  expect(bad.map(({ place }) => place?.path.at(-1))).toEqual(['readinessProbe', 0, 'replicas', 'kind']);
});

it('brings a good design through with more points than a bad one, and everything does happen', async () => {
  const good = await sit(GOOD, 1);
  const bad = await sit(BAD, 1);
  for (const { run } of [good, bad]) {
    const done = run.entries.filter((entry) => entry.class === 'fault').map(({ verb }) => verb);
    expect(done).toEqual(expect.arrayContaining(['container-kill', 'node-failure', 'load-spike']));
    const lines = run.entries.filter(({ verb }) => verb === 'kubectl').map(({ detail }) => String(detail?.['line']));
    expect(lines.filter((line) => /set image|rollout undo|rollout restart/.test(line))).toHaveLength(3);
  }
  const of = ({ report }: { readonly report: ExamReport }, id: string) =>
    report.faults.find((fault) => fault.id === id)!;
  expect(good.report.faults.every(({ sent }) => sent > 200)).toBe(true);
  // A bad release stops at the first Pod that does not become ready; without a probe it gets the users.
  expect(of(good, 'release').failed).toBeLessThan(of(bad, 'release').failed);
  expect(of(bad, 'crash').failed).toBeGreaterThan(0);
  expect(good.report.score.rules).toBe(40);
  expect(good.report.score.total, JSON.stringify([good.report, bad.report])).toBeGreaterThan(
    bad.report.score.total + 30,
  );
});
