import type { Design } from '../../../design/design.ts';

const KUSTOMIZATION = /(?:^|\/)[Kk]ustomization(?:\.ya?ml)?$/;
let last: { readonly files: Design['files']; readonly found: boolean } | undefined;

/** Whether a design is a kustomization and what it is made of. */
export function hasKustomizations({ files }: Design): boolean {
  if (last?.files !== files) last = { files, found: [...files.keys()].some((path) => KUSTOMIZATION.test(path)) };
  return last.found;
}
