import type { Bar, Part, Tone } from '../picture.ts';
import { baseMiB, hasHostOs, kernels, lives, overheadMiB, usesVms } from './state.ts';
import type { App, HostState, Machine } from './state.ts';

/** The machine that is looked at, layer upon layer, and all of them beside it with what they use. */
export function hostPicture(state: HostState): readonly Part[] {
  const shown = state.machines.find(({ name }) => name === state.shown);
  return [
    ...(shown === undefined ? [] : [machinePart(shown, state)]),
    {
      id: 'machines',
      role: 'area',
      title: { id: 'compared' },
      flow: 'column',
      parts: state.machines.map((machine) => ({
        id: `machine/${machine.name}`,
        role: 'server',
        title: machine.product ?? { id: `as.${machine.arrangement}` },
        note: { id: 'kernels', count: kernels(machine) },
        ...(machine === shown && { tone: 'new' as const }),
        bars: [memoryBar(machine, state)],
        ...(machine.startMs > 0 && { rows: [{ label: { id: 'startTime' } as const, value: `${machine.startMs} ms` }] }),
      })),
    },
  ];
}

function memoryBar(machine: Machine, { costs, memoryMiB }: HostState): Bar {
  const { arrangement, apps } = machine;
  const base = baseMiB(machine, costs);
  return {
    label: { id: 'memory' },
    total: memoryMiB,
    unit: 'MiB',
    pieces: [
      { label: { id: 'pieceHost' }, value: base, tone: 'off' },
      {
        label: { id: arrangement === 'containers' ? 'pieceIsolation' : 'pieceGuests' },
        value: apps.length * overheadMiB(arrangement, costs),
        tone: 'warn',
      },
      { label: { id: 'pieceApps' }, value: apps.length * costs.appMiB, tone: 'plain' },
    ],
  };
}

/** From the hardware at the bottom to the apps on top. */
function machinePart(machine: Machine, state: HostState): Part {
  const { name, arrangement, apps, vms, dead, method } = machine;
  const isDown = dead.includes('host');
  const down = (isDead: boolean): { readonly tone?: Tone } => (isDead ? { tone: 'bad' } : {});
  const onHost = apps.filter(({ vm }) => vm === undefined);
  const guests = vms.map((vm): Part => {
    const isDead = isDown || dead.includes(vm.name);
    return {
      id: vm.name,
      role: 'vm',
      title: vm.name,
      note: `${vm.memoryMiB} MiB`,
      ...down(isDead),
      flow: 'column',
      parts: [
        ...apps.filter((app) => app.vm === vm.name).map((app) => appPart(app, machine)),
        {
          id: `${vm.name}/kernel`,
          role: 'kernel',
          title: {
            id: arrangement === 'microvm' ? 'smallKernel' : method === 'para' ? 'changedKernel' : 'guestKernel',
          },
          note: `${overheadMiB(arrangement, state.costs)} MiB`,
          ...down(isDead),
        },
      ],
    };
  });
  const hypervisor: Part = {
    id: 'hypervisor',
    role: 'hypervisor',
    title: { id: `hypervisor.${arrangement}` },
    ...down(isDown),
  };
  const hostKernel: Part = {
    id: 'host-kernel',
    role: 'kernel',
    title: { id: 'hostKernel' },
    note: `${state.costs.hostOsMiB} MiB`,
    ...down(isDown),
  };
  return {
    id: `shown/${name}`,
    role: 'area',
    title: { id: `as.${arrangement}` },
    ...(apps.length > 0 && {
      note: { id: 'alive', alive: apps.filter((app) => lives(machine, app)).length, count: apps.length } as const,
    }),
    tone: apps.every((app) => lives(machine, app)) ? 'good' : apps.some((app) => lives(machine, app)) ? 'warn' : 'bad',
    flow: 'column',
    parts: [
      { id: 'upper', role: 'area', title: '', parts: [...onHost.map((app) => appPart(app, machine)), ...guests] },
      ...(usesVms(arrangement) ? [hypervisor] : []),
      ...(hasHostOs(arrangement) ? [hostKernel] : []),
      { id: 'hardware', role: 'hardware', title: { id: 'hardware' }, note: `${state.memoryMiB} MiB` },
    ],
  };
}

function appPart(app: App, machine: Machine): Part {
  return {
    id: `app/${app.name}`,
    role: machine.arrangement === 'containers' ? 'container' : 'process',
    title: app.name,
    note: `:${app.port}`,
    tone: lives(machine, app) ? 'good' : 'bad',
  };
}
