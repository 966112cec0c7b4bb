import { commandlineMessages } from '../../locales/commandline.ts';
import { runCommandline } from '../run.ts';

export interface Answer {
  readonly code: number;
  readonly output: string;
  readonly said: readonly string[];
}

/** Runs `drydock ARGS…` with the world faked: no process, no terminal. */
export async function drydock(
  args: readonly string[],
  { input = '', locale = 'en' }: { readonly input?: string | Uint8Array; readonly locale?: string } = {},
): Promise<Answer> {
  const output: Uint8Array[] = [];
  const said: string[] = [];
  const encoder = new TextEncoder();
  const code = await runCommandline(
    args,
    {
      write: (text) => {
        output.push(typeof text === 'string' ? encoder.encode(text) : text);
        return Promise.resolve();
      },
      say: (text) => void said.push(text),
      readInput: () => Promise.resolve(typeof input === 'string' ? encoder.encode(input) : input),
      messages: commandlineMessages(locale),
    },
    '9.9.9',
  );
  return { code, output: Buffer.concat(output).toString('utf8'), said };
}
