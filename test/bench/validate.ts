import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Deployment } from 'kubernetes-models/apps/v1/Deployment';
import { HorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2/HorizontalPodAutoscaler';
import { ConfigMap } from 'kubernetes-models/v1/ConfigMap';
import { Service } from 'kubernetes-models/v1/Service';
import type { KubernetesObject } from '../../src/apimachinery/object.ts';
import { EMPTY_DESIGN } from '../../src/design/design.ts';
import type { Design } from '../../src/design/design.ts';
import { editFields, isRefused } from '../../src/design/edit-segment.ts';
import { addFiles, designRegistry } from '../../src/design/import.ts';
import { findRefusals, judgeContextOf, preloadValidity } from '../../src/design/validity.ts';
import { BUILT_IN_KINDS } from '../../src/kinds/index.ts';
import { judge } from '../../src/kinds/judge.ts';
import { readManifest } from '../../src/manifest/read.ts';
import type { ManifestFile } from '../../src/manifest/manifest.ts';
import { generatedManifests } from './generated-manifests.ts';
import { printKeystrokes } from './keystrokes.ts';
import { measure, table } from './measure.ts';
import type { Figure } from './measure.ts';

/**
 * How fast objects are judged: alone, with reading their text, and as a cold command. The rival is the compiled validators
 * of kubernetes-models, which know structure only: no default, no rule between fields, no word of the server's.
 */
interface Input {
  readonly name: string;
  readonly files: readonly { readonly path: string; readonly text: string }[];
  readonly runs: number;
}

const CORPORA = join(process.cwd(), '../shared/corpora');
const DEMO = join(process.cwd(), 'test/data/microservices-demo/kubernetes-manifests.yaml');

function inputs(): readonly Input[] {
  const folders = existsSync(CORPORA)
    ? ['k8s-website-examples', 'k8s-examples', 'headlamp', 'kwok', 'microservices-demo', 'monokle-core']
    : [];
  return [
    ...folders.map((name) => ({ name, files: filesIn(join(CORPORA, name)), runs: 7 })),
    {
      name: 'microservices-demo, one file',
      files: [{ path: 'demo.yaml', text: readFileSync(DEMO, 'utf8') }],
      runs: 20,
    },
    ...[1_000, 10_000].map((count) => ({
      name: `generated ${count}`,
      files: [{ path: 'generated.yaml', text: generatedManifests(count) }],
      runs: 5,
    })),
  ];
}

function filesIn(folder: string): Input['files'] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:ya?ml|json)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path, text: readFileSync(path, 'utf8') }));
}

const read = ({ files }: Input): readonly ManifestFile[] => files.map(({ path, text }) => readManifest(path, text));
const designOf = (input: Input): Design => addFiles(EMPTY_DESIGN, read(input), BUILT_IN_KINDS);

const MODELS: Readonly<Record<string, new (object: never) => { validate(): void }>> = {
  'apps/v1 Deployment': Deployment,
  'autoscaling/v2 HorizontalPodAutoscaler': HorizontalPodAutoscaler,
  'v1 ConfigMap': ConfigMap,
  'v1 Service': Service,
};

/** The rival's verdicts on the kinds of the generated manifests. */
function rival(objects: readonly KubernetesObject[]): number {
  let refused = 0;
  for (const object of objects) {
    const Model = MODELS[`${object.apiVersion} ${object.kind}`];
    if (Model === undefined) continue;
    try {
      new Model(object as never).validate();
    } catch {
      refused++;
    }
  }
  return refused;
}

const ms = ({ medianMs, minMs, maxMs }: Figure): string =>
  `${medianMs.toFixed(1)} (${minMs.toFixed(1)}–${maxMs.toFixed(1)})`;

async function run(): Promise<void> {
  const rows = [['input', 'objects', 'MB', 'judge ms', 'objects/s', 'read+judge ms', 'MB/s', 'rival ms', 'ratio']];
  let large: Design = EMPTY_DESIGN;
  for (const input of inputs()) {
    const bytes = input.files.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
    const design = designOf(input);
    const registry = designRegistry(design, BUILT_IN_KINDS);
    await preloadValidity(design, registry);
    const context = judgeContextOf(design, registry);
    const objects = [...design.records.values()].map(({ object }) => object);
    const alone = measure(() => objects.map((object) => judge(object, context)), input.runs);
    const whole = measure(() => findRefusals(designOf(input), registry), input.runs);
    const isGenerated = input.name.startsWith('generated');
    const models = isGenerated ? measure(() => rival(objects), input.runs) : undefined;
    if (objects.length === 1_000) large = design;
    rows.push([
      input.name,
      String(objects.length),
      (bytes / 1e6).toFixed(2),
      ms(alone),
      ((objects.length * 1000) / alone.medianMs).toFixed(0),
      ms(whole),
      (bytes / 1e3 / whole.medianMs).toFixed(1),
      models === undefined ? '' : ms(models),
      models === undefined ? '' : `${(alone.medianMs / models.medianMs).toFixed(2)}×`,
    ]);
  }
  console.log(
    'Verdicts. The rival is kubernetes-models 5.1 on parsed objects: structure only; the ratio is ours to theirs.',
  );
  console.log(table(rows));
  console.log(`one keystroke at 1,000 objects: ${ms(measure(keystroke(large), 20))} ms (aim: below 10)`);
  await printKeystrokes(large);
  coldStart();
}

/** Designs that differ in one field of one object from the one before. */
function keystrokes(design: Design): () => Design {
  const registry = designRegistry(design, BUILT_IN_KINDS);
  const record = [...design.records.values()].find(({ object }) => object.kind === 'Deployment')!;
  let replicas = 3;
  let current = design;
  return () => {
    const next = editFields(current, registry, current.records.get(record.id)!, [
      { op: 'set', path: ['spec', 'replicas'], value: ++replicas },
    ]);
    if (isRefused(next)) throw new Error(next.refused);
    return (current = next);
  };
}

/** One field of one object changes; what did not change is not judged again. */
function keystroke(design: Design): () => unknown {
  const registry = designRegistry(design, BUILT_IN_KINDS);
  const edit = keystrokes(design);
  findRefusals(design, registry);
  return () => findRefusals(edit(), registry);
}

/** The built command from start to end, as a pre-commit hook runs it. */
function coldStart(): void {
  const command = join(process.cwd(), 'dist/cli/drydock.mjs');
  if (!existsSync(command)) {
    console.log('cold start: dist/cli/drydock.mjs is not built');
    return;
  }
  const start = (path: string, input?: string): Figure =>
    measure(() => spawnSync(process.execPath, [command, 'validate', path], { input, maxBuffer: 1 << 28 }), 5);
  console.log(`cold start, 35 objects: ${ms(start(DEMO))} ms`);
  const text = generatedManifests(10_000);
  const figure = start('-', text);
  console.log(
    `cold start, 10,000 objects, ${(Buffer.byteLength(text) / 1e6).toFixed(1)} MB: ${ms(figure)} ms (aim: below 4,000)`,
  );
}

/** `--keystrokes`: nothing but what a keystroke costs. */
if (process.argv.includes('--keystrokes'))
  await printKeystrokes(designOf(inputs().find(({ name }) => name === 'generated 1000')!));
else await run();
