import type { Part } from '../picture.ts';
import { projectOf } from './programs.ts';
import { ORCHESTRATION, isRunning } from './state.ts';
import type { DockerHost, DockerState } from './state.ts';

/** Who asks, the engine of the first host part by part, and the containers of every host. */
export function dockerPicture(state: DockerState): readonly Part[] {
  const isProject = state.networks.length > 0;
  return [
    {
      id: 'commands',
      role: 'area',
      title: { id: 'commandLine' },
      parts: [
        {
          id: 'ask',
          role: 'area',
          title: '',
          flow: 'column',
          parts: [
            { id: 'cli', role: 'person', title: 'docker' },
            {
              id: 'registry',
              role: 'registry',
              title: { id: 'registry' },
              rows: Object.entries(state.registry).map(([ref, mb]) => ({ label: ref, value: `${mb} MB` })),
            },
          ],
        },
        ...(isProject
          ? [{ id: 'project', role: 'area', title: '', flow: 'column', parts: projectParts(state) } as const]
          : []),
      ],
    },
    ...state.hosts.map((host, index) => hostPart(host, state, index === 0)),
  ];
}

/** The compose file, and what it leaves open. */
function projectParts({ composeText, isAsking }: DockerState): readonly Part[] {
  const code = composeText.trimEnd().split('\n');
  const file: Part = { id: 'compose', role: 'file', title: 'compose.yaml', code: code.map((text) => ({ text })) };
  if (!isAsking) return [file];
  const rows = ORCHESTRATION.map((name) => ({ label: { id: `ask.${name}` } as const, value: '?' }));
  return [file, { id: 'questions', role: 'provider', title: { id: 'sixQuestions' }, rows }];
}

function hostPart(host: DockerHost, state: DockerState, isFirst: boolean): Part {
  const { name, isUp, images } = host;
  const tone = isUp ? {} : ({ tone: 'bad' } as const);
  // The engine is drawn where commands go; those of other hosts are the same.
  const engine: readonly Part[] = isFirst
    ? [
        {
          id: `engine/${name}`,
          role: 'area',
          title: '',
          flow: 'column',
          parts: (['dockerd', 'containerd', 'runc'] as const).map((part) => ({
            id: part,
            role: 'daemon',
            title: part,
            ...(state.isVersionShown && { note: projectOf(part) }),
            ...tone,
            ...(part === 'dockerd' &&
              images.length > 0 && { rows: images.map((label) => ({ label, value: { id: 'imageHere' } as const })) }),
          })),
        },
      ]
    : [];
  const containers = state.containers
    .filter((one) => one.host === name)
    .map((one): Part => ({
      id: one.name,
      role: 'container',
      title: one.name,
      note: isRunning(one) ? one.image : `exit ${one.exitCode}`,
      tone: isRunning(one) ? 'good' : 'bad',
      rows: [
        ...one.processes.map(({ name: process, pid }) => ({ label: `PID ${pid}`, value: process })),
        ...Object.keys(one.files).map((path) => ({
          label: path,
          value: { id: 'ownLayer' } as const,
          tone: 'warn' as const,
        })),
        ...Object.entries(one.mounts).map(([target, source]) => ({
          label: target,
          value: source,
          tone: 'good' as const,
        })),
      ],
    }));
  const volumes = state.volumes
    .filter((one) => one.host === name)
    .map((one): Part => ({
      id: `volume/${one.name}`,
      role: 'volume',
      title: one.name,
      ...tone,
      rows: Object.entries(one.files).map(([path, mb]) => ({ label: path, value: `${mb} MB` })),
    }));
  return {
    id: `host/${name}`,
    role: 'area',
    title: { id: 'host', name },
    ...(isUp
      ? containers.length === 0 && { note: { id: 'idle' } as const }
      : { tone: 'bad', note: { id: 'poweredOff' } }),
    flow: 'column',
    parts: [
      {
        id: `row/${name}`,
        role: 'area',
        title: '',
        parts: [
          ...engine,
          { id: `run/${name}`, role: 'area', title: '', flow: 'column', parts: [...containers, ...volumes] },
        ],
      },
      ...(isFirst ? [{ id: 'kernel', role: 'kernel', title: { id: 'hostKernel' }, ...tone } as const] : []),
    ],
  };
}
