import { once } from 'node:events';
import type { MessagePort } from 'node:worker_threads';
import { Worker, parentPort } from 'node:worker_threads';
import type { TrialPort } from './experiment/pool.ts';
import type { FromTrialThread, ToTrialThread } from './experiment/thread.ts';
import { commandlineMessages } from './locales/commandline.ts';
import { runCommandline } from './commandline/run.ts';
import packageFacts from '../package.json';

// A reader that has seen enough (`| head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

async function readInput(): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** This file again, as a thread that runs trials of an experiment. */
function openTrials(): TrialPort {
  const thread = new Worker(new URL(import.meta.url));
  return {
    post: (message) => thread.postMessage(message),
    listen: (take) => {
      thread.on('message', (message: FromTrialThread) => take(message));
      thread.on('error', ({ message }) => take({ type: 'failed', index: undefined, message }));
    },
    end: () => void thread.terminate(),
  };
}

/** What this file does as a thread. */
async function runTrials(port: MessagePort): Promise<void> {
  const { TrialThread } = await import('./experiment/thread.ts');
  const thread = new TrialThread((message) => port.postMessage(message));
  port.on('message', (message: ToTrialThread) => thread.receive(message));
}

if (parentPort !== null) await runTrials(parentPort);
else
  process.exitCode = await runCommandline(
    process.argv.slice(2),
    {
      write: async (text) => {
        if (!process.stdout.write(text)) await once(process.stdout, 'drain');
      },
      say: (text) => void process.stderr.write(`${text}\n`),
      readInput,
      openTrials,
      onInterrupt: (act) => {
        process.once('SIGINT', act);
        return () => void process.off('SIGINT', act);
      },
      messages: commandlineMessages(process.env['LC_ALL'] ?? process.env['LC_MESSAGES'] ?? process.env['LANG'] ?? 'en'),
    },
    packageFacts.version,
  );
