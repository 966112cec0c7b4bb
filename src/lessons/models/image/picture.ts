import { shortDigest } from '../digest.ts';
import type { CodeLine, Part, Tone } from '../picture.ts';
import type { BuildStep } from './build.ts';
import type { Image, Layer } from './layers.ts';
import { imageSizeMb, sizeMb } from './layers.ts';
import type { ImageState } from './state.ts';

/** The Dockerfile and its build on the left, the registry in the middle, the nodes with their layers on the right. */
export function imagePicture(state: ImageState): readonly Part[] {
  const { shown, registry, nodes } = state;
  const steps = shown?.build.steps.slice(0, shown.done) ?? [];
  const isWhole = shown !== undefined && shown.done >= shown.build.steps.length;
  const own = isWhole ? shown.build.image?.layers : undefined;
  return [
    {
      id: 'builder',
      role: 'area',
      title: { id: 'builder' },
      flow: 'column',
      parts: [
        { id: 'developer', role: 'person', title: { id: 'developer' } },
        ...(shown === undefined
          ? []
          : [{ id: 'dockerfile', role: 'file', title: 'Dockerfile', code: codeOf(shown.text, steps) } as const]),
        stackOf('building', { id: 'layersBuilt' }, own ?? layersOf(steps)),
      ],
    },
    {
      id: 'registry',
      role: 'area',
      title: { id: 'registry' },
      flow: 'column',
      parts: [
        {
          id: 'registry/bases',
          role: 'image',
          title: { id: 'baseImages' },
          rows: state.context.bases.map((base) => ({ label: base.ref, value: amount(imageSizeMb(base)) })),
        },
        // A layer that two images share is kept once, and drawn once.
        ...registry.flatMap((image, index) =>
          state.context.bases.some(({ ref }) => ref === image.ref)
            ? []
            : [imagePart('registry', image, seenBefore(registry, index))],
        ),
      ],
    },
    {
      id: 'nodes',
      role: 'area',
      title: { id: 'nodes' },
      parts: nodes.map(({ name, images }) => ({
        id: name,
        role: 'server',
        title: name,
        flow: 'column',
        parts: [
          ...state.containers
            .filter(({ node }) => node === name)
            .map(({ name: own, upper, exitCode, said }): Part => ({
              id: own,
              role: 'container',
              title: own,
              note: exitCode === undefined ? `upper: ${amount(sizeMb(upper))}` : `exit ${exitCode}`,
              ...(exitCode !== undefined && { tone: 'bad' }),
              rows: [
                ...Object.entries(upper.files).map(([path, mb]) => ({
                  label: path,
                  value: amount(mb),
                  tone: 'new' as const,
                })),
                ...upper.whiteouts.map((path) => ({ label: path, value: 'whiteout', tone: 'off' as const })),
                ...(said === '' ? [] : [{ label: said, value: '', tone: 'bad' as const }]),
              ],
            })),
          ...images.map((image, index) => imagePart(name, image, seenBefore(images, index))),
        ],
      })),
    },
  ];
}

function layersOf(steps: readonly BuildStep[]): readonly Layer[] {
  const last = steps.findLastIndex(({ result }) => result === 'base');
  return steps.slice(last).flatMap(({ layer }) => layer ?? []);
}

function codeOf(text: string, steps: readonly BuildStep[]): readonly CodeLine[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line, index): CodeLine => {
      const step = steps.find(({ instruction }) => instruction.line === index + 1);
      if (step === undefined) return { text: line };
      const tone: Tone = step.bugs.length > 0 || step.result === 'failed' ? 'bad' : TONES[step.result];
      const words = step.bugs[0] === undefined ? markOf(step) : ({ id: `bug.${step.bugs[0].id}` } as const);
      return { text: line, tone, mark: words };
    });
}

const TONES: Readonly<Record<BuildStep['result'], Tone>> = {
  base: 'good',
  cached: 'good',
  built: 'new',
  metadata: 'off',
  failed: 'bad',
};

function markOf({ result, layer }: BuildStep): NonNullable<CodeLine['mark']> {
  if (result === 'cached') return 'CACHED';
  if (result === 'built') return `+ ${amount(sizeMb(layer!))}`;
  return { id: result === 'base' ? 'markBase' : result === 'metadata' ? 'markMetadata' : 'markFailed' };
}

function seenBefore(images: readonly Image[], index: number): ReadonlySet<string> {
  return new Set(images.slice(0, index).flatMap(({ layers }) => layers.map(({ digest }) => digest)));
}

function imagePart(place: string, image: Image, shared: ReadonlySet<string>): Part {
  return {
    id: `${place}/${image.ref}`,
    role: 'image',
    title: image.ref,
    note: amount(imageSizeMb(image)),
    ...stack(`${place}/${image.ref}`, image.layers, shared),
  };
}

function stackOf(id: string, title: Part['title'], layers: readonly Layer[]): Part {
  return { id, role: 'image', title, note: amount(imageSizeMb({ layers })), ...stack(id, layers, new Set()) };
}

/** The newest layer lies on top; those that something else has already brought are one line. */
function stack(id: string, layers: readonly Layer[], shared: ReadonlySet<string>): Pick<Part, 'flow' | 'parts'> {
  const isShared = ({ digest }: Layer): boolean => shared.has(digest);
  const own = layers.filter((layer) => !isShared(layer));
  const others = layers.filter(isShared);
  return {
    flow: 'column',
    parts: [
      ...own.toReversed().map((layer): Part => ({
        id: `${id}/${layer.digest}`,
        role: 'layer',
        title: shortDigest(layer.digest),
        note: amount(sizeMb(layer)),
      })),
      ...(others.length === 0
        ? []
        : [
            {
              id: `${id}/shared`,
              role: 'layer',
              title: { id: 'sharedLayers', count: others.length },
              note: amount(imageSizeMb({ layers: others })),
              tone: 'off',
            } as const,
          ]),
    ],
  };
}

/** MB, with a decimal below ten. */
function amount(mb: number): string {
  return `${mb >= 10 || Number.isInteger(mb) ? Math.round(mb) : mb.toFixed(1)} MB`;
}
