import { beforeAll, describe, expect, it } from 'vitest';
import { Cluster } from '../../simulator/cluster.ts';
import type { LogEntry } from '../../simulator/story/log-entry.ts';
import { logOf } from '../../simulator/story/log-entry.ts';
import { tellSteps } from '../../simulator/story/told-steps.ts';
import { kinds, preloadKinds } from '../../simulator/testing/built-in-kinds.ts';
import { captionOf } from './caption.ts';

let cluster: Cluster;
let first = 0;
let story: readonly LogEntry[];

beforeAll(async () => {
  await preloadKinds();
  cluster = Cluster.create({ seed: 1, kinds });
  cluster.runUntil(5000);
  first = cluster.trace.length + 1;
  const spec = { containers: [{ name: 'web', image: 'nginx:1' }] };
  cluster.kubectl('apply -f web.yaml', {
    'web.yaml': [{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec }],
  });
  cluster.runUntil(20_000);
  cluster.kubectl('delete pod web --wait=false');
  cluster.runUntil(80_000);
  const entries = cluster.trace.after(0);
  const told = new Set<number>();
  tellSteps(entries, 0, first, told);
  story = logOf(entries, told, (seq) => entries[seq - 1]).filter(({ level, seq }) => level === 0 && seq >= first);
});

describe('the story of a Pod', () => {
  it('tells how its row comes into etcd and leaves it', () => {
    const captions = story
      .map((entry) => captionOf(entry))
      .filter(({ params }) => params['fact'] === 'pods/default/web');
    expect(captions[0]!.id).toBe('store');
    expect(captions.at(-1)!.id).toBe('erase');
  });

  it('tells what runtime and network plugin are asked, not their answers', () => {
    const calls = story.filter(({ class: kind }) => kind === 'cri' || kind === 'cni');
    expect(new Set(calls.map((entry) => captionOf(entry).id))).toEqual(
      new Set(['sandbox', 'network', 'pull', 'startContainer', 'stopContainer', 'stopSandbox']),
    );
  });

  it('is the same told piece by piece', () => {
    const entries = cluster.trace.after(0);
    const [whole, pieces] = [new Set<number>(), new Set<number>()];
    tellSteps(entries, 0, first, whole);
    for (let length = 0; length < entries.length; length += 97) {
      const to = Math.min(entries.length, length + 97);
      tellSteps(entries.slice(0, to), length, first, pieces);
    }
    expect([...pieces].sort((a, b) => a - b)).toEqual([...whole].sort((a, b) => a - b));
  });
});
