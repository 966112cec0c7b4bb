import { formatFieldPath } from '../apimachinery/field-path.ts';
import { REFERENCE_TYPES } from '../kinds/reference.ts';
import { useText } from './i18n.ts';
import { sourceLines } from './source-lines.ts';
import { useWorkspaceState } from './workspace-context.ts';

/** One reference: its meaning, its field, and the lines of the file it comes from. */
export function ReferenceLines({ index }: { readonly index: number }) {
  const t = useText();
  const design = useWorkspaceState((state) => state.design);
  const reference = useWorkspaceState((state) => state.graph.at(index));
  const record = reference && design.records.get(reference.from);
  if (!reference || !record) return null;
  const { type, field } = reference.declaration;
  const source = sourceLines(design, record, field);
  return (
    <div className="reference-lines">
      <p>
        <span className={`line-sample line-${REFERENCE_TYPES[type].line}`} aria-hidden />
        <span>{t(`references:${type}`)}</span>
        <code>{formatFieldPath(field)}</code>
      </p>
      {source && (
        <>
          <pre>{unindented(source.text)}</pre>
          <p className="quiet">{t('canvas:sourcePlace', { file: source.file, line: source.line })}</p>
        </>
      )}
      {!reference.resolved && <p className="tone-bad">{t('canvas:missingTarget')}</p>}
    </div>
  );
}

function unindented(lines: readonly string[]): string {
  const indent = Math.min(...lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/)));
  return lines.map((line) => line.slice(Number.isFinite(indent) ? indent : 0)).join('\n');
}
