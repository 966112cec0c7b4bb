import type { Design } from '../design/design.ts';
import { addFiles, designRegistry } from '../design/import.ts';
import { resolveReferences } from '../design/resolve-references.ts';
import { readManifestInSteps } from '../manifest/read.ts';
import type { ManifestFile } from '../manifest/manifest.ts';
import type { DocumentThread } from './document-host.ts';
import { importAccount, importParts } from './import-parts.ts';
import { ImportSession } from './import-session.ts';
import type { ImportAccount, ImportedFile } from './workspace.ts';

/** Time between looks at what else there is to do, a cancel above all. */
const STEP_MS = 30;

export interface ImportJob {
  readonly design: Design;
  readonly thread: DocumentThread;
  readonly ticket: number;
  readonly files: readonly ImportedFile[];
  isCancelled(): boolean;
}

interface Brought {
  readonly session: ImportSession;
  readonly account: ImportAccount;
}

/** Reads files and sends what they bring, in parts. The design of the job is only looked at. */
export async function importFiles(job: ImportJob): Promise<Brought> {
  const { design, thread, ticket, files } = job;
  const startedMs = thread.nowMs();
  const session = new ImportSession(ticket);
  const cancelled = (): Brought => ({ session, account: nothing(files.length, thread.nowMs() - startedMs) });
  const read = await readAll(job);
  if (!read) return cancelled();
  const next = addFiles(design, read, thread.kinds, `i${ticket}.`);
  for (const part of importParts(design, next)) {
    await thread.pause();
    if (job.isCancelled()) return cancelled();
    session.take(part);
    thread.post({ type: 'importPart', ticket, part });
  }
  const graph = resolveReferences(next, designRegistry(next, thread.kinds));
  const durationMs = Math.round(thread.nowMs() - startedMs);
  return { session, account: { ...importAccount(design, next, read, graph), cancelled: false, durationMs } };
}

function nothing(files: number, durationMs: number): ImportAccount {
  return {
    files,
    objects: 0,
    kinds: 0,
    references: 0,
    skipped: [],
    cancelled: true,
    durationMs: Math.round(durationMs),
  };
}

/** All files read; undefined when the import was cancelled, which is seen in the middle of a file too. */
async function readAll({
  thread,
  ticket,
  files,
  isCancelled,
}: ImportJob): Promise<readonly ManifestFile[] | undefined> {
  const read: ManifestFile[] = [];
  let objects = 0;
  let lookedMs = thread.nowMs();
  const look = async (inThisFile: number): Promise<boolean> => {
    lookedMs = thread.nowMs();
    const filesDone = read.length;
    thread.post({ type: 'importProgress', ticket, filesDone, filesTotal: files.length, objects: objects + inThisFile });
    await thread.pause();
    return isCancelled();
  };
  for (const { path, content } of files) {
    const steps = readManifestInSteps(path, content);
    let step = steps.next();
    while (!step.done) {
      // Documents and the separators between them come in turn.
      if (thread.nowMs() - lookedMs > STEP_MS && (await look(Math.ceil(step.value / 2)))) return undefined;
      step = steps.next();
    }
    read.push(step.value);
    for (const segment of step.value.segments) if (segment.type === 'document') objects += segment.objects.length;
    if (thread.nowMs() - lookedMs > STEP_MS && (await look(0))) return undefined;
  }
  return (await look(0)) ? undefined : read;
}
