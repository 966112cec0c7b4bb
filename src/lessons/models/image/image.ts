import type { ActReader } from '../act-reader.ts';
import { shortDigest } from '../digest.ts';
import type { Model, Stage } from '../model.ts';
import { build as buildImage } from './build.ts';
import type { BuildStep } from './build.ts';
import type { Bug } from './bugs.ts';
import { parseDockerfile } from './dockerfile.ts';
import { readContext } from './read-context.ts';
import { imageDigest, imageSizeMb, layerOf, merged, missingLayers, sizeMb } from './layers.ts';
import type { Image } from './layers.ts';
import { imagePicture } from './picture.ts';
import { digestsIn } from './state.ts';
import type { ImageState, RunningContainer } from './state.ts';

/** What travels takes so long for each MB, in milliseconds. Illustrative: a line of 800 Mbit/s. */
const TRAVEL_MS_PER_MB = 10;
const NOTHING = { layers: 0, mb: 0, wholeMb: 0 };

/** Images: built of layers that are found by their content, sent, and run with a layer of their own. */
export const image: Model<ImageState> = {
  name: 'image',

  begin: (given) => ({
    context: readContext(given),
    dockerfiles: given.textMap('dockerfiles'),
    cache: {},
    shown: undefined,
    built: [],
    registry: given.list('bases').map((base) => readContext(given).bases.find(({ ref }) => ref === base.text('ref'))!),
    nodes: given.texts('nodes').map((name) => ({ name, images: [] })),
    containers: [],
    pushed: NOTHING,
    pulled: NOTHING,
  }),

  acts: { build, edit, push, pull, run, write, remove },

  facts: (state) => {
    const steps = state.shown?.build.steps.slice(0, state.shown.done) ?? [];
    const count = (result: BuildStep['result']): number => steps.filter((step) => step.result === result).length;
    return {
      build: {
        rebuilt: count('built'),
        cached: count('cached'),
        layers: count('built') + count('cached'),
        metadata: count('metadata'),
        rebuiltMb: round(
          steps.filter(({ result }) => result === 'built').reduce((sum, { layer }) => sum + sizeMb(layer!), 0),
        ),
        ms: steps.reduce((sum, { tookMs }) => sum + tookMs, 0),
        bugs: bugsIn(steps).map(({ id }) => id),
        isBroken: count('failed') > 0,
      },
      images: state.built.map((built) => imageFacts(built)),
      registry: state.registry.map((kept) => imageFacts(kept)),
      nodes: state.nodes.map(({ name, images }) => ({ name, layers: digestsIn(images).size })),
      pushed: { ...state.pushed },
      pulled: { ...state.pulled },
      containers: state.containers.map(({ name, upper, exitCode, said }) => ({
        name,
        writtenMb: round(sizeMb(upper)),
        hidden: upper.whiteouts,
        isRunning: exitCode === undefined,
        exitCode: exitCode ?? 0,
        said,
      })),
    };
  },

  picture: imagePicture,
};

function imageFacts(of: Image) {
  return {
    ref: of.ref,
    mb: round(imageSizeMb(of)),
    seenMb: round([...merged(of.layers).values()].reduce((sum, mb) => sum + mb, 0)),
    digest: imageDigest(of),
    layers: of.layers.map((layer) => ({ digest: layer.digest, by: layer.by, mb: round(sizeMb(layer)) })),
  };
}

function bugsIn(steps: readonly BuildStep[]): readonly Bug[] {
  return steps.flatMap(({ bugs }) => bugs);
}

/** MB with one decimal: sums of such sizes stay what they look like. */
export function round(mb: number): number {
  return Math.round(mb * 10) / 10;
}

/** Builds one of the Dockerfiles that the lesson gives, told instruction by instruction. */
function build(stage: Stage<ImageState>, given: ActReader): void {
  const ref = given.text('image');
  const name = given.text('dockerfile');
  const text = stage.state.dockerfiles[name];
  if (text === undefined) throw given.problem('dockerfile', `names none: ${name}`);
  const made = buildImage(ref, parseDockerfile(text), stage.state.context, stage.state.cache);
  stage.tell(
    { from: 'developer', to: 'builder', verb: 'docker build', object: ref },
    { ...stage.state, shown: { text, build: made, done: 0 } },
  );
  for (const [index, { instruction, result, layer, tookMs, bugs }] of made.steps.entries()) {
    const next = { ...stage.state, shown: { text, build: made, done: index + 1 } };
    const detail = {
      line: instruction.line,
      instruction: `${instruction.keyword} ${instruction.rest}`,
      result,
      ...(layer && { digest: shortDigest(layer.digest), mb: round(sizeMb(layer)) }),
      ...(bugs.length > 0 && {
        bugs: bugs.map(({ id, what }) => `${id}: ${what}`).join('; '),
        fails: bugs.map(({ fails }) => fails).join(', '),
      }),
    };
    const kind = result === 'failed' ? { class: 'fault' as const } : {};
    stage.tell(
      { from: 'builder', ...kind, verb: instruction.keyword, object: result, detail, tookMs: Math.max(1, tookMs) },
      next,
    );
  }
  if (made.image === undefined) return;
  const built = [...stage.state.built.filter((one) => one.ref !== ref), made.image];
  const detail = {
    digest: shortDigest(imageDigest(made.image)),
    layers: made.image.layers.length,
    mb: round(imageSizeMb(made.image)),
  };
  stage.tell(
    { from: 'builder', verb: 'exporting image', object: ref, detail },
    { ...stage.state, built, cache: made.cache },
  );
}

/** Somebody changes a file beside the Dockerfile. */
function edit(stage: Stage<ImageState>, given: ActReader): void {
  const [path, version] = [given.text('file'), given.text('version')];
  const { context } = stage.state;
  const file = context.files[path];
  if (file === undefined) throw given.problem('file', `names none: ${path}`);
  const files = { ...context.files, [path]: { ...file, version } };
  stage.tell(
    { from: 'developer', verb: 'edit', object: path, detail: { version } },
    { ...stage.state, context: { ...context, files } },
  );
}

function push(stage: Stage<ImageState>, given: ActReader): void {
  const wanted = imageIn(stage.state.built, given);
  const missing = missingLayers(wanted.layers, digestsIn(stage.state.registry));
  const transfer = transferOf(wanted, missing);
  stage.tell({
    from: 'builder',
    to: 'registry',
    verb: 'HEAD blobs',
    object: wanted.ref,
    detail: { layers: wanted.layers.length },
  });
  for (const layer of missing)
    stage.tell({
      from: 'builder',
      to: 'registry',
      verb: 'PUT blob',
      object: shortDigest(layer.digest),
      detail: { by: layer.by, mb: round(sizeMb(layer)) },
      tookMs: travelMs(sizeMb(layer)),
    });
  stage.tell(
    { from: 'builder', to: 'registry', verb: 'PUT manifest', object: wanted.ref, detail: { ...transfer } },
    {
      ...stage.state,
      registry: [...stage.state.registry.filter(({ ref }) => ref !== wanted.ref), wanted],
      pushed: transfer,
    },
  );
}

function pull(stage: Stage<ImageState>, given: ActReader): void {
  const node = given.text('node');
  const wanted = imageIn(stage.state.registry, given);
  const own = stage.state.nodes.find(({ name }) => name === node);
  if (own === undefined) throw given.problem('node', `names none: ${node}`);
  const missing = missingLayers(wanted.layers, digestsIn(own.images));
  const transfer = transferOf(wanted, missing);
  stage.tell({ from: node, to: 'registry', verb: 'GET manifest', object: wanted.ref });
  for (const layer of missing)
    stage.tell({
      from: 'registry',
      to: node,
      class: 'response',
      verb: 'blob',
      object: shortDigest(layer.digest),
      detail: { by: layer.by, mb: round(sizeMb(layer)) },
      tookMs: travelMs(sizeMb(layer)),
    });
  const images = [...own.images.filter(({ ref }) => ref !== wanted.ref), wanted];
  stage.tell(
    { from: node, verb: 'pulled', object: wanted.ref, detail: { ...transfer } },
    {
      ...stage.state,
      nodes: stage.state.nodes.map((one) => (one.name === node ? { ...one, images } : one)),
      pulled: transfer,
    },
  );
}

/** Starts a container: an empty layer of its own above those of the image. What is wrong with its command shows now. */
function run(stage: Stage<ImageState>, given: ActReader): void {
  const [name, node] = [given.text('name'), given.text('node')];
  const own = stage.state.nodes.find((one) => one.name === node);
  const wanted = imageIn(own?.images ?? [], given);
  const bug = bugsIn(stage.state.shown?.build.steps ?? []).find(({ fails }) => fails === 'start');
  const isOfShown = stage.state.shown?.build.image?.ref === wanted.ref;
  const failure = isOfShown ? bug : undefined;
  const container: RunningContainer = {
    name,
    node,
    image: wanted.ref,
    upper: layerOf(name, {}, [], name),
    exitCode: failure === undefined ? undefined : 1,
    said: failure === undefined ? '' : saidBy(failure),
  };
  stage.tell(
    {
      from: node,
      verb: 'mount overlay',
      object: name,
      detail: { lower: wanted.layers.length, upper: 'empty', workdir: wanted.workdir },
    },
    {
      ...stage.state,
      containers: [
        ...stage.state.containers.filter((one) => one.name !== name),
        { ...container, exitCode: undefined, said: '' },
      ],
    },
  );
  stage.tell({ from: node, verb: 'exec', object: name, detail: { command: JSON.stringify(wanted.entrypoint) } });
  if (failure === undefined) return;
  stage.tell(
    { from: name, class: 'fault', verb: 'exit 1', object: name, detail: { said: container.said } },
    { ...stage.state, containers: [...stage.state.containers.filter((one) => one.name !== name), container] },
  );
}

/** What java says of its arguments. Source: the launcher of OpenJDK 8 and 21. */
function saidBy({ id, what }: Bug): string {
  return id === 'blanksInArgument' ? `Unrecognized option: ${what}` : `Error: Unable to access jarfile ${what}`;
}

/** A container writes into a file: the first time the whole file is copied up from the image. */
function write(stage: Stage<ImageState>, given: ActReader): void {
  const path = given.text('path');
  const { container, lower } = containerOf(stage.state, given);
  const below = merged(lower).get(path);
  const isCopiedUp = below !== undefined && container.upper.files[path] === undefined;
  if (isCopiedUp)
    stage.tell({
      from: container.name,
      verb: 'copy-up',
      object: path,
      detail: { mb: below, from: 'lower', to: 'upper' },
    });
  const files = { ...container.upper.files, [path]: below ?? given.number('mb') };
  stage.tell(
    { from: container.name, verb: 'write', object: path, detail: { layer: 'upper', mb: files[path]! } },
    withUpper(stage.state, container, { files, whiteouts: container.upper.whiteouts.filter((one) => one !== path) }),
  );
}

/** A container removes a file: what the image brought stays where it is, and is hidden. */
function remove(stage: Stage<ImageState>, given: ActReader): void {
  const path = given.text('path');
  const { container, lower } = containerOf(stage.state, given);
  const { [path]: _, ...files } = container.upper.files;
  const isBelow = merged(lower).has(path);
  stage.tell(
    {
      from: container.name,
      verb: isBelow ? 'whiteout' : 'unlink',
      object: path,
      detail: { layer: 'upper', freedMb: isBelow ? 0 : (container.upper.files[path] ?? 0) },
    },
    withUpper(stage.state, container, {
      files,
      whiteouts: isBelow ? [...container.upper.whiteouts, path] : container.upper.whiteouts,
    }),
  );
}

function withUpper(
  state: ImageState,
  container: RunningContainer,
  { files, whiteouts }: Pick<RunningContainer['upper'], 'files' | 'whiteouts'>,
): ImageState {
  const upper = layerOf(container.name, files, whiteouts, container.name);
  return {
    ...state,
    containers: state.containers.map((one) => (one.name === container.name ? { ...one, upper } : one)),
  };
}

function containerOf(state: ImageState, given: ActReader) {
  const container = state.containers.find(({ name }) => name === given.text('name'));
  if (container === undefined) throw given.problem('name', 'names no container');
  const node = state.nodes.find(({ name }) => name === container.node);
  return { container, lower: node?.images.find(({ ref }) => ref === container.image)?.layers ?? [] };
}

function imageIn(images: readonly Image[], given: ActReader): Image {
  const found = images.find(({ ref }) => ref === given.text('image'));
  if (found === undefined) throw given.problem('image', `is not there: ${given.text('image')}`);
  return found;
}

function transferOf(
  wanted: Image,
  missing: Image['layers'],
): { readonly layers: number; readonly mb: number; readonly wholeMb: number } {
  return { layers: missing.length, mb: round(imageSizeMb({ layers: missing })), wholeMb: round(imageSizeMb(wanted)) };
}

function travelMs(mb: number): number {
  return Math.max(1, Math.round(mb * TRAVEL_MS_PER_MB));
}
