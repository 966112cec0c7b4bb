import type { ImportedFile } from './workspace.ts';

/** The design that a first visit opens on; part of the page, so that it is there without a network. */
export async function exampleFiles(): Promise<readonly ImportedFile[]> {
  const { default: content } = await import('../../templates/architectures/shop/design.yaml?raw');
  return [{ path: 'shop.yaml', content }];
}
