import { expect } from 'vitest';
import type { Command, CommandRefusal } from '../../design/commands/command.ts';
import type { Design, DesignRecord } from '../../design/design.ts';
import { changedLines, recordNamed } from '../../design/testing/design-of.ts';
import { BUILT_IN_KINDS } from '../../kinds/index.ts';
import { createWorkspace } from '../create-workspace.ts';
import { inProcessPort } from '../document-port.ts';
import type { DocumentPort } from '../document-port.ts';
import type { ImportAccount, ImportedFile, Workspace, WorkspaceState } from '../workspace.ts';
import { gridKernel } from './grid-kernel.ts';

export type Files = string | Readonly<Record<string, string | Uint8Array>>;

/** The product with its edges faked: a workspace whose document thread runs in this one. */
export class Driver {
  readonly workspace: Workspace;
  private steps = 0;
  private opened: Texts = {};

  constructor(port: DocumentPort = testPort()) {
    this.workspace = createWorkspace({ port, kinds: BUILT_IN_KINDS });
  }

  get state(): WorkspaceState {
    return this.workspace.store.getState();
  }

  get design(): Design {
    return this.state.design;
  }

  /** Imports and waits for everything that follows from it. */
  async import(files: Files): Promise<ImportAccount> {
    this.workspace.importFiles(filesOf(files));
    await this.settled();
    const { import: state } = this.state;
    if (state.status !== 'done') throw new Error(`the import ended ${state.status}: ${this.state.failure}`);
    return state.account;
  }

  async settled(): Promise<void> {
    for (let turn = 0; this.state.pending || this.state.import.status === 'running'; turn++) {
      if (turn > 20_000) throw new Error('the document thread does not answer');
      await pause();
    }
  }

  /** Waits until it is known of every object what an API server would say. */
  async judged(): Promise<void> {
    for (let turn = 0; this.state.judged.done < this.state.judged.total; turn++) {
      if (turn > 2_000) throw new Error('the document thread does not judge');
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }

  /** From here on undo and redo are counted. */
  begin(): void {
    this.opened = this.texts();
    this.steps = 0;
  }

  run<Arguments>(command: Command<Arguments>, args: Arguments): CommandRefusal | undefined {
    const refusal = this.workspace.run(command, args);
    if (!refusal) this.steps++;
    return refusal;
  }

  record(kindAndName: string): DesignRecord {
    return recordNamed(this.design, kindAndName);
  }

  id(kindAndName: string): string {
    return this.record(kindAndName).id;
  }

  /** The files as they would be saved, bytes as Latin-1 signs, so that a lost byte order mark is seen. */
  texts(layout: 'keep' | 'drop' = 'keep'): Texts {
    const files = this.workspace.exportFiles({ layout });
    return Object.fromEntries(files.map(({ path, content }) => [path, Buffer.from(content).toString('utf8')]));
  }

  /** The lines of a file that differ from what was opened. */
  changed(path = 'design.yaml'): readonly string[] {
    return changedLines(this.opened[path] ?? '', this.texts()[path] ?? '');
  }

  /** Takes the last step back for good. */
  undo(): void {
    if (this.steps === 0) return;
    this.workspace.undo();
    this.steps--;
  }

  /** Undo of every step gives the files as they were, redo gives them as they are: the very same bytes. */
  expectUndoAndRedo(): void {
    const now = this.texts();
    for (let step = 0; step < this.steps; step++) this.workspace.undo();
    expect(this.texts()).toEqual(this.opened);
    for (let step = 0; step < this.steps; step++) this.workspace.redo();
    expect(this.texts()).toEqual(now);
  }
}

type Texts = Readonly<Record<string, string>>;

export const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

export function testPort(): DocumentPort {
  return inProcessPort({
    pause: () => new Promise((resolve) => setImmediate(resolve)),
    nowMs: () => performance.now(),
    kernel: gridKernel,
    kinds: BUILT_IN_KINDS,
  });
}

export function filesOf(files: Files): readonly ImportedFile[] {
  const given = typeof files === 'string' ? { 'design.yaml': files } : files;
  return Object.entries(given).map(([path, content]) => ({ path, content }));
}

/** A workspace with these files open. */
export async function open(files: Files): Promise<Driver> {
  const driver = new Driver();
  await driver.import(files);
  driver.begin();
  return driver;
}
