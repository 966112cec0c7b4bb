import { isAbsolute, normalize } from 'node:path';

/** A path that stays inside the folder it is joined to; standard input gets a name. */
export function pathInside(path: string): string {
  const plain = path === '-' ? 'stdin.yaml' : normalize(path).replaceAll('\\', '/');
  const parts = plain.split('/').filter((part) => part !== '..' && part !== '.' && part !== '');
  return isAbsolute(plain) ? parts.join('/').replace(/^[A-Za-z]:/, '') : parts.join('/');
}
