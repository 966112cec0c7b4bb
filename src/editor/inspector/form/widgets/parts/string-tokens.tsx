import { arrayAt } from '../../../../../base/json.ts';
import type { Path } from '../../../../../base/json.ts';
import { SuggestInput } from '../../../../../kit/suggest-input.tsx';
import type { Suggestion } from '../../../../../kit/suggest-input.tsx';
import { visibleText } from '../../../../../kit/visible-text.ts';
import { useText } from '../../../../i18n.ts';
import { shownValue } from '../../field-value.ts';
import { useForm } from '../../form-context.ts';
import { ProblemsAtField } from '../../problems-at-field.tsx';
import { Token } from './token.tsx';

interface StringTokensProps {
  readonly path: Path;
  /** What one more is called: `Add verb`. */
  readonly label: string;
  readonly labelHidden?: boolean;
  /** The label names the texts that stand there, and so stands above them. */
  readonly above?: boolean;
  readonly options: () => readonly Suggestion[];
  readonly placeholder?: string;
  /** Writes one more; the text as it is where left out. Gives the reason when it is refused. */
  readonly add?: (text: string) => string | undefined;
  /** Beside a text, in small. */
  readonly hintOf?: (text: string) => string;
}

/** A list of texts as one word each: taken away by its button, added by typing or from what is there. */
export function StringTokens({
  path,
  label,
  labelHidden,
  above = false,
  options,
  placeholder,
  add,
  hintOf,
}: StringTokensProps) {
  const { object, edit } = useForm();
  const t = useText();
  const list = arrayAt(object, ...path);
  const texts = new Set(list.map(shownValue));
  const append = (text: string) => {
    if (text === '') return undefined;
    return texts.has(text) ? t('inspector:entryTaken') : (add?.(text) ?? appendTo(text));
  };
  const appendTo = (text: string) => (add ? undefined : edit([{ op: 'append', path, value: text }]));
  return (
    <div className="tokens">
      {above && (
        <span className="field-label" aria-hidden>
          {label}
        </span>
      )}
      {list.length > 0 && (
        <ul className="selector-pairs">
          {list.map((item, index) => {
            const text = shownValue(item);
            const hint = hintOf?.(text) ?? '';
            return (
              // The same text may stand there twice.
              // oxlint-disable-next-line react/no-array-index-key
              <Token
                key={index}
                path={[...path, index]}
                name={text}
                onRemove={() => edit([{ op: 'delete', path: list.length === 1 ? path : [...path, index] }])}
              >
                <code>{visibleText(text) || '""'}</code>
                {hint !== '' && <span className="quiet">{hint}</span>}
              </Token>
            );
          })}
        </ul>
      )}
      <SuggestInput
        key={list.map(shownValue).join()}
        label={label}
        labelHidden={above || (labelHidden ?? false)}
        value=""
        {...(placeholder !== undefined && { placeholder })}
        options={() => options().filter(({ id }) => !texts.has(id))}
        onCommit={append}
        openLabel={t('fields:offer', { field: label })}
      />
      <ProblemsAtField path={path} />
    </div>
  );
}
