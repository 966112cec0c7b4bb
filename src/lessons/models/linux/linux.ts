import type { ActReader } from '../act-reader.ts';
import type { Model, Stage } from '../model.ts';
import { linuxPicture } from './picture.ts';
import { KILLED_EXIT_CODE, LINUX_NAMESPACES, PERIOD_US, cpuShares, isAlive, isThrottled, viewOf } from './state.ts';
import type { LinuxNamespace, LinuxState, Process } from './state.ts';

/** One Linux kernel and its processes, each with what it may see and what it may use. */
export const linux: Model<LinuxState> = {
  name: 'linux',

  begin: (given) => ({
    hostname: given.text('hostname'),
    cpuMilli: given.number('cpuMilli'),
    memoryMiB: given.number('memoryMiB'),
    files: given.texts('files'),
    processes: [],
    viewer: undefined,
    nextPid: given.number('firstPid', 4211),
    refusal: '',
  }),

  acts: { exec, look, chroot, isolate, join, burn, limitCpu, limitMemory, allocate, listen, kill },

  facts(state) {
    const shares = cpuShares(state);
    return {
      processes: state.processes.map((process) => {
        const view = viewOf(state, process);
        const cpu = shares.get(process.name) ?? 0;
        return {
          name: process.name,
          pid: process.pid,
          insidePid: view.pid,
          own: process.own,
          sees: view.processes.length,
          files: view.files,
          hostname: view.hostname,
          cpuMilli: cpu,
          wantsCpuMilli: process.wantsCpuMilli,
          isThrottled: isThrottled(process, cpu),
          throttledMs: Math.round(throttledUs(state, process) / 1000),
          memoryMiB: process.memoryMiB,
          isAlive: isAlive(process),
          exitCode: process.exitCode ?? 0,
          killedBy: process.killedBy ?? '',
        };
      }),
      refusal: state.refusal,
      kernels: 1,
    };
  },

  picture: linuxPicture,
};

/** How long it waits of each period, in microseconds: until its quota is gone it runs as fast as it could without one. */
function throttledUs(state: LinuxState, process: Process): number {
  const { name, cpuLimitMilli } = process;
  if (cpuLimitMilli === undefined || !isThrottled(process, cpuShares(state).get(name) ?? 0)) return 0;
  const unlimited = cpuShares(withProcess(state, name, { cpuLimitMilli: undefined })).get(name) ?? 0;
  return Math.max(0, PERIOD_US - Math.round((cpuLimitMilli * PERIOD_US) / unlimited));
}

function exec(stage: Stage<LinuxState>, given: ActReader): void {
  const { state } = stage;
  const name = given.text('name');
  const process: Process = {
    name,
    pid: state.nextPid,
    command: given.text('command'),
    own: [],
    root: '/',
    threads: given.number('threads', 1),
    wantsCpuMilli: given.number('cpuMilli', 0),
    memoryMiB: given.number('memoryMiB', 0),
    listensOn: undefined,
    cpuLimitMilli: undefined,
    memoryLimitMiB: undefined,
    exitCode: undefined,
    killedBy: undefined,
  };
  stage.tell({ from: 'shell', to: 'kernel', verb: 'clone' });
  stage.tell(
    {
      from: 'kernel',
      to: name,
      class: 'response',
      verb: 'execve',
      object: process.command,
      detail: { pid: process.pid },
    },
    // Others come and go between: numbers do not follow one another.
    { ...state, processes: [...state.processes, process], nextPid: state.nextPid + 3 },
  );
}

/** It is looked from inside a process, or from the host. */
function look(stage: Stage<LinuxState>, given: ActReader): void {
  const viewer = given.text('from');
  const process = stage.state.processes.find(({ name }) => name === viewer);
  const view = viewOf(stage.state, process);
  const detail = {
    processes: view.processes.map(({ pid, name }) => `${pid} ${name}`).join(', '),
    files: view.files.join(' '),
    hostname: view.hostname,
    interfaces: view.interfaces.join(', '),
  };
  stage.tell(
    { from: process === undefined ? 'shell' : viewer, to: 'kernel', verb: 'ps', detail },
    { ...stage.state, viewer: process?.name },
  );
}

function chroot(stage: Stage<LinuxState>, given: ActReader): void {
  const root = given.text('root');
  const process = processOf(stage, given);
  const changed = withProcess(stage.state, process.name, { root });
  stage.tell(
    {
      from: process.name,
      to: 'kernel',
      verb: 'chroot',
      object: root,
      detail: { files: viewOf(changed, { ...process, root }).files.join(' ') },
    },
    changed,
  );
}

const FLAGS: Readonly<Record<LinuxNamespace, string>> = {
  mnt: 'CLONE_NEWNS',
  pid: 'CLONE_NEWPID',
  uts: 'CLONE_NEWUTS',
  ipc: 'CLONE_NEWIPC',
  net: 'CLONE_NEWNET',
  user: 'CLONE_NEWUSER',
  cgroup: 'CLONE_NEWCGROUP',
  time: 'CLONE_NEWTIME',
};

/** A process gets Linux namespaces of its own. */
function isolate(stage: Stage<LinuxState>, given: ActReader): void {
  const process = processOf(stage, given);
  for (const name of given.texts('namespaces').map((one) => namespaceOf(one, given))) {
    const before = stage.state.processes.find((one) => one.name === process.name)!;
    const own = [...before.own, name];
    const detail = { flag: FLAGS[name], ...(name === 'pid' && { hostPid: process.pid, insidePid: 1 }) };
    stage.tell(
      { from: process.name, to: 'kernel', verb: name === 'pid' ? 'clone' : 'unshare', object: FLAGS[name], detail },
      withProcess(stage.state, process.name, { own }),
    );
  }
}

/** A process is put back into a Linux namespace of the host: what it sees of it leaks. */
function join(stage: Stage<LinuxState>, given: ActReader): void {
  const process = processOf(stage, given);
  const name = namespaceOf(given.text('namespace'), given);
  stage.tell(
    { from: process.name, to: 'kernel', class: 'fault', verb: 'setns', object: name },
    withProcess(stage.state, process.name, { own: process.own.filter((one) => one !== name) }),
  );
}

function burn(stage: Stage<LinuxState>, given: ActReader): void {
  const process = processOf(stage, given);
  const wants = { wantsCpuMilli: given.number('cpuMilli'), threads: given.number('threads', process.threads) };
  tellCpu(stage, process.name, 'spin', withProcess(stage.state, process.name, wants));
}

function limitCpu(stage: Stage<LinuxState>, given: ActReader): void {
  const process = processOf(stage, given);
  const milli = given.number('cpuMilli');
  const quota = `${(milli / 1000) * PERIOD_US} ${PERIOD_US}`;
  const limited = withProcess(stage.state, process.name, { cpuLimitMilli: milli });
  stage.tell({ from: 'shell', to: 'kernel', verb: 'cpu.max', object: quota }, limited);
  tellCpu(stage, process.name, 'throttle', limited);
}

/** How the kernel shares the CPU out now. */
function tellCpu(stage: Stage<LinuxState>, name: string, verb: string, next: LinuxState): void {
  const shares = cpuShares(next);
  const detail = Object.fromEntries([...shares].map(([one, share]) => [one, `${share}m`]));
  const process = next.processes.find((one) => one.name === name)!;
  const waits = throttledUs(next, process);
  stage.tell(
    {
      from: 'kernel',
      to: name,
      class: 'response',
      verb,
      detail: { ...detail, ...(waits > 0 && { throttledOfEach100ms: `${Math.round(waits / 1000)} ms` }) },
      tookMs: PERIOD_US / 1000,
    },
    next,
  );
}

function limitMemory(stage: Stage<LinuxState>, given: ActReader): void {
  const process = processOf(stage, given);
  // A limit that is taken away is written as `max`.
  const mib = given.has('memoryMiB') ? given.number('memoryMiB') : undefined;
  stage.tell(
    { from: 'shell', to: 'kernel', verb: 'memory.max', object: mib === undefined ? 'max' : `${mib}Mi` },
    withProcess(stage.state, process.name, { memoryLimitMiB: mib }),
  );
}

/** A process uses so much memory: above the limit of its cgroup, or above what there is, the kernel kills. */
function allocate(stage: Stage<LinuxState>, given: ActReader): void {
  const process = processOf(stage, given);
  const memoryMiB = given.number('memoryMiB');
  const limit = process.memoryLimitMiB ?? Infinity;
  stage.tell({ from: process.name, to: 'kernel', verb: 'page fault', object: `${memoryMiB}Mi` });
  const used = withProcess(stage.state, process.name, { memoryMiB });
  if (memoryMiB > limit) return tellKill(stage, process, 'memory.max', { usageMiB: memoryMiB, limitMiB: limit });
  const all = used.processes.filter(isAlive).reduce((sum, one) => sum + one.memoryMiB, 0);
  if (all <= used.memoryMiB) {
    stage.tell({ from: 'kernel', to: process.name, class: 'response', verb: 'mapped' }, used);
    return;
  }
  // Without a limit the whole machine is short: the largest process goes.
  const [largest] = used.processes.filter(isAlive).toSorted((a, b) => b.memoryMiB - a.memoryMiB);
  tellKill(stage, largest!, 'out of memory', { usedMiB: all, memoryMiB: used.memoryMiB });
}

function tellKill(
  stage: Stage<LinuxState>,
  victim: Process,
  why: string,
  detail: Readonly<Record<string, number>>,
): void {
  stage.tell(
    {
      from: 'kernel',
      to: victim.name,
      class: 'fault',
      verb: 'OOM kill',
      object: victim.name,
      detail: { ...detail, why, signal: 'SIGKILL', exitCode: KILLED_EXIT_CODE },
    },
    withProcess(stage.state, victim.name, {
      exitCode: KILLED_EXIT_CODE,
      killedBy: why,
      memoryMiB: 0,
      listensOn: undefined,
    }),
  );
}

/** A process listens on a port; another one may not, in the same Linux namespace of the network. */
function listen(stage: Stage<LinuxState>, given: ActReader): void {
  const process = processOf(stage, given);
  const port = given.number('port');
  stage.tell({ from: process.name, to: 'kernel', verb: 'bind', object: `:${port}` });
  const clash = stage.state.processes.find(
    (one) =>
      one !== process &&
      isAlive(one) &&
      one.listensOn === port &&
      !one.own.includes('net') &&
      !process.own.includes('net'),
  );
  stage.tell(
    {
      from: 'kernel',
      to: process.name,
      class: clash === undefined ? 'response' : 'fault',
      verb: clash === undefined ? 'OK' : 'EADDRINUSE',
    },
    clash === undefined
      ? { ...withProcess(stage.state, process.name, { listensOn: port }), refusal: '' }
      : { ...stage.state, refusal: `bind :${port}: Address already in use` },
  );
}

/** A process may end every other one that it sees. */
function kill(stage: Stage<LinuxState>, given: ActReader): void {
  const process = processOf(stage, given);
  const victim = given.text('victim');
  const isSeen = viewOf(stage.state, process).processes.some(({ name }) => name === victim);
  stage.tell({ from: process.name, to: 'kernel', verb: 'kill -9', object: victim });
  stage.tell(
    {
      from: 'kernel',
      to: isSeen ? victim : process.name,
      class: isSeen ? 'fault' : 'response',
      verb: isSeen ? 'SIGKILL' : 'ESRCH',
    },
    isSeen
      ? withProcess(stage.state, victim, {
          exitCode: KILLED_EXIT_CODE,
          killedBy: process.name,
          memoryMiB: 0,
          listensOn: undefined,
        })
      : { ...stage.state, refusal: 'No such process' },
  );
}

function namespaceOf(text: string, given: ActReader): LinuxNamespace {
  const found = LINUX_NAMESPACES.find((name) => name === text);
  if (found === undefined) throw given.problem('namespaces', `is none of ${LINUX_NAMESPACES.join(', ')}: ${text}`);
  return found;
}

function processOf(stage: Stage<LinuxState>, given: ActReader): Process {
  const name = given.text('process');
  const found = stage.state.processes.find((process) => process.name === name);
  if (found === undefined || !isAlive(found)) throw given.problem('process', `does not run: ${name}`);
  return found;
}

function withProcess(state: LinuxState, name: string, change: Partial<Process>): LinuxState {
  return {
    ...state,
    processes: state.processes.map((process) => (process.name === name ? { ...process, ...change } : process)),
  };
}
