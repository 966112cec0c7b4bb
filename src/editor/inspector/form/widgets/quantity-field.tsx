import { useStore } from 'zustand';
import { Choice } from '../../../../kit/choice.tsx';
import { CommitInput } from '../../../../kit/commit-input.tsx';
import { useText } from '../../../i18n.ts';
import { settings } from '../../../settings.ts';
import { UNITS, quantityWords, splitQuantity, unitOf } from './quantity-words.ts';
import type { TextControlProps } from './text-control.ts';

/** An amount: typed with its unit, or with the unit chosen beside it; what it means stands beneath. */
export function QuantityField({ resource, ...props }: TextControlProps & { readonly resource: string }) {
  const t = useText();
  const language = useStore(settings, (state) => state.language);
  const unit = unitOf(resource);
  const parts = splitQuantity(props.value);
  const words = quantityWords(props.value, unit, t, language);
  const units = UNITS[unit];
  return (
    <div className="quantity">
      <div className="quantity-row">
        <CommitInput {...props} mono />
        {units.length > 0 && parts && (
          <div className="unit-choice">
            <Choice
              label={t('fields:unitOf', { field: props.label })}
              labelHidden
              value={parts.suffix}
              options={[...new Set([...units, parts.suffix])].map((suffix) => ({
                id: suffix,
                label: suffix === '' ? t(unit === 'cores' ? 'fields:unitCores' : 'fields:unitBytes') : suffix,
              }))}
              onChange={(suffix) => props.onCommit(parts.number + suffix)}
            />
          </div>
        )}
      </div>
      {words !== undefined && <p className="widget-words">{words}</p>}
    </div>
  );
}
