import { refuse, type AppError } from '../kernel/app-error.ts';
import type { Slot } from './slot.ts';

/** The `secret_unreadable` error for a slot whose content does not open. */
export function unreadable({ field }: Slot, cause: unknown): AppError {
  return refuse('secret_unreadable', { field }, { cause });
}
