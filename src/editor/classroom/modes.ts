/** Led by a teacher, tried alone, or practised freely. */
export const MODES = ['lecture', 'test', 'practice'] as const;
export type Mode = (typeof MODES)[number];
