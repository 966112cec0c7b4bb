import { shortDigest } from '../digest.ts';
import type { Part, Row, Tone } from '../picture.ts';
import { PIPELINE_STAGES, digestOfPackages, digestsOf, imageOf } from './state.ts';
import type { Packages, ServersState } from './state.ts';

/** Servers kept by hand on the left, those of an image on the right, each with the digest of what is installed. */
export function serversPicture(state: ServersState): readonly Part[] {
  const digests = digestsOf(state);
  return [
    {
      id: 'by-hand',
      role: 'area',
      title: { id: 'byHand' },
      note: meter(digests.hand),
      ...toneOf(digests.hand),
      flow: 'column',
      parts: [
        { id: 'operator', role: 'person', title: { id: 'operator' } },
        {
          id: 'servers',
          role: 'area',
          title: '',
          parts: state.hand.map(({ name, packages }) => ({
            id: name,
            role: 'server',
            title: name,
            note: shortDigest(digestOfPackages(packages)),
            rows: rowsOf(packages, state.hand[0]?.packages),
          })),
        },
      ],
    },
    {
      id: 'by-image',
      role: 'area',
      title: { id: 'byImage' },
      note: meter(digests.instances),
      ...toneOf(digests.instances),
      flow: 'column',
      parts: [
        {
          id: 'supply',
          role: 'area',
          title: '',
          parts: [
            { id: 'builder', role: 'daemon', title: { id: 'builder' }, rows: stagesOf(state.pipeline) },
            {
              id: 'registry',
              role: 'registry',
              title: { id: 'registry' },
              parts: state.registry.map(({ ref, packages }) => ({
                id: `image/${ref}`,
                role: 'image',
                title: ref,
                note: shortDigest(digestOfPackages(packages)),
              })),
            },
            { id: 'load-balancer', role: 'traffic', title: { id: 'loadBalancer' } },
          ],
        },
        {
          id: 'instances',
          role: 'area',
          title: '',
          parts: state.instances.map(({ name, image, health, serves }) => {
            const packages = imageOf(state, image)?.packages ?? {};
            return {
              id: name,
              role: 'server',
              title: name,
              note: `${image} · ${shortDigest(digestOfPackages(packages))}`,
              tone: health === 'unhealthy' ? 'bad' : serves ? 'good' : 'new',
              rows: [
                ...rowsOf(packages, packages),
                {
                  label: { id: health },
                  value: '',
                  tone: health === 'healthy' ? 'good' : health === 'starting' ? 'new' : 'bad',
                },
              ],
            };
          }),
        },
        ...state.sites.map(({ name, image, servers }) => ({
          id: `site/${name}`,
          role: 'server' as const,
          title: { id: 'site' as const, name },
          note: `${servers} × ${image} · ${shortDigest(digestOfPackages(imageOf(state, image)?.packages ?? {}))}`,
          tone: 'good' as const,
        })),
      ],
    },
  ];
}

/** The stages of a commit, those that are done and the one that failed; none before the first commit. */
function stagesOf(pipeline: ServersState['pipeline']): readonly Row[] {
  if (pipeline === undefined) return [];
  return PIPELINE_STAGES.map((stage): Row => {
    const label = { id: `stage.${stage}` } as const;
    if (pipeline.failed === stage) return { label, value: { id: 'stageFailed' }, tone: 'bad' };
    const isDone = pipeline.done.includes(stage);
    return isDone ? { label, value: { id: 'stageDone' }, tone: 'good' } : { label, value: '…', tone: 'off' };
  });
}

function meter(digests: readonly string[]): Part['note'] & object {
  return { id: 'distinct', distinct: new Set(digests).size, count: digests.length };
}

function toneOf(digests: readonly string[]): { readonly tone: Tone } {
  return {
    tone:
      new Set(digests).size === digests.length && digests.length > 1
        ? 'bad'
        : new Set(digests).size > 1
          ? 'warn'
          : 'good',
  };
}

/** What is installed; what differs from another server stands out. */
function rowsOf(packages: Packages, beside: Packages | undefined): readonly Row[] {
  return Object.keys(packages)
    .sort()
    .map((name) => ({
      label: name,
      value: packages[name]!,
      ...(beside?.[name] !== packages[name] && { tone: 'warn' as const }),
    }));
}
