import { ImportSession } from './import-session.ts';
import type { Outbox } from './outbox.ts';
import type { FromDocument } from './protocol.ts';
import type { ImportAccount, ImportState, ImportedFile } from './workspace.ts';

type Message<Type extends FromDocument['type']> = Extract<FromDocument, { type: Type }>;

/** Imports one after another: the next begins when the one before is in the design, so that each sees the others' files. */
export class ImportQueue {
  private session: ImportSession | undefined;
  private readonly waiting: (readonly ImportedFile[])[] = [];
  private ticket = 0;
  private readonly outbox: Outbox;
  private readonly show: (state: ImportState) => void;

  constructor(outbox: Outbox, show: (state: ImportState) => void) {
    this.outbox = outbox;
    this.show = show;
  }

  add(files: readonly ImportedFile[]): void {
    this.waiting.push(files);
    if (!this.session) this.startNext();
  }

  startNext(): void {
    const files = this.waiting.shift();
    if (!files) return;
    this.session = new ImportSession(++this.ticket);
    this.show({ status: 'running', filesDone: 0, filesTotal: files.length, objects: 0 });
    this.outbox.send({ type: 'import', ticket: this.ticket, files });
  }

  /** Gives up the running import and those that wait. */
  cancel(): void {
    this.waiting.length = 0;
    if (!this.session) return;
    this.session.cancelled = true;
    this.outbox.send({ type: 'cancelImport', ticket: this.session.ticket });
  }

  dismiss(): void {
    if (!this.session) this.show({ status: 'idle' });
  }

  progress({ ticket, filesDone, filesTotal, objects }: Message<'importProgress'>): void {
    if (ticket !== this.session?.ticket) return;
    this.show({ status: 'running', filesDone, filesTotal, objects });
  }

  take({ ticket, part }: Message<'importPart'>): void {
    if (ticket === this.session?.ticket && !this.session.cancelled) this.session.take(part);
  }

  /** All parts are here. Gives what they are together, and how the import ended. */
  end({ ticket, account }: Message<'imported'>): { session: ImportSession; account: ImportAccount } | undefined {
    const { session } = this;
    if (ticket !== session?.ticket) return undefined;
    this.session = undefined;
    // Cancelled at the last moment: the other thread had already finished.
    const ended = session.cancelled ? { ...account, cancelled: true } : account;
    this.show({ status: 'done', account: ended });
    return { session, account: ended };
  }

  /** Something failed; without a ticket it may have been anything, and nothing more is waited for. */
  fail(ticket: number | undefined): void {
    if (!this.session || (ticket !== undefined && ticket !== this.session.ticket)) return;
    this.session = undefined;
    this.show({ status: 'idle' });
    this.startNext();
  }
}
