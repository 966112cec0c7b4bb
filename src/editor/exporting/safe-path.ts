/** The path without what would lead out of a folder. */
export function safePath(path: string): string {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.' && part !== '..');
  return parts.join('/') || 'manifest.yaml';
}
