import type { Part, Row } from '../picture.ts';
import { LINUX_NAMESPACES, cpuShares, isAlive, isThrottled, viewOf } from './state.ts';
import type { LinuxState, Process } from './state.ts';

/** The kernel with its processes, and what is seen from where somebody looks. */
export function linuxPicture(state: LinuxState): readonly Part[] {
  const shares = cpuShares(state);
  const viewer = state.processes.find(({ name }) => name === state.viewer);
  const view = viewOf(state, viewer);
  return [
    {
      id: 'host',
      role: 'area',
      title: { id: 'host', name: state.hostname },
      flow: 'column',
      parts: [
        {
          id: 'processes',
          role: 'area',
          title: '',
          parts: [
            { id: 'shell', role: 'person', title: { id: 'hostShell' } },
            ...state.processes.map((process) => processPart(process, shares.get(process.name) ?? 0)),
          ],
        },
        {
          id: 'kernel',
          role: 'kernel',
          title: { id: 'oneKernel' },
          bars: [
            {
              label: 'CPU',
              total: state.cpuMilli,
              unit: 'm',
              pieces: state.processes.filter(isAlive).map((process, index) => ({
                label: process.name,
                value: shares.get(process.name) ?? 0,
                tone: index === 0 ? ('plain' as const) : ('warn' as const),
              })),
            },
            {
              label: { id: 'memory' },
              total: state.memoryMiB,
              unit: 'Mi',
              pieces: state.processes.filter(isAlive).map((process, index) => ({
                label: process.name,
                value: process.memoryMiB,
                tone: index === 0 ? ('plain' as const) : ('warn' as const),
              })),
            },
          ],
        },
      ],
    },
    {
      id: 'view',
      role: 'area',
      title: viewer === undefined ? { id: 'seenFromHost' } : { id: 'seenFrom', name: viewer.name },
      flow: 'column',
      parts: [
        {
          id: 'view/pids',
          role: 'process',
          title: { id: 'seenProcesses' },
          rows: view.processes.map(({ pid, name }) => ({ label: `PID ${pid}`, value: name })),
        },
        {
          id: 'view/files',
          role: 'file',
          title: { id: 'seenFiles' },
          rows: view.files.map((path) => ({ label: path, value: '' })),
        },
        {
          id: 'view/system',
          role: 'network',
          title: { id: 'seenSystem' },
          rows: [
            { label: 'hostname', value: view.hostname },
            { label: { id: 'interfaces' }, value: view.interfaces.join(', ') },
            { label: { id: 'user' }, value: view.user },
          ],
        },
      ],
    },
  ];
}

function processPart(process: Process, share: number): Part {
  const { name, pid, command, own, root, cpuLimitMilli, memoryLimitMiB, memoryMiB, exitCode, listensOn, killedBy } =
    process;
  const throttled = isThrottled(process, share);
  const rows: readonly (Row | undefined)[] = [
    { label: 'PID', value: own.includes('pid') ? `${pid} → 1` : String(pid) },
    { label: '/', value: root },
    listensOn === undefined ? undefined : { label: { id: 'port' }, value: `:${listensOn}` },
    cpuLimitMilli === undefined
      ? undefined
      : { label: 'cpu.max', value: `${cpuLimitMilli}m`, ...(throttled && { tone: 'warn' }) },
    memoryLimitMiB === undefined ? undefined : { label: 'memory.max', value: `${memoryLimitMiB}Mi` },
    { label: { id: 'memory' }, value: `${memoryMiB}Mi` },
    throttled ? { label: { id: 'throttled' }, value: '', tone: 'warn' } : undefined,
    exitCode === undefined ? undefined : { label: `exit ${exitCode}`, value: killedBy ?? '', tone: 'bad' },
  ];
  return {
    id: name,
    role: own.length > 3 ? 'container' : 'process',
    title: name,
    note: command,
    ...(exitCode === undefined ? throttled && { tone: 'warn' as const } : { tone: 'bad' as const }),
    ...(own.length > 0 && { chips: LINUX_NAMESPACES.map((label) => ({ label, isOn: own.includes(label) })) }),
    rows: rows.filter((row) => row !== undefined),
  };
}
