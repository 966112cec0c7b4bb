import { nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import { booleanAt } from '../../../base/json.ts';
import type { KubectlCommand } from '../command.ts';
import { KubectlError } from '../command.ts';
import { CONTAINER_FLAGS, containerOf, podFor, refuseCompleted, specOfContainer } from '../containers.ts';
import { isOn } from '../flags.ts';
import { textFlag } from '../generators/generator.ts';
import { streamError } from '../stream-error.ts';

/** What a container that runs writes from now on; nobody types. Source: staging/src/k8s.io/kubectl/pkg/cmd/attach/attach.go, 1.36. */
export const attach: KubectlCommand = {
  name: 'attach',
  flags: {
    ...CONTAINER_FLAGS,
    'pod-running-timeout': { type: 'text' },
  },
  run(terminal, flags) {
    const { positionals } = flags;
    if (positionals.length === 0) throw new KubectlError('error: at least 1 argument is required for attach');
    if (positionals.length > 2)
      throw new KubectlError(
        `error: expected POD, TYPE/NAME, or TYPE NAME, (at most 2 arguments) saw ${positionals.length}: [${positionals.join(' ')}]`,
      );
    const pod = podFor(terminal, flags, positionals.join('/')).pod;
    refuseCompleted(pod, 'attach');
    const container = containerOf(terminal, pod, textFlag(flags, 'container'));
    const hasTty = booleanAt(specOfContainer(pod, container), 'tty') === true;
    const isQuiet = isOn(flags, 'quiet');
    if (isOn(flags, 'tty') && !hasTty && !isQuiet)
      terminal.err(`error: Unable to use a TTY - container ${container} did not allocate one\n`);
    if (!isQuiet)
      terminal.err(
        "All commands and output from this session will be recorded in container logs, including credentials and sensitive information passed through the command prompt.\nIf you don't see a command prompt, try pressing enter.\n",
      );
    const stream = terminal.watch({
      verb: 'create',
      resource: { group: '', version: 'v1', plural: 'pods' },
      namespace: namespaceOf(pod) ?? '',
      name: nameOf(pod),
      subresource: 'attach',
      options: {
        connect: { container, ...(isOn(flags, 'stdin') ? { stdin: true } : {}), ...(hasTty ? { tty: true } : {}) },
      },
    });
    for (;;) {
      const came = terminal.pieces([stream], Infinity);
      if (came === undefined) continue;
      terminal.out(came.text);
      if (came.failure !== undefined) throw new KubectlError(streamError(came.failure));
      if (came.isOver) return 0;
    }
  },
};
