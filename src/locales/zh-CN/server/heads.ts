import type { MessageForm } from '../../forms.ts';
export const HEADS: readonly MessageForm[] = [['Required value', '必填']];
