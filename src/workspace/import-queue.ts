import { ImportSession } from './import-session.ts';
import type { Outbox } from './outbox.ts';
import type { FromDocument } from './protocol.ts';
import type { ImportAccount, ImportState, ImportedFile } from './workspace.ts';

type Message<Type extends FromDocument['type']> = Extract<FromDocument, { type: Type }>;

/** Imports one after another: the next begins when the one before is in the design, so that each sees the others' files. */
export class ImportQueue {
  private session: ImportSession | undefined;
  private readonly waiting: { readonly files: readonly ImportedFile[]; readonly opens: boolean }[] = [];
  private ticket = 0;
  private readonly outbox: Outbox;
  private readonly show: (state: ImportState) => void;

  constructor(outbox: Outbox, show: (state: ImportState) => void) {
    this.outbox = outbox;
    this.show = show;
  }

  /** `opens`: the files are a design that is opened, and not brought into one. */
  add(files: readonly ImportedFile[], opens = false): void {
    this.waiting.push({ files, opens });
    if (!this.session) this.startNext();
  }

  startNext(): void {
    const next = this.waiting.shift();
    if (!next) return;
    const { files, opens } = next;
    this.session = new ImportSession(++this.ticket, opens);
    this.show({ status: 'running', opens, filesDone: 0, filesTotal: files.length, objects: 0 });
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
    this.show({ status: 'running', opens: this.session.opens, filesDone, filesTotal, objects });
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
    // A design that opens as it was kept has nothing to tell.
    const isQuiet = session.opens && ended.skipped.length === 0 && !ended.cancelled;
    this.show(isQuiet ? { status: 'idle' } : { status: 'done', account: ended });
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
