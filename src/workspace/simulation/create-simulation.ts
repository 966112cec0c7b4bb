import { createStore } from 'zustand/vanilla';
import type { LogEntry } from '../../simulator/story/log-entry.ts';
import { changedFrame } from './frame-change.ts';
import type { Question } from './questions.ts';
import type { Act, FromSimulation, ToSimulation } from './simulation-protocol.ts';
import type { AnswerTo, Look, LookAnswer } from './look.ts';
import type { BranchState, Simulation, SimulationState } from './simulation.ts';

/** The thread as the page sees it. */
export interface SimulationPort {
  post(message: ToSimulation): void;
  listen(take: (message: FromSimulation) => void): void;
  end(): void;
}

const IDLE: SimulationState = {
  status: 'idle',
  failure: undefined,
  options: { seed: 1, workers: 3 },
  branches: [],
  branch: 0,
  seq: 0,
  moment: undefined,
  keptHash: undefined,
};

/** The simulation of one page. `open` starts a thread for a run; it ends with the run. */
export function createSimulation(open: () => SimulationPort): Simulation {
  const store = createStore<SimulationState>()(() => IDLE);
  const get = store.getState;
  let port: SimulationPort | undefined;
  let request = 0;
  /** The step at which a run is opened, until it is there. */
  let showSeq: number | undefined;
  /** Who waits for an answer, by the number of the question. */
  const waiting = new Map<number, (answer: unknown) => void>();
  /** The moment that is on its way: while it is, no other is asked for, so that a fast film drops pictures. */
  let onItsWay: { readonly request: number; readonly branch: number; readonly seq: number } | undefined;
  /** The request whose moment is shown. */
  let known: number | undefined;

  /** Who waits for what was looked at, by the number of the request. */
  const looks = new Map<number, (answer: LookAnswer) => void>();

  const askMoment = (): void => {
    const { branch, seq } = get();
    if (seq === 0 || onItsWay !== undefined) return;
    onItsWay = { request: ++request, branch, seq };
    port?.post({ type: 'moment', ...onItsWay, known });
  };

  const change = (index: number, next: (branch: BranchState) => BranchState): void =>
    store.setState(({ branches }) => ({
      branches: branches.map((branch, at) => (at === index ? next(branch) : branch)),
    }));

  const look = (seq: number, branch = get().branch): void => {
    store.setState({ branch, seq });
    askMoment();
  };

  const ask: Simulation['ask'] = (name, question, at = get()) =>
    new Promise((resolve) => {
      if (port === undefined) return resolve(undefined);
      const { branch, seq } = at;
      const number = ++request;
      waiting.set(number, resolve as (answer: unknown) => void);
      port.post({ type: 'ask', request: number, branch, seq, question: { ...question, name } as Question });
    });

  const act = (what: Act, atEnd = false): void => {
    const { branches, branch, seq } = get();
    const { entries = [], length = 0 } = branches[branch] ?? {};
    // After the last step that is told there is no past to change: what is done now is done at the end.
    const isOver = atEnd || !entries.slice(seq).some(({ level }) => level === 0);
    store.setState({ status: 'running' });
    port?.post({ type: 'act', branch, seq: isOver ? length : seq, act: what });
  };

  const take = (message: FromSimulation): void => {
    switch (message.type) {
      case 'ready':
        return;
      case 'branch': {
        const { branches } = get();
        const parent = message.parent === undefined ? undefined : branches[message.parent];
        const entries: LogEntry[] = parent?.entries.slice(0, message.shared) ?? [];
        const branch: BranchState = {
          parent: message.parent,
          shared: message.shared,
          act: message.act,
          title: undefined,
          isDeleted: false,
          hash: undefined,
          entries,
          length: entries.length,
          timeMs: 0,
          settled: false,
          moving: [],
          terminal: upTo(parent?.terminal, message.shared),
          milestones: upTo(parent?.milestones, message.shared),
          verdicts: upTo(parent?.verdicts, message.shared),
        };
        store.setState({ branches: [...branches.slice(0, message.branch), branch], branch: message.branch });
        return;
      }
      case 'log':
        change(message.branch, (branch) => {
          const entries = branch.entries as LogEntry[];
          for (const entry of message.entries) entries.push(entry);
          return { ...branch, length: entries.length };
        });
        if (showSeq !== undefined && (get().branches[0]?.length ?? 0) >= showSeq) {
          look(showSeq);
          showSeq = undefined;
        }
        return;
      case 'progress':
        return change(message.branch, (branch) => ({ ...branch, timeMs: message.timeMs, hash: undefined }));
      case 'ended': {
        const { timeMs, settled, moving, told, hash } = message;
        change(message.branch, (branch) => {
          const entries = branch.entries as LogEntry[];
          for (const seq of told) {
            const entry = entries[seq - 1];
            if (entry !== undefined) entries[seq - 1] = { ...entry, level: 0 };
          }
          return { ...branch, timeMs, settled, moving, hash, entries: told.length > 0 ? [...entries] : entries };
        });
        store.setState({ status: settled ? 'settled' : 'moving' });
        return;
      }
      case 'reading':
        return change(message.branch, (branch) => ({
          ...branch,
          milestones: [...branch.milestones, ...message.milestones],
          verdicts: [...branch.verdicts, ...message.verdicts],
        }));
      case 'unchanged':
        return store.setState(({ branches, branch }) => ({ status: branches[branch]?.settled ? 'settled' : 'moving' }));
      case 'look': {
        const take = looks.get(message.request);
        looks.delete(message.request);
        return take?.(message.answer);
      }
      case 'moment': {
        if (message.request !== onItsWay?.request) return;
        const { branch, seq } = onItsWay;
        onItsWay = undefined;
        known = message.request;
        const frame = changedFrame(get().moment?.frame, message.change);
        store.setState({ moment: { branch, seq, frame, account: message.account } });
        if (seq !== get().seq || branch !== get().branch) askMoment();
        return;
      }
      case 'told':
        waiting.get(message.request)?.(message.answer);
        waiting.delete(message.request);
        return;
      case 'kept': {
        const { seed, workers, network, hash } = message;
        store.setState(({ options }) => ({ options: { ...options, seed, workers, network }, keptHash: hash }));
        return;
      }
      case 'kubectl': {
        const { type: _, branch: index, ...line } = message;
        return change(index, (branch) => {
          const at = branch.terminal.findIndex(({ token }) => token === line.token);
          return { ...branch, terminal: at < 0 ? [...branch.terminal, line] : branch.terminal.with(at, line) };
        });
      }
      case 'failed':
        store.setState({ status: 'failed', failure: message.message });
    }
  };

  const end = (): void => {
    port?.end();
    port = undefined;
    for (const resolve of waiting.values()) resolve(undefined);
    waiting.clear();
    onItsWay = undefined;
    known = undefined;
    looks.clear();
    store.setState(IDLE);
  };

  return {
    store,
    start(files, options) {
      end();
      port = open();
      port.listen(take);
      const { seed, workers, network, script } = options;
      const chosen = network === undefined ? {} : { network };
      showSeq = options.showSeq;
      store.setState({ ...IDLE, status: 'running', options: { seed, workers, ...chosen } });
      port.post({ type: 'start', files, seed, workers, ...chosen, ...(script === undefined ? {} : { script }) });
    },
    end,
    stop: () => port?.post({ type: 'stop' }),
    goTo: (seq) => look(seq),
    kubectl: (line) => act({ type: 'kubectl', line }),
    saveText: (token, text) => act({ type: 'save', token, text }, true),
    interrupt: () => act({ type: 'interrupt' }, true),
    fault: (order) => act({ type: 'fault', order }),
    apply: (files) => act({ type: 'apply', files }),
    takeOver: (object) => act({ type: 'takeOver', object }),
    follow: (script) => act({ type: 'script', script }),
    wait(forMs) {
      const { branches, branch } = get();
      look(branches[branch]?.length ?? 0);
      act({ type: 'wait', forMs });
    },
    look: <Wanted extends Look>(wanted: Wanted) =>
      new Promise<AnswerTo<Wanted>>((resolve) => {
        const { branch, seq } = get();
        // The thread answers a look with what belongs to it.
        looks.set(++request, resolve as (answer: LookAnswer) => void);
        port?.post({ type: 'look', request, branch, seq, look: wanted });
      }),
    request: (order) => act({ type: 'request', order }),
    endRequests: (name) => act({ type: 'endRequests', name }),
    ask,
    renameBranch: (branch, title) => change(branch, (state) => ({ ...state, title: title.trim() || undefined })),
    deleteBranch(branch) {
      if (branch === 0) return;
      change(branch, (state) => ({ ...state, isDeleted: true }));
      if (get().branch === branch) look(Math.min(get().seq, get().branches[0]?.length ?? 0), 0);
    },
    showBranch: (branch) => look(Math.min(get().seq, get().branches[branch]?.length ?? 0), branch),
  };
}

function upTo<Item extends { readonly seq: number }>(items: readonly Item[] | undefined, seq: number): readonly Item[] {
  return items?.filter((item) => item.seq <= seq) ?? [];
}
