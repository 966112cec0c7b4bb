import type { ActReader } from '../act-reader.ts';
import type { Model, Stage, Told } from '../model.ts';
import { hostPicture } from './picture.ts';
import {
  ARRANGEMENTS,
  METHODS,
  PRODUCTS,
  capacity,
  kernels,
  lives,
  overheadMiB,
  startMs,
  usedMiB,
  usesVms,
} from './state.ts';
import type { HostState, Machine, Method } from './state.ts';

/** A copy of memory is sent until so little is left that the VM need not stand still longer. Source: QEMU, `downtime-limit`, 300 ms. */
const DOWNTIME_MS = 300;

/** Machines of one size, each shared out in another way: programs, virtual machines, containers. */
export const host: Model<HostState> = {
  name: 'host',

  begin(given) {
    const costs = given.object('costs');
    const cost = (name: string): number => costs.number(name);
    return {
      memoryMiB: given.number('memoryMiB'),
      costs: {
        hostOsMiB: cost('hostOsMiB'),
        hypervisorMiB: cost('hypervisorMiB'),
        guestOsMiB: cost('guestOsMiB'),
        microGuestMiB: cost('microGuestMiB'),
        containerMiB: cost('containerMiB'),
        appMiB: cost('appMiB'),
        guestBootMs: cost('guestBootMs'),
        microBootMs: cost('microBootMs'),
        processStartMs: cost('processStartMs'),
      },
      machines: [],
      shown: undefined,
      refusal: '',
    };
  },

  acts: { rack, start, privileged, panic, migrate },

  facts: (state) => ({
    machines: state.machines.map((machine) => ({
      name: machine.name,
      arrangement: machine.arrangement,
      product: machine.product ?? '',
      apps: machine.apps.map((app) => ({ name: app.name, vm: app.vm ?? '', isAlive: lives(machine, app) })),
      alive: machine.apps.filter((app) => lives(machine, app)).length,
      kernels: kernels(machine),
      usedMiB: usedMiB(machine, state.costs),
      overheadMiB: machine.apps.length * overheadMiB(machine.arrangement, state.costs),
      capacity: capacity(machine, state),
      startMs: startMs(machine.arrangement, state.costs),
    })),
    memoryMiB: state.memoryMiB,
    costs: { ...state.costs },
    refusal: state.refusal,
  }),

  picture: hostPicture,
};

/** Another machine, shared out in its own way or in that of a hypervisor that is bought. */
function rack(stage: Stage<HostState>, given: ActReader): void {
  const name = given.text('machine');
  const product = given.has('product') ? given.text('product') : undefined;
  const arrangement = product === undefined ? given.oneOf('as', ARRANGEMENTS) : PRODUCTS[product];
  if (arrangement === undefined) throw given.problem('product', `is unknown: ${product}`);
  const machine: Machine = { name, arrangement, product, vms: [], apps: [], dead: [], method: undefined, startMs: 0 };
  const boots = BOOTS[arrangement];
  const next = { ...stage.state, machines: [...stage.state.machines, machine], shown: name, refusal: '' };
  const detail = { arrangement, ...(product !== undefined && { product }) };
  stage.tell({ from: 'hardware', to: boots, verb: 'boot', object: boots, detail, tookMs: 1000 }, next);
}

/** What a machine starts when it is switched on. */
const BOOTS: Readonly<Record<Machine['arrangement'], string>> = {
  bare: 'host-kernel',
  type2: 'host-kernel',
  type1: 'hypervisor',
  containers: 'host-kernel',
  microvm: 'host-kernel',
};

/** An app is started where the arrangement puts it. Two on one network cannot listen on one port. */
function start(stage: Stage<HostState>, given: ActReader): void {
  const { state } = stage;
  const machine = machineOf(state, given);
  const [name, port] = [given.text('app'), given.number('port', 8080)];
  const { arrangement } = machine;
  const vm = usesVms(arrangement) ? `vm-${machine.vms.length + 1}` : undefined;
  const clash = arrangement === 'bare' ? machine.apps.find((app) => app.port === port) : undefined;
  if (clash !== undefined) {
    stage.tell(
      {
        from: 'host-kernel',
        class: 'fault',
        verb: 'EADDRINUSE',
        object: `:${port}`,
        detail: { app: name, holds: clash.name },
      },
      { ...state, shown: machine.name, refusal: `${name}: bind :${port}: Address already in use` },
    );
    return;
  }
  const memoryMiB = state.costs.appMiB + overheadMiB(arrangement, state.costs);
  if (usedMiB(machine, state.costs) + memoryMiB > state.memoryMiB) throw given.problem('app', 'has no room');
  if (vm !== undefined) {
    const booted = { ...machine, vms: [...machine.vms, { name: vm, memoryMiB }] };
    const bootMs = arrangement === 'microvm' ? state.costs.microBootMs : state.costs.guestBootMs;
    const detail = { guestMiB: overheadMiB(arrangement, state.costs), bootMs };
    stage.tell(
      { from: 'hypervisor', to: vm, verb: 'boot guest', object: vm, detail, tookMs: bootMs },
      withMachine(state, booted),
    );
  }
  const now = machineOf(stage.state, given);
  const started = { ...now, apps: [...now.apps, { name, port, vm }], startMs: startMs(arrangement, state.costs) };
  stage.tell(
    {
      from: vm ?? 'host-kernel',
      to: `app/${name}`,
      verb: 'exec',
      object: name,
      detail: { totalMs: started.startMs, memoryMiB },
      tookMs: state.costs.processStartMs,
    },
    withMachine(stage.state, started),
  );
}

/** A guest's kernel does something that only the master of a machine may do. */
function privileged(stage: Stage<HostState>, given: ActReader): void {
  const machine = machineOf(stage.state, given);
  const method = given.oneOf('method', METHODS);
  const vm = given.text('vm');
  if (!machine.vms.some(({ name }) => name === vm)) throw given.problem('vm', `names none: ${vm}`);
  const next = withMachine(stage.state, { ...machine, method });
  for (const told of HANDLED[method](vm)) stage.tell(told, next);
}

const HANDLED: Readonly<Record<Method, (vm: string) => readonly Told[]>> = {
  full: (vm) => [
    {
      from: vm,
      to: 'hypervisor',
      verb: 'trap',
      object: 'mov cr3',
      detail: { guestKernel: 'unchanged', how: 'translated, or trapped and emulated' },
    },
    { from: 'hypervisor', to: vm, class: 'response', verb: 'emulated' },
  ],
  para: (vm) => [
    {
      from: vm,
      to: 'hypervisor',
      verb: 'hypercall',
      object: 'mmu_update',
      detail: { guestKernel: 'modified', how: 'the guest asks' },
    },
    { from: 'hypervisor', to: vm, class: 'response', verb: 'done' },
  ],
  hardware: (vm) => [
    {
      from: vm,
      to: 'hardware',
      verb: 'guest mode',
      object: 'mov cr3',
      detail: { guestKernel: 'unchanged', how: 'the CPU has a mode for guests; second page tables (EPT, NPT)' },
    },
  ],
};

/** A kernel panics; everything on it is gone. */
function panic(stage: Stage<HostState>, given: ActReader): void {
  const machine = machineOf(stage.state, given);
  const kernel = given.text('kernel');
  if (kernel !== 'host' && !machine.vms.some(({ name }) => name === kernel))
    throw given.problem('kernel', `names none: ${kernel}`);
  const dead = { ...machine, dead: [...machine.dead, kernel] };
  const from = kernel !== 'host' ? kernel : machine.arrangement === 'type1' ? 'hypervisor' : 'host-kernel';
  stage.tell(
    {
      from,
      class: 'fault',
      verb: 'kernel panic',
      object: kernel,
      detail: { survivors: dead.apps.filter((app) => lives(dead, app)).length },
    },
    withMachine(stage.state, dead),
  );
}

/** A VM moves to another machine while it runs: its memory is copied, and what it wrote meanwhile again, until little is left. */
function migrate(stage: Stage<HostState>, given: ActReader): void {
  const from = machineOf(stage.state, given);
  const to = stage.state.machines.find(({ name }) => name === given.text('to'));
  const vm = from.vms.find(({ name }) => name === given.text('vm'));
  if (vm === undefined || to === undefined) throw given.problem('vm', 'or `to` names none');
  const [lineMiBs, dirtyMiBs] = [given.number('lineMiBPerSecond'), given.number('dirtyMiBPerSecond')];
  if (dirtyMiBs >= lineMiBs) throw given.problem('dirtyMiBPerSecond', 'is as fast as the line: it never ends');
  let left = vm.memoryMiB;
  for (let round = 1; (left / lineMiBs) * 1000 > DOWNTIME_MS; round++) {
    const tookMs = Math.round((left / lineMiBs) * 1000);
    stage.tell({
      from: vm.name,
      to: `machine/${to.name}`,
      class: 'packet',
      verb: 'copy',
      object: `round ${round}`,
      detail: { MiB: Math.round(left), tookMs },
      tookMs,
    });
    left = (left * dirtyMiBs) / lineMiBs;
  }
  const stopMs = Math.round((left / lineMiBs) * 1000);
  // Names on a machine are its own: it is the next one there.
  const name = `vm-${to.vms.length + 1}`;
  const apps = from.apps.filter((app) => app.vm === vm.name);
  const moved = withMachine(
    withMachine(stage.state, {
      ...from,
      vms: from.vms.filter((one) => one !== vm),
      apps: from.apps.filter((app) => app.vm !== vm.name),
    }),
    { ...to, vms: [...to.vms, { ...vm, name }], apps: [...to.apps, ...apps.map((app) => ({ ...app, vm: name }))] },
  );
  stage.tell(
    { from: name, verb: 'resumed', object: to.name, detail: { stoodStillMs: stopMs }, tookMs: Math.max(1, stopMs) },
    moved,
  );
}

function machineOf({ machines }: HostState, given: ActReader): Machine {
  const found = machines.find(({ name }) => name === given.text('machine'));
  if (found === undefined) throw given.problem('machine', `names none: ${given.text('machine')}`);
  return found;
}

function withMachine(state: HostState, machine: Machine): HostState {
  return {
    ...state,
    shown: machine.name,
    machines: state.machines.map((one) => (one.name === machine.name ? machine : one)),
    refusal: '',
  };
}
