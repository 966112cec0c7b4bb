import { Dialog } from '../../kit/dialog.tsx';
import { modified } from '../hotkeys.ts';
import { useText } from '../i18n.ts';
import { closeDialog } from '../page-state.ts';

/** Every key of the page, and how the picture is moved. */
export function KeysDialog() {
  const t = useText();
  const rows: readonly (readonly [string, readonly string[]])[] = [
    [t('keys:pan'), [t('keys:wheel'), t('keys:spaceDrag'), t('keys:middleDrag')]],
    [t('keys:zoom'), [t('keys:ctrlWheel'), modified('+'), modified('-')]],
    [t('keys:zoomReset'), [modified('0')]],
    [t('canvas:fit'), ['Shift+1']],
    [t('keys:select'), [t('keys:click'), t('keys:shiftClick'), t('keys:dragPane')]],
    [t('keys:selectAll'), [modified('A')]],
    [t('keys:nudge'), ['← ↑ → ↓', 'Shift']],
    [t('keys:connect'), [t('keys:dragDot')]],
    [t('commands:rename'), ['F2', t('keys:doubleClick')]],
    [t('commands:duplicate'), [modified('D')]],
    [t('commands:delete'), ['Delete', 'Backspace']],
    [t('shell:undo'), [modified('Z')]],
    [t('shell:redo'), [modified('Y'), modified('Shift+Z')]],
    [t('shell:commands'), [modified('K')]],
    [t('shell:export'), [modified('S')]],
    [t('keys:paste'), [modified('V')]],
    [t('keys:clear'), ['Esc']],
    [t('shell:keys'), ['?']],
  ];
  return (
    <Dialog title={t('shell:keys')} closeLabel={t('shell:close')} onClose={closeDialog}>
      <dl className="keys">
        {rows.map(([what, keys]) => (
          <div key={what}>
            <dt>{what}</dt>
            <dd>
              {keys.map((key) => (
                <kbd key={key} className="key">
                  {key}
                </kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
