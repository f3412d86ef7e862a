import type { FormValues } from './model.ts';

/**
 * What was typed lives in this tab's storage until it is saved, so that neither the end of a session nor a closed page
 * loses it. The server clears the storage at logout.
 */
export interface Drafts {
  read(key: string): FormValues | null;
  write(key: string, values: FormValues): void;
  drop(key: string): void;
}

const PREFIX = 'medbiz-draft-1:';

export function createDrafts(
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>,
  empty: () => FormValues,
): Drafts {
  return {
    read(key) {
      try {
        const kept: unknown = JSON.parse(storage.getItem(PREFIX + key) ?? 'null');
        return isLike(kept, empty()) ? (kept as FormValues) : null;
      } catch {
        return null;
      }
    },
    write(key, values) {
      try {
        storage.setItem(PREFIX + key, JSON.stringify(values));
      } catch {
        // A full or forbidden storage only costs the draft.
      }
    },
    drop(key) {
      storage.removeItem(PREFIX + key);
    },
  };
}

/** Whether it has the shape of the model: an older console may have written it. Lists may have any length. */
function isLike(value: unknown, model: unknown): boolean {
  if (Array.isArray(model)) return Array.isArray(value) && value.every((one) => isLike(one, model[0]));
  if (typeof model === 'object' && model !== null) {
    if (typeof value !== 'object' || value === null) return false;
    return Object.entries(model).every(([key, inner]) => isLike((value as Record<string, unknown>)[key], inner));
  }
  return typeof value === typeof model;
}
