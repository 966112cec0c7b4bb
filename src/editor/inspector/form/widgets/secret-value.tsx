import { Eye, EyeOff } from 'lucide-react';
import { useState } from 'react';
import { valueAt } from '../../../../base/json.ts';
import type { Path } from '../../../../base/json.ts';
import { IconButton } from '../../../../kit/button.tsx';
import { CommitInput } from '../../../../kit/commit-input.tsx';
import { Segmented } from '../../../../kit/segmented.tsx';
import { useText } from '../../../i18n.ts';
import { shownValue } from '../field-value.ts';
import { useForm } from '../form-context.ts';
import { decodeBase64, encodeBase64 } from './base64.ts';

interface SecretValueProps {
  readonly path: Path;
  readonly name: string;
  /** Written as base64 (`data`), not as it is (`stringData`). */
  readonly encoded: boolean;
  /** Hidden until somebody asks: what stands in a Secret. */
  readonly masked: boolean;
}

/** One value of a Secret, or bytes of a ConfigMap: hidden until it is asked for, read and written as text or as base64. */
export function SecretValue({ path, name, encoded, masked }: SecretValueProps) {
  const { object, edit } = useForm();
  const t = useText();
  const [revealed, setRevealed] = useState(!masked);
  const [view, setView] = useState<'text' | 'base64'>('text');
  const written = shownValue(valueAt(object, ...path));
  const decoded = encoded ? decodeBase64(written) : ({ as: 'text', text: written, bytes: bytesOf(written) } as const);
  const isText = decoded.as === 'text' && view === 'text';
  const shown = isText ? decoded.text : encoded ? written : encodeBase64(written);
  const commit = (text: string) => {
    const isBase64 = view === 'base64' || decoded.as !== 'text';
    if (isBase64 === encoded) return edit([{ op: 'set', path, value: text }]);
    if (encoded) return edit([{ op: 'set', path, value: encodeBase64(text) }]);
    const back = decodeBase64(text);
    if (back.as === 'text') return edit([{ op: 'set', path, value: back.text }]);
    return back.as === 'broken' ? back.problem : t('fields:secret.notText');
  };
  return (
    <div className="secret">
      <div className="secret-row">
        {revealed ? (
          <CommitInput
            key={isText ? 'text' : 'base64'}
            label={t('fields:map.value', { key: name })}
            labelHidden
            mono
            multiline={shown.includes('\n') || shown.length > 60}
            value={shown}
            onCommit={commit}
          />
        ) : (
          <p className="input secret-mask" aria-label={t('fields:secret.hidden', { key: name })}>
            ••••••••
          </p>
        )}
        {masked && (
          <IconButton
            small
            label={t(revealed ? 'fields:secret.hide' : 'fields:secret.reveal', { key: name })}
            icon={revealed ? <EyeOff size={14} /> : <Eye size={14} />}
            onPress={() => setRevealed(!revealed)}
          />
        )}
      </div>
      <div className="secret-facts">
        <span className="field-hint">
          {decoded.as === 'broken' ? decoded.problem : t(`fields:secret.${decoded.as}`, { count: decoded.bytes })}
        </span>
        {revealed && decoded.as === 'text' && (
          <Segmented
            label={t('fields:secret.view', { key: name })}
            value={view}
            options={[
              { id: 'text', label: t('fields:secret.asText') },
              { id: 'base64', label: 'base64' },
            ]}
            onChange={setView}
          />
        )}
      </div>
    </div>
  );
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}
