import type { KubectlCommand } from '../command.ts';
import { KubectlError } from '../command.ts';
import { numberFlag, textFlag } from '../generators/generator.ts';

const DEFAULT_PORT = 8001;

/**
 * The API server on a port of the laptop, as who runs kubectl: requests `from: outside` to `localhost` come to it.
 * Source: staging/src/k8s.io/kubectl/pkg/cmd/proxy/proxy.go, 1.36.
 */
export const proxy: KubectlCommand = {
  name: 'proxy',
  flags: { port: { type: 'text', short: 'p' }, address: { type: 'text' } },
  run(terminal, flags) {
    const asked = numberFlag(flags, 'port', DEFAULT_PORT, { command: 'proxy' });
    const port = asked === 0 ? terminal.freePort(32_768, 60_999) : asked;
    const address = `${textFlag(flags, 'address') || '127.0.0.1'}:${port}`;
    if (!terminal.listen(port)) throw new KubectlError(`error: listen tcp ${address}: bind: address already in use`);
    terminal.out(`Starting to serve on ${address}\n`);
    for (;;) terminal.pieces([], Infinity);
  },
};
