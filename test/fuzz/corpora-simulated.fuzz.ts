import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { applyManifests, settle, whatMoves } from '../../src/workspace/simulation/play/play-steps.ts';
import { EMPTY_DESIGN } from '../../src/design/design.ts';
import { addFiles, designRegistry } from '../../src/design/import.ts';
import { judgeContextOf } from '../../src/design/validity.ts';
import { BUILT_IN_KINDS } from '../../src/kinds/index.ts';
import { readManifest } from '../../src/manifest/read.ts';
import { optionsAskedBy } from '../../src/simulator/asked-options.ts';
import { Cluster } from '../../src/simulator/cluster.ts';
import { preloadKinds } from '../../src/simulator/testing/built-in-kinds.ts';
import { topologyOf } from '../../src/simulator/topology.ts';

/**
 * Every manifest of the corpora runs in a simulated cluster until it settles, or what still moves can be named. Nothing
 * crashes, nothing hangs: a run may take so many milliseconds of wall time and hours of its own.
 */
const CORPORA = join(process.cwd(), '../shared/corpora');
const FOLDERS = ['k8s-website-examples', 'k8s-examples', 'headlamp', 'kwok', 'microservices-demo', 'monokle-core'];
const LONGEST_WALL_MS = 60_000;
const LIMIT_MS = 3 * 3_600_000;

beforeAll(preloadKinds);

describe.skipIf(!existsSync(CORPORA))('manifests of the corpora, simulated', () => {
  for (const folder of existsSync(CORPORA) ? FOLDERS : []) {
    it(
      folder,
      () => {
        const files = readdirSync(join(CORPORA, folder), { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile() && /\.(?:ya?ml|json)$/.test(entry.name))
          .map((entry) => join(entry.parentPath, entry.name))
          .sort();
        const trouble: string[] = [];
        const counts = { runs: 0, settled: 0, moving: 0, refused: 0 };
        for (const file of files) {
          const outcome = simulated(file);
          if (outcome === undefined) continue;
          counts.runs++;
          counts[outcome.moving.length === 0 ? 'settled' : 'moving']++;
          if (outcome.refused > 0) counts.refused++;
          const name = relative(CORPORA, file);
          if (outcome.error !== undefined) trouble.push(`${name}: ${outcome.error}`);
          else if (outcome.wallMs > LONGEST_WALL_MS) trouble.push(`${name}: ${outcome.wallMs} ms`);
          if (outcome.moving.length > 0) console.log(`${name} still moves: ${outcome.moving.join(', ')}`);
        }
        console.log(folder, JSON.stringify(counts));
        expect(trouble).toEqual([]);
      },
      3_600_000,
    );
  }
});

interface Outcome {
  readonly refused: number;
  readonly moving: readonly string[];
  readonly wallMs: number;
  readonly error?: string;
}

function simulated(path: string): Outcome | undefined {
  const design = addFiles(EMPTY_DESIGN, [readManifest(path, readFileSync(path, 'utf8'))], BUILT_IN_KINDS);
  const records = [...design.records.values()];
  if (records.length === 0) return undefined;
  const began = performance.now();
  const since = (): number => Math.round(performance.now() - began);
  try {
    const objects = records.map(({ object }) => object);
    const kinds = judgeContextOf(design, designRegistry(design, BUILT_IN_KINDS));
    const cluster = Cluster.create({ seed: 1, kinds, ...optionsAskedBy(objects), topology: topologyOf(objects) });
    cluster.runUntil(5000);
    const refused = applyManifests(
      cluster,
      records.filter(({ object }) => object.kind !== 'Node'),
      () => undefined,
    );
    const isSettled = settle(cluster, LIMIT_MS, () => {
      if (since() > LONGEST_WALL_MS) throw new Error('does not end');
    });
    return { refused, moving: isSettled ? [] : whatMoves(cluster), wallMs: since() };
  } catch (error) {
    return { refused: 0, moving: [], wallMs: since(), error: String((error as Error).stack).slice(0, 600) };
  }
}
