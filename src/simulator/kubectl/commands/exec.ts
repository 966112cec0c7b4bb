import { nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import { numberAt, stringAt } from '../../../base/json.ts';
import type { KubectlCommand } from '../command.ts';
import { KubectlError } from '../command.ts';
import { CONTAINER_FLAGS, containerOf, podFor, refuseCompleted } from '../containers.ts';
import { isOn } from '../flags.ts';
import { textFlag } from '../generators/generator.ts';
import { streamError } from '../stream-error.ts';

/** A command in a container; nobody is at its terminal. Source: staging/src/k8s.io/kubectl/pkg/cmd/exec/exec.go, 1.36. */
export const exec: KubectlCommand = {
  name: 'exec',
  flags: CONTAINER_FLAGS,
  run(terminal, flags) {
    const [word, ...late] = flags.positionals;
    if (word === undefined || late.length > 0)
      throw new KubectlError(
        late.length > 0
          ? "error: exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead\nSee 'kubectl exec -h' for help and examples"
          : 'error: pod, type/name or --filename must be specified',
      );
    if (flags.rest.length === 0)
      throw new KubectlError('error: you must specify at least one command for the container');
    const { pod } = podFor(terminal, flags, word);
    refuseCompleted(pod, 'exec into');
    const container = containerOf(terminal, pod, textFlag(flags, 'container'));
    const result = terminal.call({
      verb: 'create',
      resource: { group: '', version: 'v1', plural: 'pods' },
      namespace: namespaceOf(pod) ?? '',
      name: nameOf(pod),
      subresource: 'exec',
      options: {
        connect: {
          container,
          command: flags.rest,
          ...(isOn(flags, 'stdin') ? { stdin: true } : {}),
          ...(isOn(flags, 'tty') ? { tty: true } : {}),
        },
      },
    });
    if (!result.ok) throw new KubectlError(streamError(result));
    terminal.out(stringAt(result.object, 'text') ?? '');
    const exitCode = numberAt(result.object, 'exitCode') ?? 0;
    if (exitCode !== 0) terminal.err(`command terminated with exit code ${exitCode}\n`);
    return exitCode;
  },
};
