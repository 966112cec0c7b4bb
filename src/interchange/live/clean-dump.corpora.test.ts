import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { jsonEqual } from '../../base/json.ts';
import { EMPTY_DESIGN } from '../../design/design.ts';
import { addFiles } from '../../design/import.ts';
import { judgeContextOf, preloadValidity } from '../../design/validity.ts';
import { BUILT_IN_KINDS } from '../../kinds/index.ts';
import { judge } from '../../kinds/judge.ts';
import { readManifest } from '../../manifest/read.ts';
import { cleanDump } from './clean-dump.ts';

const CORPORA = new URL('../../../../shared/corpora', import.meta.url).pathname;

interface StoredObject {
  readonly corpus: string;
  readonly file: string;
  readonly doc: number;
  readonly item: number;
  readonly object?: KubernetesObject;
}

/** Every object that a real API server of 1.20 took, as it stored it: defaults, addresses, managedFields and all. */
function storedObjects(): readonly StoredObject[] {
  return readdirSync(join(CORPORA, 'golden'))
    .filter((name) => name.startsWith('verdicts-'))
    .flatMap((name) =>
      gunzipSync(readFileSync(join(CORPORA, 'golden', name)))
        .toString('utf8')
        .trim()
        .split('\n')
        .map((line) => ({
          ...(JSON.parse(line) as StoredObject),
          corpus: name.slice('verdicts-'.length, -'.ndjson.gz'.length),
        })),
    )
    .filter(({ object }) => object !== undefined);
}

/** Every scalar's path, items of lists alike. */
function leaves(value: unknown, path = ''): readonly string[] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, entry]) => leaves(entry, `${path}/${Array.isArray(value) ? '*' : key}`));
}

/** What the file holds under that name and kind. */
function written({ corpus, file, object }: StoredObject): readonly KubernetesObject[] {
  const path = join(CORPORA, corpus, file);
  if (!existsSync(path)) return [];
  return readManifest(file, readFileSync(path)).segments.flatMap((segment) =>
    segment.type === 'raw'
      ? []
      : segment.objects
          .map((found) => found.object)
          .filter((found) => found.kind === object?.kind && jsonName(found) === jsonName(object)),
  );
}

function jsonName(object: KubernetesObject): string {
  return String((object['metadata'] as { name?: unknown } | undefined)?.name);
}

/** What a cleaned object says and its file does not, with the reason. */
const EXPLAINED: readonly (readonly [RegExp, string])[] = [
  [/\/metadata\/namespace$/, 'a dump says where every object lives'],
  [/^Stage\//, 'defaults of a custom resource whose definition is not in the dump'],
  [
    /^(?:CronJob|ValidatingWebhookConfiguration|HorizontalPodAutoscaler|StorageClass|PodSecurityPolicy)\//,
    'stored in a version that 1.36 does not serve: nobody here knows its defaults',
  ],
  [/\/resources\/requests\//, 'requests that the server took from the limits: what is planned with stays'],
  [
    /^ReplicationController\/(?:metadata\/labels|spec\/selector)\//,
    'taken from the labels of the template: how objects find each other stays',
  ],
  [/\/serviceAccountName$/, 'written as serviceAccount'],
  [/^Secret\/data\//, 'written as stringData'],
  [/\/resourceFieldRef\/divisor$/, 'how Go prints a quantity that nobody gave'],
  [/\/azureFile\/secretNamespace$/, 'written as null'],
];

describe.runIf(existsSync(CORPORA))('what a real API server stored, cleaned', () => {
  it('means the same to the server, and says nothing that nobody wrote', async () => {
    const stored = storedObjects();
    let cleanedCount = 0;
    let foundCount = 0;
    const different: string[] = [];
    const invented: string[] = [];
    for (const one of stored) {
      const files = [readManifest('dump.json', JSON.stringify(one.object))];
      const { objects, notes } = await cleanDump(files, BUILT_IN_KINDS);
      const [found] = objects;
      if (!found) {
        expect(notes[0]?.id).toMatch(/^live\.madeBy/);
        continue;
      }
      cleanedCount++;
      const [half] = (await cleanDump(files, BUILT_IN_KINDS, { defaults: 'keep' })).objects;
      const design = addFiles(EMPTY_DESIGN, files, BUILT_IN_KINDS);
      await preloadValidity(design, BUILT_IN_KINDS);
      const context = judgeContextOf(design, BUILT_IN_KINDS);
      if (!jsonEqual(judge(found.object, context), judge(half!.object, context)))
        different.push(`${one.corpus}/${one.file} ${found.identity}`);
      const originals = written(one);
      if (originals.length === 0) continue;
      foundCount++;
      const said = new Set(originals.flatMap((original) => leaves(original)));
      for (const leaf of leaves(found.object)) if (!said.has(leaf)) invented.push(`${found.object.kind}${leaf}`);
    }
    expect({ stored: stored.length, cleaned: cleanedCount, found: foundCount }).toEqual({
      stored: 934,
      cleaned: 932,
      found: 932,
    });
    const unexplained = invented.filter((leaf) => !EXPLAINED.some(([pattern]) => pattern.test(leaf)));
    expect(unexplained).toEqual([]);
    expect(different).toEqual([]);
  });
});
