import type { ConnectionChosen, ConnectionOption, ConnectionOptionId } from '../../kinds/kind.ts';
import { Choice } from '../../kit/choice.tsx';
import { visibleText } from '../../kit/visible-text.ts';
import { useText } from '../i18n.ts';

interface ConnectOptionsProps {
  readonly options: readonly ConnectionOption[];
  readonly chosen: ConnectionChosen;
  readonly onChange: (id: ConnectionOptionId, value: string) => void;
}

/** What may be chosen about a meaning: which key, which path, which port. The diff below follows. */
export function ConnectOptions({ options, chosen, onChange }: ConnectOptionsProps) {
  const t = useText();
  return (
    <div className="connect-options">
      {options.map(({ id, value, values }) =>
        values ? (
          <Choice
            key={id}
            label={t(`dialogs:option.${id}`)}
            value={chosen[id] ?? value}
            options={values.map((one) => ({ id: one, label: visibleText(one) }))}
            onChange={(next) => onChange(id, next)}
          />
        ) : (
          <label key={id} className="field">
            <span className="field-label">{t(`dialogs:option.${id}`)}</span>
            <input
              className="input input-mono"
              value={chosen[id] ?? value}
              spellCheck={false}
              onChange={(event) => onChange(id, event.target.value)}
            />
          </label>
        ),
      )}
    </div>
  );
}
