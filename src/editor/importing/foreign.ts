import type { ImportedFile } from '../../workspace/workspace.ts';

/** A larger dump is brought as it is: cleaning it would hold the page. Bytes. */
const MOST_BYTES = 2_000_000;

const COMPOSE = /(?:^|\/)(?:docker-)?compose(?:[.-][\w.-]+)?\.ya?ml$/;
const KUSTOMIZATION = /(?:^|\/)[Kk]ustomization(?:\.ya?ml)?$/;
/** What only a cluster writes, in the order in which kubectl prints it. */
const DUMP = /\bresourceVersion["']?:\s*["']\d+["'][\s\S]*\buid["']?:\s*["']?[0-9a-f]{8}-/;

/** Which other tool's files these look like; undefined for plain manifests. Looks, and reads nothing whole. */
export function foreignIn(files: readonly ImportedFile[]): 'compose' | 'kustomize' | 'live' | undefined {
  if (files.some(({ path }) => KUSTOMIZATION.test(path))) return 'kustomize';
  if (files.some(({ path }) => COMPOSE.test(path))) return 'compose';
  const size = files.reduce((sum, { content }) => sum + content.length, 0);
  return size <= MOST_BYTES && files.some(({ content }) => DUMP.test(textOf(content))) ? 'live' : undefined;
}

function textOf(content: ImportedFile['content']): string {
  return typeof content === 'string' ? content : new TextDecoder().decode(content);
}
