import type { KubectlCommand } from '../command.ts';
import { KubectlError } from '../command.ts';
import { textFlag } from '../generators/generator.ts';
import { SELECTING, discovered } from '../resources.ts';

/**
 * `kubectl top pods`, `kubectl top nodes`: what a cluster says in which nobody serves the Metrics API, as kubeadm and kind
 * leave it; metrics-server is not simulated.
 * Source: staging/src/k8s.io/kubectl/pkg/cmd/top/top_pod.go, top_node.go, 1.36.
 */
function top(word: string, isPod: boolean): KubectlCommand {
  return {
    name: `top ${word}`,
    flags: {
      ...(isPod ? SELECTING : { selector: SELECTING.selector }),
      'sort-by': { type: 'text' },
      'no-headers': { type: 'switch' },
      'show-swap': { type: 'switch' },
      ...(isPod
        ? { containers: { type: 'switch' as const }, sum: { type: 'switch' as const } }
        : { 'show-capacity': { type: 'switch' as const } }),
    },
    run(terminal, flags) {
      const sortBy = textFlag(flags, 'sort-by');
      if (sortBy !== '' && sortBy !== 'cpu' && sortBy !== 'memory')
        throw new KubectlError('error: --sort-by accepts only cpu or memory');
      const isSelected = textFlag(flags, 'selector') !== '' || textFlag(flags, 'field-selector') !== '';
      if (flags.positionals.length > 0 && isSelected)
        throw new KubectlError(`error: only one of NAME or ${isPod ? 'selector' : '--selector'} can be provided`);
      if (!discovered(terminal).some(({ group }) => group === 'metrics.k8s.io'))
        throw new KubectlError('error: Metrics API not available');
      throw new KubectlError('error: metrics not available yet');
    },
  };
}

export const TOP_COMMANDS: readonly KubectlCommand[] = [
  ...['pods', 'pod', 'po'].map((word) => top(word, true)),
  ...['nodes', 'node', 'no'].map((word) => top(word, false)),
];
