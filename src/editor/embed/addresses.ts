import type { Mode } from '../classroom/modes.ts';

/** The address of a step of a lesson, over whatever the page is opened with; a design in the fragment is left out. */
export function lessonAddress(
  base: string,
  {
    lesson,
    mode,
    step,
    branch,
  }: { readonly lesson: string; readonly mode: Mode; readonly step: number; readonly branch?: string | undefined },
): string {
  const address = new URL(base);
  address.searchParams.set('lesson', lesson);
  if (mode === 'lecture') address.searchParams.delete('mode');
  else address.searchParams.set('mode', mode);
  address.searchParams.set('step', String(step));
  if (branch === undefined) address.searchParams.delete('branch');
  else address.searchParams.set('branch', branch);
  address.hash = '';
  return address.href;
}

/** The same address without a lesson. */
export function addressWithoutLesson(base: string): string {
  const address = new URL(base);
  for (const name of ['lesson', 'mode', 'step', 'branch']) address.searchParams.delete(name);
  return address.href;
}

/** A frame that shows in another page what an address of this one opens; sizes as HTML has them. */
export function frameOf(
  address: string,
  { width, height }: { readonly width: string; readonly height: string },
): string {
  const source = embeddableAddress(address).replaceAll('&', '&amp;');
  return `<iframe src="${source}" title="Drydock" width="${width}" height="${height}" style="border:0" loading="lazy"></iframe>`;
}

/** Where the page stands that may be put into another: beside the page, or the page itself where it is one file. */
export function embeddableAddress(base: string): string {
  const address = new URL(base);
  const isOneFile = /\/(?!index\.html$|embed\.html$)[^/]+\.html$/.test(address.pathname);
  if (isOneFile) address.searchParams.set('embed', '1');
  else address.pathname = address.pathname.replace(/[^/]*$/, 'embed.html');
  return address.href;
}
