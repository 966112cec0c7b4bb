import { beforeAll, expect, it } from 'vitest';
import type { LeftOut } from '../../../base/testing/upstream-table.ts';
import { upstreamEach, upstreamLeftOut } from '../../../base/testing/upstream-table.ts';
import { arrayAt, stringAt } from '../../../base/json.ts';
import { nameOf } from '../../../apimachinery/object.ts';
import { preloadKinds } from '../../testing/built-in-kinds.ts';
import { OnePod } from '../testing/one-pod.ts';
import type { ImageGcPolicy, ImageOnDisk, ImageRecord } from './policy.ts';
import { collect, detectImages, evictionOrder, freeSpace, tooOld } from './policy.ts';
import table from './testdata/image-gc.json' with { type: 'json' };

beforeAll(preloadKinds);

interface Step {
  readonly detectMs?: number;
  readonly images?: readonly (ImageOnDisk & { readonly id: string })[];
  readonly inUse?: readonly string[];
  readonly records?: Readonly<Record<string, readonly [number, number]>>;
  readonly freeBytes?: number;
  readonly capacityBytes?: number;
  readonly availableBytes?: number;
  readonly atMs?: number;
  readonly freed?: number;
  readonly left?: number;
  readonly problem?: string;
  readonly oldAtMs?: number;
  readonly beganMs?: number;
  readonly usedMs?: number;
  readonly old?: readonly string[];
}

const NO_POLICY: ImageGcPolicy = { highPercent: 0, lowPercent: 0, minAgeMs: 0, maxAgeMs: 0 };
const source = { area: 'kubelet', file: table.source, release: table.release } as const;

upstreamEach(source)(table.cases)('$name', (one) => {
  const policy: ImageGcPolicy = 'policy' in one ? (one.policy as ImageGcPolicy) : NO_POLICY;
  let records: ReadonlyMap<string, ImageRecord> = new Map();
  let inUse: ReadonlySet<string> = new Set();
  for (const step of one.steps as readonly Step[]) {
    const { images, atMs = 0, capacityBytes, availableBytes = 0, freeBytes } = step;
    if (images !== undefined) {
      inUse = new Set(step.inUse);
      records = detectImages(records, new Map(images.map(({ id, ...image }) => [id, image])), inUse, step.detectMs!);
    }
    const order = evictionOrder(records, inUse);
    if (step.records !== undefined) {
      const known = [...records].map(([id, { firstDetectedMs, lastUsedMs }]) => [id, [firstDetectedMs, lastUsedMs]]);
      expect(Object.fromEntries(known)).toEqual(step.records);
    }
    if (freeBytes !== undefined) {
      const { removed, freedBytes } = freeSpace(order, freeBytes, policy, atMs);
      expect({ freed: freedBytes, left: records.size - removed.length }).toEqual({
        freed: step.freed,
        left: step.left,
      });
    }
    if (capacityBytes !== undefined) {
      const { removed, problem } = collect(order, { capacityBytes, availableBytes }, policy, atMs);
      expect({ left: records.size - removed.length, problem }).toEqual({ left: step.left, problem: step.problem });
    }
    if (step.oldAtMs !== undefined) {
      const used = order.map(
        ([id, record]) => [id, { ...record, lastUsedMs: step.usedMs ?? record.lastUsedMs }] as const,
      );
      expect(tooOld(used, policy, step.oldAtMs, step.beganMs!)).toEqual(step.old);
    }
  }
});

upstreamLeftOut(source, table.leftOut as LeftOut);

it('takes away an image that nobody uses where the disk is nearly full, and tells it of the Node', () => {
  const image = (name: string, sizeBytes: number) => ({ match: { image: name }, image: { sizeBytes } });
  const gibibyte = 2 ** 30;
  const one = new OnePod({ nodeName: 'w1', containers: [{ name: 'c', image: 'big:1' }] }, [
    image('big:1', 50 * gibibyte),
    image('big:2', 40 * gibibyte),
  ]);
  one.run(1200);
  one.delete(1);
  one.run(10).make('q', { nodeName: 'w1', containers: [{ name: 'c', image: 'big:2' }] });
  const images = (): readonly string[] => {
    const node = one.cluster.objects().find((object) => object.kind === 'Node' && nameOf(object) === 'w1');
    return arrayAt(node, 'status', 'images').flatMap((entry) => arrayAt(entry, 'names').map(String));
  };
  one.run(1000);
  expect(stringAt(one.pod('q'), 'status', 'phase')).toBe('Running');
  expect(images().filter((name) => name.includes('big:'))).toEqual(['docker.io/library/big:2']);
  expect(one.trace('cri').filter(({ verb }) => verb === 'RemoveImage').length).toBeGreaterThan(0);
});
