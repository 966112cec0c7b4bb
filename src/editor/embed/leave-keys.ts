import { tellParent } from './embed-messages.ts';

/** Keys do nothing here; the page around is told of them. */
export function leaveKeysToParent(): void {
  const leave = (event: KeyboardEvent): void => {
    event.stopImmediatePropagation();
    if (event.type === 'keydown') tellParent({ type: 'key', key: event.key, code: event.code });
  };
  addEventListener('keydown', leave, { capture: true });
  addEventListener('keyup', leave, { capture: true });
}
