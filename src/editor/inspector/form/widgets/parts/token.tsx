import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { formatFieldPath } from '../../../../../apimachinery/field-path.ts';
import type { Path } from '../../../../../base/json.ts';
import { useText } from '../../../../i18n.ts';
import { ProblemsAtField } from '../../problems-at-field.tsx';

interface TokenProps {
  readonly path: Path;
  /** What its button says that it takes away. */
  readonly name: string;
  readonly onRemove: () => void;
  readonly children: ReactNode;
}

/** One entry of a list or map as a word, with a button that takes it away. */
export function Token({ path, name, onRemove, children }: TokenProps) {
  const t = useText();
  return (
    <li className="selector-pair" data-field={formatFieldPath(path)}>
      {children}
      <button type="button" aria-label={t('inspector:removeField', { field: name })} onClick={onRemove}>
        <X size={12} aria-hidden />
      </button>
      <ProblemsAtField path={path} />
    </li>
  );
}
