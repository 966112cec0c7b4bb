import type { Design } from '../../design/design.ts';
import { exportDesign } from '../../design/export.ts';
import { withoutSecrets } from '../../design/without-secrets.ts';
import type { KindRegistry } from '../../kinds/registry.ts';
import type { ConvertedFile } from '../note.ts';

/**
 * The files of a design as others may see them: with the keys of Secrets and without their values, unless those are asked for.
 * Undefined where a value could not be taken out, and where a file is no text: then nothing may be shared.
 */
export function shareableFiles(
  design: Design,
  registry: KindRegistry,
  secrets: 'keep' | 'remove',
): readonly ConvertedFile[] | undefined {
  const shown = secrets === 'keep' ? design : withoutSecrets(design, registry);
  if (!shown || [...shown.files.values()].some(({ binary }) => binary !== undefined)) return undefined;
  const decoder = new TextDecoder();
  return exportDesign(shown, 'keep').map(({ path, content }) => ({ path, content: decoder.decode(content) }));
}
