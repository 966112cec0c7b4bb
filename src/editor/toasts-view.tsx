import { X } from 'lucide-react';
import { useStore } from 'zustand';
import { Button, IconButton } from '../kit/button.tsx';
import { dismissToast, toasts } from '../kit/toasts.ts';
import { useText } from './i18n.ts';

export function Toasts() {
  const t = useText();
  const list = useStore(toasts, (state) => state.list);
  return (
    <output className="toasts" aria-live="polite">
      {list.map(({ id, text, tone, action }) => (
        <div key={id} className={`toast toast-${tone}`}>
          <p>{text}</p>
          {action && (
            <Button
              small
              onPress={() => {
                action.run();
                dismissToast(id);
              }}
            >
              {action.label}
            </Button>
          )}
          <IconButton small label={t('shell:close')} icon={<X size={14} />} onPress={() => dismissToast(id)} />
        </div>
      ))}
    </output>
  );
}
