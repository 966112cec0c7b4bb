import { once } from 'node:events';
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

process.exitCode = await runCommandline(
  process.argv.slice(2),
  {
    write: async (text) => {
      if (!process.stdout.write(text)) await once(process.stdout, 'drain');
    },
    say: (text) => void process.stderr.write(`${text}\n`),
    readInput,
    messages: commandlineMessages(process.env['LC_ALL'] ?? process.env['LC_MESSAGES'] ?? process.env['LANG'] ?? 'en'),
  },
  packageFacts.version,
);
