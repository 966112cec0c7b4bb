/**
 * The files that an importer may read: what was dropped or named, and what lies beside it. Paths are relative, with forward
 * slashes; nothing outside can be asked for.
 */
export interface FileTree {
  /** Undefined where there is no such file. */
  read(path: string): Uint8Array | undefined;
  /** Names in a folder, sorted; undefined where it is no folder. '' is the root. */
  list(path: string): readonly TreeEntry[] | undefined;
}

export interface TreeEntry {
  readonly name: string;
  readonly isFolder: boolean;
}

/** Where `reference`, written in a file of `folder`, leads; undefined where that is outside the tree, or absolute. */
export function resolveInTree(folder: string, reference: string): string | undefined {
  if (/^(?:[/\\~]|[A-Za-z]:[/\\])/.test(reference)) return undefined;
  const parts = folder === '' ? [] : folder.split('/');
  for (const part of reference.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join('/');
}

export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

export function baseNameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Text of a file; undefined where it is not UTF-8. */
export function textOfBytes(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}

/** A tree of files that are in memory: what a browser was given, or a test. */
export function memoryTree(files: Iterable<readonly [path: string, content: Uint8Array | string]>): FileTree {
  const encoder = new TextEncoder();
  const contents = new Map<string, Uint8Array>();
  const folders = new Map<string, Map<string, boolean>>([['', new Map()]]);
  for (const [path, content] of files) {
    const resolved = resolveInTree('', path);
    if (resolved === undefined || resolved === '') continue;
    contents.set(resolved, typeof content === 'string' ? encoder.encode(content) : content);
    const parts = resolved.split('/');
    parts.forEach((name, depth) => {
      const folder = parts.slice(0, depth).join('/');
      const isFolder = depth < parts.length - 1;
      const entries = folders.get(folder) ?? new Map<string, boolean>();
      entries.set(name, isFolder);
      folders.set(folder, entries);
    });
  }
  return {
    read: (path) => contents.get(path),
    list: (path) => {
      const entries = folders.get(path);
      return (
        entries &&
        [...entries].map(([name, isFolder]) => ({ name, isFolder })).sort((a, b) => (a.name < b.name ? -1 : 1))
      );
    },
  };
}
