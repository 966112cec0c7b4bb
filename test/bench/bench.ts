import { existsSync, readFileSync } from 'node:fs';
import { Worker, isMainThread } from 'node:worker_threads';
import { loadAll } from 'js-yaml';
import { parseAllDocuments } from 'yaml';
import { EMPTY_DESIGN } from '../../src/design/design.ts';
import type { Design } from '../../src/design/design.ts';
import { editFields, isRefused } from '../../src/design/edit-segment.ts';
import { addFiles, designRegistry } from '../../src/design/import.ts';
import { findLints } from '../../src/design/lints/find-lints.ts';
import { resolveReferences } from '../../src/design/resolve-references.ts';
import { BUILT_IN_KINDS } from '../../src/kinds/index.ts';
import { readManifest } from '../../src/manifest/read.ts';
import { generatedManifests } from './generated-manifests.ts';
import { mainThreadTable } from './main-thread.ts';
import { measure, retainedBytes, table } from './measure.ts';
import type { Figure } from './measure.ts';

/**
 * Figures of the path from text to picture, each beside a named rival on the same text. The rivals only parse; Drydock
 * parses, keeps positions, makes records and resolves every reference. Everything runs in a worker thread, as in the page.
 */
function importOf(text: string): Design {
  return addFiles(EMPTY_DESIGN, [readManifest('bench.yaml', text)], BUILT_IN_KINDS);
}

function importAndResolve(text: string): unknown {
  const design = importOf(text);
  return { design, graph: resolveReferences(design, designRegistry(design, BUILT_IN_KINDS)) };
}

/** Changes one number in one record in the middle, again and again. */
function editOne(design: Design): () => unknown {
  const registry = designRegistry(design, BUILT_IN_KINDS);
  const ids = [...design.records.keys()];
  const start = Math.floor(ids.length / 2);
  const id = ids.slice(start).find((candidate) => design.records.get(candidate)!.object.kind === 'Deployment')!;
  let replicas = 3;
  return () => {
    const next = editFields(design, registry, design.records.get(id)!, [
      { op: 'set', path: ['spec', 'replicas'], value: ++replicas },
    ]);
    if (isRefused(next)) throw new Error(next.refused);
    return next;
  };
}

/** The lints that are on by default, and all that there are, on a design whose references are resolved. */
function lintFigures(design: Design, runs: number): readonly string[] {
  const registry = designRegistry(design, BUILT_IN_KINDS);
  const context = { design, registry, graph: resolveReferences(design, registry) };
  const usual = measure(() => findLints(context), runs);
  return [ms(usual), ms(measure(() => findLints(context, { on: ['all'], off: [] }), runs))];
}

const ms = ({ medianMs, minMs, maxMs }: Figure): string =>
  `${medianMs.toFixed(1)} (${minMs.toFixed(1)}–${maxMs.toFixed(1)})`;
const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);

function run(): void {
  const rows: string[][] = [
    [
      'input',
      'objects',
      'MB',
      'read ms',
      'read+references ms',
      'MB/s',
      'µs/object',
      'heap MB',
      'yaml ms',
      'ratio',
      'js-yaml ms',
      'ratio',
      'edit ms',
      'lints ms',
      'all lints ms',
    ],
  ];
  const perObject: number[] = [];
  for (const { name, text, runs, rivalRuns } of inputs()) {
    const bytes = Buffer.byteLength(text);
    const design = importOf(text);
    const objects = design.records.size;
    const read = measure(() => readManifest('bench.yaml', text), runs);
    const whole = measure(() => importAndResolve(text), runs);
    const yaml = measure(
      () => parseAllDocuments(text).map((document) => ('toJS' in document ? document.toJS() : undefined)),
      rivalRuns,
    );
    const jsYaml = measure(() => loadAll(text), runs);
    const edit = measure(editOne(design), 20);
    perObject.push((whole.medianMs * 1000) / objects);
    rows.push([
      name,
      String(objects),
      megabytes(bytes),
      ms(read),
      ms(whole),
      (bytes / 1e3 / whole.medianMs).toFixed(1),
      perObject.at(-1)!.toFixed(0),
      megabytes(retainedBytes(() => importAndResolve(text))),
      ms(yaml),
      `${(yaml.medianMs / whole.medianMs).toFixed(1)}×`,
      ms(jsYaml),
      `${(jsYaml.medianMs / whole.medianMs).toFixed(1)}×`,
      ms(edit),
      ...lintFigures(design, runs),
    ]);
  }
  console.log(
    'Import and references, in a worker thread. Rivals parse the same text and do nothing else: yaml 2.9, js-yaml 5.5.',
  );
  console.log(table(rows));
  console.log(
    `cost per object, 10,000 to 1,000 objects: ${(perObject.at(-1)! / perObject.at(-2)!).toFixed(2)} (aim: at most 1.3)`,
  );
  console.log(`peak memory of the process: ${megabytes(process.resourceUsage().maxRSS * 1024)} MB`);
}

interface Input {
  readonly name: string;
  readonly text: string;
  readonly runs: number;
  readonly rivalRuns: number;
}

function inputs(): readonly Input[] {
  const demo = new URL('../../test/data/microservices-demo/kubernetes-manifests.yaml', import.meta.url);
  const real: Input[] = existsSync(demo)
    ? [{ name: 'microservices-demo', text: readFileSync(demo, 'utf8'), runs: 20, rivalRuns: 10 }]
    : [];
  return [
    ...real,
    { name: 'generated', text: generatedManifests(1_000), runs: 9, rivalRuns: 3 },
    { name: 'generated', text: generatedManifests(10_000), runs: 5, rivalRuns: 1 },
  ];
}

if (isMainThread) new Worker(new URL(import.meta.url), { execArgv: [] });
else {
  run();
  console.log(await mainThreadTable(10_000));
}
