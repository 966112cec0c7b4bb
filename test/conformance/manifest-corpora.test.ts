/**
 * Every file of the corpora whose reading by a real kubectl is on record, object by object, and the bytes of every file of
 * every corpus. The corpora are not part of the product: without them these tests say so and are skipped.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { jsonEqual } from '../../src/base/json.ts';
import { writeManifest } from '../../src/manifest/export.ts';
import type { ManifestFile } from '../../src/manifest/manifest.ts';
import { readManifest } from '../../src/manifest/read.ts';

const root = process.env['DRYDOCK_CORPORA'] ?? resolve(import.meta.dirname, '../../../shared/corpora');
const golden = join(root, 'golden');
const exists = existsSync(golden);

interface Answer {
  readonly file: string;
  readonly objects: readonly Record<string, unknown>[];
  readonly error?: string;
}

function answersOf(corpus: string): readonly Answer[] {
  return gunzipSync(readFileSync(join(golden, `kubectl-parse-${corpus}.ndjson.gz`)))
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Answer);
}

const objectsOf = (file: ManifestFile): unknown[] =>
  file.segments.flatMap((segment) =>
    segment.type === 'document' ? segment.objects.map(({ object }) => asNumbers(object)) : [],
  );

function asNumbers(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_key, part: unknown) => (typeof part === 'bigint' ? Number(part) : part)));
}

/** The recording used `kubectl label`, which leaves an empty metadata where there was none. */
function sameObject(recorded: Record<string, unknown>, read: unknown): boolean {
  if (jsonEqual(recorded, read)) return true;
  return jsonEqual(recorded['metadata'], {}) && jsonEqual(recorded, { ...(read as object), metadata: {} });
}

describe.skipIf(!exists)(`corpora in ${root}`, () => {
  const corpora = exists
    ? readdirSync(golden).flatMap((name) => /^kubectl-parse-(.*)\.ndjson\.gz$/.exec(name)?.[1] ?? [])
    : [];

  it.each(corpora)('%s reads as kubectl reads it', (corpus) => {
    const differences: string[] = [];
    for (const answer of answersOf(corpus)) {
      const file = readManifest(answer.file, readFileSync(join(root, corpus, answer.file)));
      const mine = objectsOf(file);
      if (answer.error !== undefined) {
        if (file.problems.length === 0) differences.push(`${answer.file}: kubectl refuses it, nothing is reported`);
        continue;
      }
      // kubectl prints an object without apiVersion when no server is asked; no server takes it, and here it is reported.
      const wanted = answer.objects.filter(
        (object) => typeof object['apiVersion'] === 'string' && object['apiVersion'] !== '',
      );
      const missing = file.problems.filter(
        ({ id, params }) => id === 'manifest.notAnObject' && params['missing'] === 'apiVersion',
      );
      if (missing.length !== answer.objects.length - wanted.length)
        differences.push(`${answer.file}: without apiVersion`);
      if (mine.length !== wanted.length)
        differences.push(`${answer.file}: ${mine.length} objects, kubectl ${wanted.length}`);
      wanted.forEach((object, index) => {
        if (!sameObject(object, mine[index])) differences.push(`${answer.file}: object ${index}`);
      });
    }
    expect(differences).toEqual([]);
  });

  it('comes back byte for byte', () => {
    let files = 0;
    for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !/\.(?:ya?ml|json|tpl|txt|md)$/.test(entry.name)) continue;
      const path = join(entry.parentPath, entry.name);
      const bytes = readFileSync(path);
      const written = Buffer.from(writeManifest(readManifest(path, bytes), { layout: 'keep' }));
      expect(written.equals(bytes), path).toBe(true);
      files++;
    }
    expect(files).toBeGreaterThan(1000);
  });
});
