import { checkLessons } from '../support/check-lessons.ts';

checkLessons('a');
