import type { ConvertedFile, Note } from '../note.ts';
import type { DrawnCluster } from './drawn-nodes.ts';

/** A file that begins with the commands that use it. */
export function clusterFile(path: string, commands: readonly string[], text: string): ConvertedFile {
  return { path, content: `${commands.map((command) => `# ${command}\n`).join('')}${text}` };
}

/** Containers are as large as their machine: what was drawn of sizes is said. */
export function sayCapacity({ nodes }: DrawnCluster): readonly Note[] {
  return nodes.flatMap(({ name, cpu, memory }): Note[] =>
    cpu === undefined && memory === undefined
      ? []
      : [
          {
            id: 'cluster.capacity',
            kind: 'lost',
            file: '',
            line: 0,
            params: { node: name, capacity: [cpu && `${cpu} CPU`, memory].filter(Boolean).join(', ') },
          },
        ],
  );
}

/** `key=value:Effect`, as the flags of kubelets take it. */
export function taintText(taint: { readonly [key: string]: unknown }): string {
  const value = typeof taint['value'] === 'string' && taint['value'] !== '' ? `=${taint['value']}` : '';
  return `${String(taint['key'])}${value}:${String(taint['effect'])}`;
}
