import { showToast } from '../../kit/toasts.ts';
import type { ExportedFile, Workspace } from '../../workspace/workspace.ts';
import { fetchLater } from '../later.tsx';
import { safePath } from './safe-path.ts';

const zip = () => import('./zip.ts');
fetchLater(zip);

/** Saves the design: one file as it is, several as a zip that keeps their folders. */
export function downloadDesign(workspace: Workspace, layout: 'keep' | 'drop'): void {
  downloadFiles(workspace.exportFiles({ layout }));
  workspace.noteSaved();
}

export function downloadFiles(files: readonly ExportedFile[]): void {
  const [first, ...others] = files;
  if (!first) return;
  if (others.length === 0) save(first.content, baseName(first.path), 'application/yaml');
  else {
    zip().then(
      ({ zipOf }) => save(zipOf(files), 'manifests.zip', 'application/zip'),
      (error: unknown) => showToast({ text: String(error), tone: 'bad' }),
    );
  }
}

function baseName(path: string): string {
  return safePath(path).split('/').pop() ?? 'manifest.yaml';
}

function save(content: Uint8Array, name: string, type: string): void {
  saveBlob(new Blob([content as Uint8Array<ArrayBuffer>], { type }), name);
}

export function saveBlob(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** Every file as one text, as `kubectl apply -f -` takes it. */
export function textOf(files: readonly ExportedFile[]): string {
  const decoder = new TextDecoder();
  const texts = files.map(({ content }) => decoder.decode(content));
  return texts.reduce((all, text) => {
    if (all === '') return text;
    const separated = /(^|\n)---[^\n]*\n*$/.test(all) || /^---(\s|$)/.test(text);
    return `${all}${all.endsWith('\n') ? '' : '\n'}${separated ? '' : '---\n'}${text}`;
  }, '');
}
